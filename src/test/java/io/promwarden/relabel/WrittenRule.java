package io.promwarden.relabel;

import io.promwarden.answer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A rule as somebody writes it, for Prometheus' configuration and for ours. */
record WrittenRule(
        String action,
        List<String> sources,
        Optional<String> separator,
        Optional<String> regex,
        String target,
        long modulus,
        Optional<String> replacement) {

    /** Sets a label to a fixed value, whatever there is. */
    static WrittenRule set(String target, String value) {
        return new WrittenRule("", List.of(), Optional.empty(), Optional.empty(), target, 0, Optional.of(value));
    }

    RelabelRule read() {
        Answer<RelabelRule> rule = RelabelRule.of(action, sources, separator, regex, target, modulus, replacement);
        return rule.value()
                .orElseThrow(
                        () -> new AssertionError(this + ": " + rule.reason().orElse("")));
    }

    /** As a flow mapping, what isn't given left out. */
    String yaml() {
        List<String> fields = new ArrayList<>();
        if (!action.isEmpty()) {
            fields.add("action: " + action);
        }
        if (!sources.isEmpty()) {
            fields.add("source_labels: [" + String.join(", ", sources) + "]");
        }
        separator.ifPresent(text -> fields.add("separator: " + quote(text)));
        regex.ifPresent(text -> fields.add("regex: " + quote(text)));
        if (!target.isEmpty()) {
            fields.add("target_label: " + quote(target));
        }
        if (modulus != 0) {
            fields.add("modulus: " + modulus);
        }
        replacement.ifPresent(text -> fields.add("replacement: " + quote(text)));
        return "{" + String.join(", ", fields) + "}";
    }

    static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
