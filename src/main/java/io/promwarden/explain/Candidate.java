package io.promwarden.explain;

import io.promwarden.label.Labels;
import java.util.Map;
import java.util.TreeMap;

/**
 * A target before relabeling, as service discovery would give it, with what the operator's own rules make of it.
 *
 * @param name for evidence, e.g. {@code 10.0.0.7:8080}
 */
record Candidate(String name, Map<String, String> labels) {

    Labels asLabels() {
        return Labels.of(labels);
    }

    /** A label set that grows; a meta label's name is sanitised. */
    static final class Draft {
        private final TreeMap<String, String> labels = new TreeMap<>();

        Draft put(String name, String value) {
            labels.put(name, value);
            return this;
        }

        /** Labels of an object, each with its marker of presence. */
        Draft each(String prefix, String word, Map<String, String> of) {
            of.forEach((key, value) -> {
                String plain = OperatorSelector.sanitized(key);
                labels.put(prefix + "_" + word + "_" + plain, value);
                labels.put(prefix + "_" + word + "present_" + plain, "true");
            });
            return this;
        }

        Candidate named(String name) {
            return new Candidate(name, labels);
        }
    }
}
