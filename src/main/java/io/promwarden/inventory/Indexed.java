package io.promwarden.inventory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Objects by namespace and by label, so that a selector looks at the objects that can match it and not at all of them.
 */
public final class Indexed<T> {

    private final List<T> all;
    private final Function<T, Map<String, String>> labels;
    private final Map<String, List<T>> byNamespace = new HashMap<>();
    private final Map<String, Map<String, List<T>>> byLabel = new HashMap<>();

    private Indexed(List<T> all, Function<T, Map<String, String>> labels) {
        this.all = List.copyOf(all);
        this.labels = labels;
    }

    public static <T> Indexed<T> of(
            List<T> all, Function<T, String> namespace, Function<T, Map<String, String>> labels) {
        Indexed<T> indexed = new Indexed<>(all, labels);
        for (T object : all) {
            String home = namespace.apply(object);
            indexed.byNamespace.computeIfAbsent(home, key -> new ArrayList<>()).add(object);
            Map<String, List<T>> here = indexed.byLabel.computeIfAbsent(home, key -> new HashMap<>());
            labels.apply(object)
                    .forEach((name, value) -> here.computeIfAbsent(name + "=" + value, key -> new ArrayList<>())
                            .add(object));
        }
        return indexed;
    }

    public List<T> all() {
        return all;
    }

    public int size() {
        return all.size();
    }

    public List<T> in(String namespace) {
        return byNamespace.getOrDefault(namespace, List.of());
    }

    /**
     * What a selector matches.
     *
     * @param namespaces where to look; empty means everywhere
     */
    public Stream<T> select(Optional<Set<String>> namespaces, LabelSelector selector) {
        return namespaces.orElse(byNamespace.keySet()).stream()
                .sorted()
                .flatMap(namespace -> candidates(namespace, selector).stream())
                .filter(object -> selector.matches(labels.apply(object)));
    }

    /** The shortest list of a namespace that one of the selector's labels leads to. */
    private List<T> candidates(String namespace, LabelSelector selector) {
        Map<String, List<T>> here = byLabel.getOrDefault(namespace, Map.of());
        return selector.matchLabels().entrySet().stream()
                .map(wanted -> here.getOrDefault(wanted.getKey() + "=" + wanted.getValue(), List.of()))
                .min(Comparator.comparingInt(List::size))
                .orElseGet(() -> in(namespace));
    }
}
