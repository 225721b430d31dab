package io.promwarden.explain;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How evidence names several things. */
final class Words {

    private static final int SHOWN = 5;

    private Words() {}

    /** {@code Service shop/cart}, or {@code 7 Services: shop/cart, ... and 2 more}. */
    static String several(String word, List<String> names) {
        if (names.size() == 1) {
            return word + " " + names.get(0);
        }
        String plural = word.endsWith("s") ? word + "es" : word + "s";
        return names.size() + " " + plural + ": " + list(names);
    }

    static String list(List<String> names) {
        String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }

    static String labels(Map<String, String> labels) {
        return labels.isEmpty()
                ? "no labels"
                : labels.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .sorted()
                        .collect(Collectors.joining(","));
    }
}
