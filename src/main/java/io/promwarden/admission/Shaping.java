package io.promwarden.admission;

import io.promwarden.admission.SchemaResult.UnknownField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives a value the shape in which the API server keeps it: with defaults, without nulls where null is not a value, and
 * without fields that the schema does not know. Works on a copy.
 */
final class Shaping {

    private final List<UnknownField> unknown;

    Shaping(List<UnknownField> unknown) {
        this.unknown = unknown;
    }

    @Nullable
    Object shaped(@Nullable Object value, Structure structure, String path) {
        if (value instanceof Map<?, ?> map) {
            return object(map, structure, path);
        }
        if (value instanceof List<?> list) {
            Structure items = structure.items();
            if (items == null) {
                return Json.copy(list);
            }
            List<@Nullable Object> shaped = new ArrayList<>(list.size());
            for (int i = 0; i < list.size(); i++) {
                Object entry = list.get(i) == null && items.refusesNull() ? Json.copy(items.fallback()) : list.get(i);
                shaped.add(shaped(entry, items, path + "[" + i + "]"));
            }
            return shaped;
        }
        return value;
    }

    private Map<String, @Nullable Object> object(Map<?, ?> map, Structure structure, String path) {
        Map<String, @Nullable Object> shaped = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            String here = path.isEmpty() ? name : path + "." + name;
            Structure field = structure.field(name);
            if (field == null) {
                if (structure.preserves()) {
                    shaped.put(name, Json.copy(value));
                } else {
                    unknown.add(new UnknownField(here, Likely.name(name, structure)));
                }
                return;
            }
            if (value != null || field.nullable()) {
                shaped.put(name, shaped(value, field, here));
            } else if (field.fallback() != null) {
                shaped.put(name, shaped(Json.copy(field.fallback()), field, here));
            }
        });
        structure.properties().forEach((name, field) -> {
            if (field.fallback() != null && !shaped.containsKey(name)) {
                shaped.put(name, shaped(Json.copy(field.fallback()), field, path.isEmpty() ? name : path + "." + name));
            }
        });
        return shaped;
    }
}
