package io.promwarden.explain;

import io.promwarden.finding.Redaction;
import io.promwarden.inventory.RawObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON merge patches (RFC 7386): maps are merged, a null takes a field away, all else is replaced whole. */
public final class MergePatch {

    private MergePatch() {}

    /** The object after the patch. */
    public static Map<String, @Nullable Object> apply(Map<?, ?> before, Map<?, ?> patch) {
        Map<String, @Nullable Object> after = new LinkedHashMap<>();
        before.forEach((key, value) -> after.put(String.valueOf(key), value));
        patch.forEach((key, value) -> {
            String field = String.valueOf(key);
            if (value == null) {
                after.remove(field);
            } else if (value instanceof Map<?, ?> inner) {
                after.put(field, apply(after.get(field) instanceof Map<?, ?> old ? old : Map.of(), inner));
            } else {
                after.put(field, value);
            }
        });
        return after;
    }

    /** One patch that does what both do, the second after the first. */
    static Map<String, @Nullable Object> join(Map<?, ?> first, Map<?, ?> second) {
        Map<String, @Nullable Object> both = new LinkedHashMap<>();
        first.forEach((key, value) -> both.put(String.valueOf(key), value));
        second.forEach((key, value) -> {
            String field = String.valueOf(key);
            both.put(
                    field,
                    value instanceof Map<?, ?> inner && both.get(field) instanceof Map<?, ?> old
                            ? join(old, inner)
                            : value);
        });
        return both;
    }

    /**
     * True if the patch may write a value back without its credentials: a list is replaced whole, and what we read of an
     * object has lost passwords, request parameters and what stands in URLs.
     */
    static boolean mayLackSecrets(@Nullable Object patch) {
        if (patch instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(MergePatch::mayLackSecrets);
        }
        if (patch instanceof List<?> list) {
            return list.stream().anyMatch(MergePatch::mayLackSecrets);
        }
        return patch instanceof String text && (text.contains("[redacted]") || text.contains("://"));
    }

    /** The lines that change, e.g. {@code - spec.endpoints[0].port: web} and the same with a plus. */
    static String diff(RawObject before, Map<String, @Nullable Object> patch) {
        Map<String, String> old = new LinkedHashMap<>();
        Map<String, String> young = new LinkedHashMap<>();
        flatten("", before.tree(), old);
        flatten("", apply(before.tree(), patch), young);
        StringBuilder lines = new StringBuilder();
        old.forEach((path, value) -> {
            if (!value.equals(young.get(path))) {
                lines.append("- ").append(path).append(": ").append(value).append('\n');
                String now = young.get(path);
                if (now != null) {
                    lines.append("+ ").append(path).append(": ").append(now).append('\n');
                }
            }
        });
        young.forEach((path, value) -> {
            if (!old.containsKey(path)) {
                lines.append("+ ").append(path).append(": ").append(value).append('\n');
            }
        });
        return Redaction.text(lines.toString());
    }

    private static void flatten(String path, @Nullable Object value, Map<String, String> lines) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, inner) -> flatten(path.isEmpty() ? key.toString() : path + "." + key, inner, lines));
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            for (int i = 0; i < list.size(); i++) {
                flatten(path + "[" + i + "]", list.get(i), lines);
            }
        } else {
            lines.put(path, value instanceof Map ? "{}" : value instanceof List ? "[]" : String.valueOf(value));
        }
    }
}
