package io.promwarden.admission;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What JSON values are, of a tree of {@code Map}, {@code List}, {@code String}, {@code Number} and {@code Boolean}. */
final class Json {

    /** The largest whole number that a float holds exactly; the API server takes no larger one for an integer. */
    private static final double EXACT = 9_007_199_254_740_991.0;

    private Json() {}

    /** The value's type by its name in a schema. */
    static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> map -> "object";
            case List<?> list -> "array";
            case String text -> "string";
            case Boolean flag -> "boolean";
            case Number number -> whole(number) ? "integer" : "number";
            default -> "string";
        };
    }

    static boolean whole(Number number) {
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            return value == Math.rint(value) && Math.abs(value) <= EXACT;
        }
        return true;
    }

    static BigDecimal number(Number number) {
        return number instanceof Double || number instanceof Float
                ? BigDecimal.valueOf(number.doubleValue())
                : new BigDecimal(number.toString());
    }

    /** A value that is equal for equal JSON values: 1 and 1.0 are one number. */
    static Object comparable(@Nullable Object value) {
        return switch (value) {
            case null -> List.of("null");
            case Number number -> number(number).stripTrailingZeros();
            case Map<?, ?> map -> {
                Map<String, Object> same = new LinkedHashMap<>();
                map.forEach((key, entry) -> same.put(String.valueOf(key), comparable(entry)));
                yield same;
            }
            case List<?> list -> {
                List<Object> same = new ArrayList<>(list.size());
                list.forEach(entry -> same.add(comparable(entry)));
                yield same;
            }
            default -> value;
        };
    }

    /** A copy that shares nothing that could change. */
    static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, entry) -> copy.put(String.valueOf(key), copy(entry)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(entry -> copy.add(copy(entry)));
            return copy;
        }
        return value;
    }
}
