package io.promwarden.label;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A label set, sorted by name. A label with an empty value is the same as none, as in Prometheus. */
public record Labels(Map<String, String> byName) {

    public static final Labels EMPTY = new Labels(Map.of());

    public Labels {
        TreeMap<String, String> sorted = new TreeMap<>(byName);
        sorted.values().removeIf(String::isEmpty);
        byName = Collections.unmodifiableMap(sorted);
    }

    public static Labels of(Map<String, String> byName) {
        return new Labels(byName);
    }

    /** The value, or {@code ""} where the label is missing, as PromQL sees it. */
    public String value(String name) {
        return byName.getOrDefault(name, "");
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Labels without(String name) {
        TreeMap<String, String> rest = new TreeMap<>(byName);
        rest.remove(name);
        return new Labels(rest);
    }

    /** As PromQL writes it: {@code {job="x",pod="y"}}. */
    public String text() {
        StringBuilder text = new StringBuilder("{");
        byName.forEach((name, value) -> {
            if (text.length() > 1) {
                text.append(',');
            }
            text.append(name).append('=').append(PromQuote.quote(value));
        });
        return text.append('}').toString();
    }
}
