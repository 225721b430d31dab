package io.promwarden.prometheus;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import io.promwarden.observation.Sample;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** Reads {@code /api/v1/query}: a vector, or a scalar as one sample without labels. */
final class QueryReader {

    private static final double LAST_SECOND = 253402300799.0;

    private QueryReader() {}

    static Answer<List<Sample>> samples(JsonParser data) {
        if (data.currentToken() != JsonToken.START_OBJECT) {
            return Answer.unknown("the answer holds no result");
        }
        String type = "";
        List<Sample> vector = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        // Prometheus says the type first; where it isn't known yet, a result is taken for a vector.
        while (data.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = data.currentName();
            data.nextToken();
            if (field.equals("resultType")) {
                type = data.getValueAsString("");
            } else if (field.equals("result") && type.equals("scalar")) {
                add(scalar(data.readValueAsTree()), vector, wrong);
            } else if (field.equals("result") && type.equals("vector")) {
                ApiAnswer.elements(data, element -> add(element(element), vector, wrong));
            } else {
                data.skipChildren();
            }
        }
        if (!type.equals("vector") && !type.equals("scalar")) {
            return Answer.unknown("the expression gives no vector and no scalar but " + (type.isEmpty() ? "?" : type));
        }
        return wrong.isEmpty() ? Answer.known(List.copyOf(vector)) : Answer.unknown(wrong.get(0));
    }

    /** A value as Prometheus writes it in JSON and in expositions: {@code NaN}, {@code +Inf}, {@code 1e+06}. */
    static Optional<Double> number(String text) {
        return switch (text) {
            case "NaN" -> Optional.of(Double.NaN);
            case "+Inf", "Inf" -> Optional.of(Double.POSITIVE_INFINITY);
            case "-Inf" -> Optional.of(Double.NEGATIVE_INFINITY);
            default -> {
                try {
                    // Java alone reads a type suffix, hexadecimal numbers and its own word for infinity.
                    yield text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")
                            ? Optional.of(Double.parseDouble(text))
                            : Optional.empty();
                } catch (NumberFormatException e) {
                    yield Optional.empty();
                }
            }
        };
    }

    /** Unix seconds, if they are a time that can be. */
    static Answer<Instant> instant(double seconds) {
        if (!Double.isFinite(seconds) || seconds < 0 || seconds > LAST_SECOND) {
            return Answer.unknown("the server's time is no time: " + seconds);
        }
        BigDecimal exact = BigDecimal.valueOf(seconds);
        return Answer.known(Instant.ofEpochSecond(
                exact.longValue(),
                exact.remainder(BigDecimal.ONE).movePointRight(9).longValue()));
    }

    private static void add(Answer<Sample> sample, List<Sample> vector, List<String> wrong) {
        sample.value().ifPresent(vector::add);
        sample.reason().ifPresent(wrong::add);
    }

    private static Answer<Sample> scalar(JsonNode result) {
        return sample(Labels.EMPTY, result);
    }

    private static Answer<Sample> element(JsonNode element) {
        return element.has("histogram")
                ? Answer.unknown("the expression gives native histograms")
                : sample(JsonLabels.of(element.path("metric")), element.path("value"));
    }

    private static Answer<Sample> sample(Labels labels, JsonNode pair) {
        return number(pair.path(1).asString(""))
                .<Answer<Sample>>map(value -> Answer.known(new Sample(labels, value)))
                .orElseGet(() -> Answer.unknown("the answer holds a value that is no number"));
    }
}
