package io.promwarden.prometheus;

import io.promwarden.label.Labels;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Label sets in answers: an object of strings. */
final class JsonLabels {

    private JsonLabels() {}

    static Labels of(JsonNode object) {
        return of(object, name -> true, value -> value);
    }

    static Labels of(JsonNode object, Predicate<String> kept, UnaryOperator<String> changed) {
        Map<String, String> byName = new HashMap<>();
        object.properties().forEach(label -> {
            if (kept.test(label.getKey())) {
                byName.put(label.getKey(), changed.apply(label.getValue().asString("")));
            }
        });
        return Labels.of(byName);
    }
}
