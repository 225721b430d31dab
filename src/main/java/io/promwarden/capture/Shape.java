package io.promwarden.capture;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which parts of a JSON answer are kept. What a shape does not name is dropped. */
sealed interface Shape {

    /** A string, number, boolean or null; strings lose the credentials in their URLs. */
    record Text() implements Shape {}

    /** A label set. */
    record LabelSet(CapturedLabels.Sort sort) implements Shape {}

    /** A label's name and value in one string, {@code name=value}. */
    record LabelPair() implements Shape {}

    /** An object, of which these fields are kept. */
    record Fields(Map<String, Shape> byName) implements Shape {}

    /** An object whose names are data: each value is kept in the same way. */
    record Values(Shape each) implements Shape {}

    /** A list. */
    record Items(Shape each) implements Shape {}

    /** An object or something simple, as in the result of a query: a list of series, or a scalar's time and value. */
    record ObjectOr(Shape object, Shape simple) implements Shape {}

    /** A Prometheus configuration file inside a string. */
    record Configuration() implements Shape {}

    Shape TEXT = new Text();
    Shape LABELS = new LabelSet(CapturedLabels.Sort.FINAL);
    Shape DISCOVERED = new LabelSet(CapturedLabels.Sort.DISCOVERED);

    static Shape items(Shape each) {
        return new Items(each);
    }

    /** An object of these fields, all of them simple. */
    static Map<String, Shape> texts(String... names) {
        Map<String, Shape> fields = new LinkedHashMap<>();
        for (String name : names) {
            fields.put(name, TEXT);
        }
        return fields;
    }

    /** These simple fields and this one beside them. */
    static Map<String, Shape> and(Map<String, Shape> fields, String name, Shape shape) {
        Map<String, Shape> more = new LinkedHashMap<>(fields);
        more.put(name, shape);
        return more;
    }

    static Shape fields(Map<String, Shape> byName) {
        return new Fields(Map.copyOf(byName));
    }
}
