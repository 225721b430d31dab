package io.promwarden.capture;

import io.promwarden.finding.Redaction;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a capture keeps of a label: all of a final label, little of what service discovery found. */
final class CapturedLabels {

    /** Where a label set comes from. */
    enum Sort {
        /** After relabeling, or of a series. */
        FINAL,
        /** Before relabeling. */
        DISCOVERED
    }

    private static final Set<String> OWN =
            Set.of("__address__", "__scheme__", "__metrics_path__", "__scrape_interval__", "__scrape_timeout__");
    private static final Set<String> ADDRESSES = Set.of("__address__", "instance", "__param_target");

    /** Of a request's parameters, what a probe asks for and how: coverage by probes is read from it. */
    private static final Set<String> PARAMETERS = Set.of("__param_target", "__param_module");

    private static final Pattern ANNOTATION = Pattern.compile("__meta_kubernetes_[a-z_]+?_annotation(present)?_.*");
    private static final Pattern READ_ANNOTATION =
            Pattern.compile("__meta_kubernetes_[a-z_]+?_annotation(present)?_prometheus_io_(scrape|port|path|scheme)");

    private CapturedLabels() {}

    /** The value that is kept; empty if the label is dropped. */
    static Optional<String> value(Sort sort, String name, String value) {
        if (name.startsWith("__param_") && !PARAMETERS.contains(name)) {
            return Optional.of("[redacted]");
        }
        if (sort == Sort.DISCOVERED && name.startsWith("__") && !keptOfDiscovery(name)) {
            return Optional.empty();
        }
        return Optional.of(clean(name, value));
    }

    private static boolean keptOfDiscovery(String name) {
        if (OWN.contains(name) || PARAMETERS.contains(name)) {
            return true;
        }
        if (!name.startsWith("__meta_kubernetes_")) {
            return false;
        }
        return !ANNOTATION.matcher(name).matches()
                || READ_ANNOTATION.matcher(name).matches();
    }

    private static String clean(String name, String value) {
        String cleaned = Redaction.text(value);
        boolean path = name.endsWith("path") || name.endsWith("path__") || PARAMETERS.contains(name);
        int query = path ? cleaned.indexOf('?') : -1;
        if (query >= 0) {
            cleaned = cleaned.substring(0, query);
        }
        // Service discovery may hand out user:password@host, without a scheme in front.
        return ADDRESSES.contains(name) && !cleaned.contains("://")
                ? cleaned.substring(cleaned.lastIndexOf('@') + 1)
                : cleaned;
    }
}
