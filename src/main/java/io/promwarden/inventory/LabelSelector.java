package io.promwarden.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Kubernetes label selector. {@code {}} matches everything; a selector that is missing matches what its owner says,
 * which is why it is an {@link Optional} wherever it can be missing.
 */
public record LabelSelector(Map<String, String> matchLabels, List<Requirement> matchExpressions) {

    /** {@code operator} is In, NotIn, Exists or DoesNotExist; anything else matches nothing, as an API server would refuse it. */
    public record Requirement(String key, String operator, List<String> values) {

        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case "In" -> value != null && values.contains(value);
                case "NotIn" -> value == null || !values.contains(value);
                case "Exists" -> value != null;
                case "DoesNotExist" -> value == null;
                default -> false;
            };
        }

        String text() {
            return switch (operator) {
                case "In" -> key + " in (" + String.join(",", values) + ")";
                case "NotIn" -> key + " notin (" + String.join(",", values) + ")";
                case "DoesNotExist" -> "!" + key;
                default -> key;
            };
        }
    }

    public LabelSelector {
        matchLabels = Map.copyOf(matchLabels);
        matchExpressions = List.copyOf(matchExpressions);
    }

    public static LabelSelector of(RawObject object) {
        List<Requirement> requirements = object.objects("matchExpressions").stream()
                .map(entry -> new Requirement(
                        entry.text("key").orElse(""), entry.text("operator").orElse(""), entry.words("values")))
                .toList();
        return new LabelSelector(object.texts("matchLabels"), requirements);
    }

    public boolean matches(Map<String, String> labels) {
        for (Map.Entry<String, String> wanted : matchLabels.entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        return matchExpressions.stream().allMatch(requirement -> requirement.matches(labels));
    }

    public boolean isEmpty() {
        return matchLabels.isEmpty() && matchExpressions.isEmpty();
    }

    /** As {@code kubectl get -l} takes it; {@code <everything>} for an empty one. */
    public String text() {
        if (isEmpty()) {
            return "<everything>";
        }
        return Stream.concat(
                        matchLabels.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .sorted(),
                        matchExpressions.stream().map(Requirement::text))
                .collect(Collectors.joining(","));
    }
}
