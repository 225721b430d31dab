package io.promwarden.demo;

import io.promwarden.inventory.RawObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON trees, built by hand. */
final class Tree {

    private Tree() {}

    /** A map of keys and values in turn; a null value leaves its key out. */
    static Map<String, @Nullable Object> of(@Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (keysAndValues[i + 1] != null) {
                tree.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
            }
        }
        return tree;
    }

    static RawObject object(String apiVersion, String kind, Map<String, @Nullable Object> rest) {
        Map<String, @Nullable Object> tree = of("apiVersion", apiVersion, "kind", kind);
        tree.putAll(rest);
        return RawObject.of(tree);
    }
}
