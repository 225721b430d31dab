package io.promwarden.catalog.monitor;

import java.util.Map;
import java.util.stream.Collectors;

/** Words from the cluster in text that somebody will copy: whatever they hold, they stay one word there. */
final class Patch {

    private Patch() {}

    /** One word of a shell command. */
    static String shell(String word) {
        return word.matches("[A-Za-z0-9._/=:@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** One scalar of a YAML document, always read back as a string. */
    static String yaml(String word) {
        boolean plain =
                word.matches("[A-Za-z/][A-Za-z0-9._/-]*") && !word.matches("(?i)true|false|yes|no|on|off|null|y|n");
        if (plain) {
            return word;
        }
        StringBuilder quoted = new StringBuilder("\"");
        word.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    /** {@code kubectl label} for one object. */
    static String label(String kind, String namespace, String name, Map<String, String> labels) {
        return "kubectl -n " + shell(namespace) + " label " + kind + " " + shell(name) + " "
                + labels.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(label -> shell(label.getKey() + "=" + label.getValue()))
                        .collect(Collectors.joining(" "));
    }
}
