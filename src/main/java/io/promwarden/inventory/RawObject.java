package io.promwarden.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes object, or a part of one, as the JSON tree it is: maps, lists, strings, numbers, booleans. A field that
 * is missing and a field that is {@code null} or empty stay different things.
 *
 * @param tree the fields; values are {@code Map}, {@code List}, {@code String}, {@code Number}, {@code Boolean} or null
 * @param position where it stands, when it was read from a file
 */
public record RawObject(Map<String, @Nullable Object> tree, Optional<Position> position) {

    public static RawObject of(Map<String, @Nullable Object> tree) {
        return new RawObject(tree, Optional.empty());
    }

    public String apiVersion() {
        return text("apiVersion").orElse("");
    }

    public String kind() {
        return text("kind").orElse("");
    }

    public String namespace() {
        return text("metadata", "namespace").orElse("");
    }

    public String name() {
        return text("metadata", "name").orElse("");
    }

    public Map<String, String> labels() {
        return texts("metadata", "labels");
    }

    public Map<String, String> annotations() {
        return texts("metadata", "annotations");
    }

    /** True if the path leads to something, even to {@code {}} or {@code []}; a null counts as missing, as for the operator. */
    public boolean has(String... path) {
        return value(path) != null;
    }

    /** The value at the path; null where it is missing or null. */
    public @Nullable Object value(String... path) {
        Object here = tree;
        for (String step : path) {
            if (!(here instanceof Map<?, ?> map)) {
                return null;
            }
            here = map.get(step);
        }
        return here;
    }

    /** A string, number or boolean at the path, as text. */
    public Optional<String> text(String... path) {
        Object value = value(path);
        return value == null || value instanceof Map || value instanceof List
                ? Optional.empty()
                : Optional.of(value.toString());
    }

    public Optional<Long> whole(String... path) {
        return value(path) instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
    }

    public boolean isTrue(String... path) {
        return Boolean.TRUE.equals(value(path));
    }

    /** The object at the path, if there is one and it is an object. */
    public Optional<RawObject> object(String... path) {
        return value(path) instanceof Map<?, ?> map ? Optional.of(of(keyed(map))) : Optional.empty();
    }

    /** The objects of the list at the path; entries that are no objects are left out. */
    public List<RawObject> objects(String... path) {
        List<RawObject> objects = new ArrayList<>();
        if (value(path) instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof Map<?, ?> map) {
                    objects.add(of(keyed(map)));
                }
            }
        }
        return objects;
    }

    /** The strings of the list at the path. */
    public List<String> words(String... path) {
        List<String> words = new ArrayList<>();
        if (value(path) instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof String || entry instanceof Number) {
                    words.add(entry.toString());
                }
            }
        }
        return words;
    }

    /** The map of strings at the path, in its order. */
    public Map<String, String> texts(String... path) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (value(path) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                    texts.put(String.valueOf(key), value.toString());
                }
            });
        }
        return texts;
    }

    private static Map<String, @Nullable Object> keyed(Map<?, ?> map) {
        Map<String, @Nullable Object> keyed = new LinkedHashMap<>();
        map.forEach((key, value) -> keyed.put(String.valueOf(key), value));
        return keyed;
    }
}
