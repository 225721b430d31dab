package io.promwarden.catalog.monitor;

import io.promwarden.inventory.Indexed;
import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Monitor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a monitor's selector matches once the operator has turned it into relabeling: label names lose their dots, dashes
 * and slashes, and values are regular expressions, so {@code v1.2} also matches {@code v1x2}. That is more than
 * Kubernetes would match, never less. With {@code selectorMechanism: RoleSelector} Kubernetes itself selects.
 */
final class OperatorMatch {

    private OperatorMatch() {}

    static <T> List<T> select(
            Indexed<T> objects,
            Function<T, Map<String, String>> labels,
            Optional<Set<String>> namespaces,
            Monitor monitor) {
        LabelSelector selector = monitor.selector().orElse(new LabelSelector(Map.of(), List.of()));
        List<T> exact = objects.select(namespaces, selector).toList();
        if (!exact.isEmpty() || byApiServer(monitor) || !loose(selector)) {
            return exact;
        }
        return objects.select(namespaces, new LabelSelector(Map.of(), List.of()))
                .filter(object -> matches(selector, labels.apply(object)))
                .toList();
    }

    /** What relabeling matches and the API server wouldn't. */
    static <T> List<T> beyond(
            Indexed<T> objects,
            Function<T, Map<String, String>> labels,
            Optional<Set<String>> namespaces,
            Monitor monitor) {
        LabelSelector selector = monitor.selector().orElse(new LabelSelector(Map.of(), List.of()));
        if (byApiServer(monitor) || !loose(selector)) {
            return List.of();
        }
        return objects.select(namespaces, new LabelSelector(Map.of(), List.of()))
                .filter(object -> matches(selector, labels.apply(object)) && !selector.matches(labels.apply(object)))
                .toList();
    }

    private static boolean byApiServer(Monitor monitor) {
        return monitor.raw()
                .text("spec", "selectorMechanism")
                .filter("RoleSelector"::equals)
                .isPresent();
    }

    /** Whether relabeling could match more than the API server would. */
    private static boolean loose(LabelSelector selector) {
        return selector.matchLabels().entrySet().stream()
                        .anyMatch(entry -> !sanitized(entry.getKey()).equals(entry.getKey())
                                || entry.getValue().contains("."))
                || !selector.matchExpressions().isEmpty();
    }

    private static boolean matches(LabelSelector selector, Map<String, String> labels) {
        return selector.matchLabels().entrySet().stream()
                        .allMatch(wanted -> has(labels, wanted.getKey(), List.of(wanted.getValue())))
                && selector.matchExpressions().stream().allMatch(wanted -> matches(wanted, labels));
    }

    private static boolean matches(LabelSelector.Requirement wanted, Map<String, String> labels) {
        return switch (wanted.operator()) {
            case "In" -> has(labels, wanted.key(), wanted.values());
            case "NotIn" -> !has(labels, wanted.key(), wanted.values());
            case "Exists" -> present(labels, wanted.key());
            case "DoesNotExist" -> !present(labels, wanted.key());
            default -> false;
        };
    }

    private static boolean present(Map<String, String> labels, String key) {
        return labels.keySet().stream().anyMatch(name -> sameKey(name, key));
    }

    private static boolean has(Map<String, String> labels, String key, List<String> values) {
        return labels.entrySet().stream()
                .filter(label -> sameKey(label.getKey(), key))
                .anyMatch(label -> values.stream().anyMatch(value -> fits(value, label.getValue())));
    }

    /** A label value holds letters, digits, dashes, underscores and dots; only a dot means something in a regex. */
    private static boolean fits(String pattern, String value) {
        if (pattern.length() != value.length()) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (pattern.charAt(i) != '.' && pattern.charAt(i) != value.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether two keys are one, once sanitized; letter by letter, as this is asked of every label of every object. */
    private static boolean sameKey(String one, String other) {
        if (one.length() != other.length()) {
            return false;
        }
        for (int i = 0; i < one.length(); i++) {
            if (one.charAt(i) != other.charAt(i) && (word(one.charAt(i)) || word(other.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    /** An underscore is what all others become. */
    private static boolean word(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static String sanitized(String name) {
        return name.replaceAll("[^a-zA-Z0-9_]", "_");
    }
}
