package io.promwarden.admission;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One place of a structural schema, compiled: what may stand there. See kubernetes.io, "Extend the Kubernetes API with
 * CustomResourceDefinitions".
 *
 * @param type {@code object}, {@code array}, {@code string}, ...; empty where the schema names none
 * @param preserves unknown fields stay, of this object only
 * @param additional what each value of a map must be; null where the object is none
 * @param fallback the default; null where there is none, since a default of null says nothing
 * @param listKeys the keys of a list of the type {@code map}; a list of the type {@code set} has none
 * @param rules the CEL rules
 * @param unread parts of the schema that we can't evaluate, as they stand there
 */
record Structure(
        String type,
        boolean nullable,
        boolean intOrString,
        boolean preserves,
        Map<String, Structure> properties,
        Set<String> required,
        @Nullable Structure additional,
        @Nullable Structure items,
        @Nullable Object fallback,
        Optional<List<Object>> choices,
        @Nullable Pattern pattern,
        String format,
        Bounds bounds,
        ListType listType,
        List<String> listKeys,
        Logic logic,
        List<CelRule> rules,
        List<String> unread) {

    /** How often an entry may stand in a list. */
    enum ListType {
        ATOMIC,
        SET,
        MAP
    }

    /** The least and the most. Lengths count code points; {@code least} and {@code most} bound a number. */
    record Bounds(
            @Nullable BigDecimal least,
            boolean aboveLeast,
            @Nullable BigDecimal most,
            boolean belowMost,
            @Nullable BigDecimal multipleOf,
            OptionalLong minLength,
            OptionalLong maxLength,
            OptionalLong minItems,
            OptionalLong maxItems,
            OptionalLong minProperties,
            OptionalLong maxProperties) {}

    /** Conditions made of others; they bound values and say nothing of which fields there are. */
    record Logic(
            List<Structure> anyOf,
            List<Structure> oneOf,
            List<Structure> allOf,
            @Nullable Structure not) {
        boolean isEmpty() {
            return anyOf.isEmpty() && oneOf.isEmpty() && allOf.isEmpty() && not == null;
        }
    }

    /** The structure of a field or of a map's value; null where neither is known. */
    @Nullable
    Structure field(String name) {
        Structure property = properties.get(name);
        return property == null ? additional : property;
    }

    /** True if a null here counts as a field left out. */
    boolean refusesNull() {
        return !nullable;
    }
}
