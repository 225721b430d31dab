package io.promwarden.admission;

import io.promwarden.inventory.RawObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of an object that knows where it stands. A null counts as missing, as for the operator; something empty is there.
 *
 * @param path as kubectl writes it, e.g. {@code spec.endpoints[0]}
 */
record Part(String path, RawObject object) {

    static Part spec(RawObject object) {
        return new Part("spec", object.object("spec").orElseGet(() -> RawObject.of(Map.of())));
    }

    /** The path of a field of this part, there or not. */
    String at(String field) {
        return path + "." + field;
    }

    boolean has(String field) {
        return object.has(field);
    }

    /** The text of a field; empty when it is missing. */
    String text(String field) {
        return object.text(field).orElse("");
    }

    boolean isTrue(String field) {
        return object.isTrue(field);
    }

    Optional<Part> part(String field) {
        return object.object(field).map(inner -> new Part(at(field), inner));
    }

    /** The objects of a list, each with its index. */
    List<Part> parts(String field) {
        return entries(at(field), object.value(field));
    }

    /** The lists of a map of lists of objects, by their keys. */
    Map<String, List<Part>> listsByKey(String field) {
        Map<String, List<Part>> lists = new LinkedHashMap<>();
        if (object.value(field) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> lists.put(String.valueOf(key), entries(at(field) + "[" + key + "]", value)));
        }
        return lists;
    }

    private static List<Part> entries(String path, @Nullable Object value) {
        List<Part> parts = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) instanceof Map<?, ?> map) {
                    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
                    map.forEach((key, field) -> tree.put(String.valueOf(key), field));
                    parts.add(new Part(path + "[" + i + "]", RawObject.of(tree)));
                }
            }
        }
        return parts;
    }
}
