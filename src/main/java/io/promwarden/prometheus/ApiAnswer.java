package io.promwarden.prometheus;

import io.promwarden.answer.Answer;
import io.promwarden.finding.Redaction;
import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpAnswer.Unanswered;
import io.promwarden.http.StatusWords;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prometheus's envelope: {@code {"status":"success","data":...}}, or {@code {"status":"error","errorType":...,
 * "error":...}} with a status of 4xx or 5xx. See prometheus.io/docs/prometheus/latest/querying/api.
 */
final class ApiAnswer {

    // A configuration comes as one string; the body as a whole has its cap already.
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private static final int LONGEST_ERROR = 300;

    private ApiAnswer() {}

    /**
     * What {@code data} holds.
     *
     * @param data given a parser that stands on the first token of {@code data}, to be left there or on its last
     */
    static <T> Answer<T> read(HttpAnswer answer, Function<JsonParser, Answer<T>> data) {
        return successful(answer).flatMap(received -> envelope(received, data));
    }

    /** The same for small answers: {@code data} as a tree. */
    static <T> Answer<T> readTree(HttpAnswer answer, Function<JsonNode, Answer<T>> data) {
        return read(answer, parser -> data.apply(parser.<JsonNode>readValueAsTree()));
    }

    /** The answer, if it came and is a success. */
    static Answer<Received> successful(HttpAnswer answer) {
        return switch (answer) {
            case Unanswered unanswered -> Answer.unknown(unanswered.reason());
            case Received received ->
                received.successful() ? Answer.known(received) : Answer.unknown(refusal(received));
        };
    }

    /** Why a server said no: the status, and its own error where it gives one. */
    static String refusal(Received received) {
        Optional<String> error = error(received);
        return switch (received.status()) {
            case 401, 403, 404, 405, 429 -> StatusWords.of(received.status());
            default ->
                error.map(text -> received.status() + ": " + text).orElseGet(() -> StatusWords.of(received.status()));
        };
    }

    /** {@code errorType: error} of an error's envelope, or the first line of a plain text; empty for a web page. */
    static Optional<String> error(Received received) {
        if (received.contentType().contains("json")) {
            try {
                JsonNode body = JSON.readTree(received.body());
                String type = body.path("errorType").asString("");
                String error = body.path("error").asString("");
                return type.isEmpty() && error.isEmpty() ? Optional.empty() : Optional.of(oneLine(type + ": " + error));
            } catch (JacksonException e) {
                return Optional.empty();
            }
        }
        if (received.contentType().contains("text/plain")) {
            return Optional.of(oneLine(received.text())).filter(line -> !line.isBlank());
        }
        return Optional.empty();
    }

    /**
     * Walks the object that the parser stands on, and hands out the elements of its arrays one by one.
     *
     * @param byField what to do with the elements of which array; other fields are skipped
     */
    static void elements(JsonParser parser, Map<String, Consumer<JsonNode>> byField) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            Consumer<JsonNode> each = byField.get(parser.currentName());
            if (parser.nextToken() == JsonToken.START_ARRAY && each != null) {
                elements(parser, each);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Hands out the elements of the array that the parser stands on. */
    static void elements(JsonParser parser, Consumer<JsonNode> each) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            each.accept(parser.readValueAsTree());
        }
    }

    private static <T> Answer<T> envelope(Received received, Function<JsonParser, Answer<T>> data) {
        Answer<T> read = Answer.unknown("the answer holds no data: is this a Prometheus?");
        boolean success = false;
        String error = "";
        try (JsonParser parser = JSON.createParser(received.body())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Answer.unknown("the answer is no JSON object: is this a Prometheus?");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "status" -> success = parser.getValueAsString("").equals("success");
                    case "error" -> error = parser.getValueAsString("");
                    case "data" -> {
                        read = data.apply(parser);
                        // Whoever found something else than it looked for stands on its start still.
                        parser.skipChildren();
                    }
                    default -> parser.skipChildren();
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                return Answer.unknown("the answer is no whole JSON");
            }
        } catch (JacksonException e) {
            return Answer.unknown("the answer can't be read as JSON: is this a Prometheus?");
        }
        return success ? read : Answer.unknown(error.isEmpty() ? "the answer is no success" : oneLine(error));
    }

    private static String oneLine(String text) {
        String line = Redaction.text(text.strip().lines().findFirst().orElse(""));
        return line.length() > LONGEST_ERROR ? line.substring(0, LONGEST_ERROR) + "..." : line;
    }
}
