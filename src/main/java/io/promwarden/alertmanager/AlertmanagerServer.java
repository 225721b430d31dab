package io.promwarden.alertmanager;

import io.promwarden.answer.Answer;
import io.promwarden.finding.Redaction;
import io.promwarden.http.Exchange;
import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpAnswer.Unanswered;
import io.promwarden.http.HttpQuestion;
import io.promwarden.http.StatusWords;
import io.promwarden.label.Labels;
import io.promwarden.label.PromQuote;
import io.promwarden.observation.AlertServer;
import io.promwarden.observation.RoutedAlert;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Silence;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An Alertmanager of 0.25 or later that is asked over HTTP. */
public final class AlertmanagerServer implements AlertServer {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ServerId id;
    private final Exchange exchange;
    private final Duration timeout;

    /**
     * One server process.
     *
     * @param exchange asks within the server's limits
     * @param timeout for one question
     */
    public AlertmanagerServer(ServerId id, Exchange exchange, Duration timeout) {
        this.id = id;
        this.exchange = exchange;
        this.timeout = timeout;
    }

    @Override
    public ServerId id() {
        return id;
    }

    @Override
    public Answer<String> version() {
        return ask("/api/v2/status", parser -> {
            // Read token by token: the configuration beside it never becomes a value here.
            String version = "";
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean info = parser.currentName().equals("versionInfo");
                parser.nextToken();
                if (info) {
                    version = parser.<JsonNode>readValueAsTree().path("version").asString("");
                } else {
                    parser.skipChildren();
                }
            }
            return version.isEmpty()
                    ? Answer.unknown("the server tells no version: is this an Alertmanager?")
                    : Answer.known(version);
        });
    }

    @Override
    public Answer<List<RoutedAlert>> alerts() {
        return ask("/api/v2/alerts", parser -> list(parser, AlertmanagerServer::alert));
    }

    @Override
    public Answer<List<Silence>> silences() {
        return ask("/api/v2/silences", parser -> list(parser, AlertmanagerServer::silence));
    }

    private <T> Answer<T> ask(String path, Function<JsonParser, Answer<T>> reader) {
        HttpAnswer answer = exchange.ask(HttpQuestion.get(path, timeout));
        return switch (answer) {
            case Unanswered unanswered -> Answer.unknown(unanswered.reason());
            case Received received ->
                received.successful()
                        ? read(received.body(), reader)
                        : Answer.unknown(StatusWords.of(received.status()));
        };
    }

    private static <T> Answer<T> read(byte[] body, Function<JsonParser, Answer<T>> reader) {
        try (JsonParser parser = JSON.createParser(body)) {
            parser.nextToken();
            return reader.apply(parser);
        } catch (JacksonException e) {
            return Answer.unknown("the answer can't be read as JSON: is this an Alertmanager?");
        }
    }

    private static <T> Answer<List<T>> list(JsonParser parser, Function<JsonNode, T> element) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return Answer.unknown("the answer is no list: is this an Alertmanager?");
        }
        List<T> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(element.apply(parser.readValueAsTree()));
        }
        return Answer.known(List.copyOf(list));
    }

    private static RoutedAlert alert(JsonNode alert) {
        Map<String, String> labels = new HashMap<>();
        alert.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        List<String> receivers = new ArrayList<>();
        alert.path("receivers")
                .forEach(receiver -> receivers.add(receiver.path("name").asString("")));
        return new RoutedAlert(
                alert.path("fingerprint").asString(""),
                Labels.of(labels),
                instant(alert.path("startsAt")),
                strings(alert.path("status").path("silencedBy")),
                strings(alert.path("status").path("inhibitedBy")),
                receivers);
    }

    private static Silence silence(JsonNode silence) {
        List<String> matchers = new ArrayList<>();
        silence.path("matchers").forEach(matcher -> matchers.add(matcher(matcher)));
        return new Silence(
                silence.path("id").asString(""),
                matchers,
                instant(silence.path("startsAt")),
                instant(silence.path("endsAt")),
                silence.path("createdBy").asString(""),
                Redaction.text(silence.path("comment").asString("")),
                silence.path("status").path("state").asString(""));
    }

    /** Alertmanager's own form; {@code isEqual} is missing before 0.22, which knew no other. */
    private static String matcher(JsonNode matcher) {
        boolean equal = matcher.path("isEqual").asBoolean(true);
        boolean regex = matcher.path("isRegex").asBoolean(false);
        String operator = equal ? (regex ? "=~" : "=") : (regex ? "!~" : "!=");
        return matcher.path("name").asString("")
                + operator
                + PromQuote.quote(matcher.path("value").asString(""));
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.asString("")));
        return strings;
    }

    private static Instant instant(JsonNode text) {
        try {
            return OffsetDateTime.parse(text.asString("")).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
