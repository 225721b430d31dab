package io.promwarden.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Objects by namespace and by label as relabeling sees labels, so that a selector looks at those that it can match. */
final class Catch<T> {

    private final Function<T, Map<String, String>> labels;
    private final List<T> all;
    private final Map<String, List<T>> byNamespace = new HashMap<>();
    private final Map<String, List<T>> byLabel = new HashMap<>();
    private final Map<String, List<T>> byNamespaceAndLabel = new HashMap<>();

    Catch(List<T> all, Function<T, String> namespace, Function<T, Map<String, String>> labels) {
        this.all = all;
        this.labels = labels;
        for (T object : all) {
            String home = namespace.apply(object);
            byNamespace.computeIfAbsent(home, key -> new ArrayList<>()).add(object);
            labels.apply(object).forEach((key, value) -> {
                String label = OperatorSelector.sanitized(key) + "=" + value;
                byLabel.computeIfAbsent(label, any -> new ArrayList<>()).add(object);
                byNamespaceAndLabel
                        .computeIfAbsent(home + "/" + label, any -> new ArrayList<>())
                        .add(object);
            });
        }
    }

    List<T> all() {
        return all;
    }

    /** What the selector matches in these namespaces, or everywhere. */
    List<T> matching(OperatorSelector selector, Optional<Set<String>> namespaces) {
        Optional<String> label = selector.literal().map(entry -> entry.getKey() + "=" + entry.getValue());
        Stream<T> candidates = namespaces
                .map(names -> names.stream()
                        .sorted()
                        .flatMap(name -> label
                                .map(literal -> byNamespaceAndLabel.getOrDefault(name + "/" + literal, List.of()))
                                .orElseGet(() -> byNamespace.getOrDefault(name, List.of()))
                                .stream()))
                .orElseGet(() -> label.map(literal -> byLabel.getOrDefault(literal, List.of())).orElse(all).stream());
        return candidates
                .filter(object -> selector.matches(labels.apply(object)))
                .toList();
    }

    List<T> in(Optional<Set<String>> namespaces) {
        return namespaces
                .map(names -> names.stream()
                        .sorted()
                        .flatMap(name -> byNamespace.getOrDefault(name, List.of()).stream())
                        .toList())
                .orElse(all);
    }
}
