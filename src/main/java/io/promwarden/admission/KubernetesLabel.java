package io.promwarden.admission;

import java.util.Optional;
import java.util.regex.Pattern;

/** What Kubernetes takes for a label's key and value. */
final class KubernetesLabel {

    private static final Pattern NAME = Pattern.compile("(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*");
    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_PREFIX = 253;

    private KubernetesLabel() {}

    /** What is wrong with a key such as {@code app} or {@code app.kubernetes.io/name}. */
    static Optional<String> keyProblem(String key) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        String name = key.substring(slash + 1);
        if (slash >= 0
                && (prefix.length() > LONGEST_PREFIX || !PREFIX.matcher(prefix).matches())) {
            return Optional.of("\"" + key + "\" is no label key: what stands before the slash must be a DNS name");
        }
        return name.length() <= LONGEST_NAME && NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("\"" + key + "\" is no label key: at most 63 letters, digits, '-', '_' and '.', "
                        + "with a letter or digit at both ends");
    }

    /** What is wrong with a value; an empty one is fine. */
    static Optional<String> valueProblem(String value) {
        return value.isEmpty()
                        || (value.length() <= LONGEST_NAME
                                && NAME.matcher(value).matches())
                ? Optional.empty()
                : Optional.of("\"" + value + "\" is no label value: at most 63 letters, digits, '-', '_' and '.', "
                        + "with a letter or digit at both ends");
    }
}
