package io.promwarden.prometheus;

import io.promwarden.answer.Answer;
import io.promwarden.finding.Redaction;
import io.promwarden.observation.Alert;
import io.promwarden.observation.Rule;
import io.promwarden.observation.RuleGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** Reads {@code /api/v1/rules}, group by group. Annotations are not kept: they may hold anything. */
final class RuleReader {

    private RuleReader() {}

    static Answer<List<RuleGroup>> groups(JsonParser data) {
        if (data.currentToken() != JsonToken.START_OBJECT) {
            return Answer.unknown("the answer holds no rule groups");
        }
        List<RuleGroup> groups = new ArrayList<>();
        ApiAnswer.elements(data, Map.of("groups", element -> groups.add(group(element))));
        return Answer.known(List.copyOf(groups));
    }

    private static RuleGroup group(JsonNode element) {
        List<Rule> rules = new ArrayList<>();
        element.path("rules").forEach(rule -> rules.add(rule(rule)));
        return new RuleGroup(
                element.path("name").asString(""),
                element.path("file").asString(""),
                Times.seconds(element.path("interval").asDouble(0)),
                Times.seconds(element.path("evaluationTime").asDouble(0)),
                Times.instant(element.path("lastEvaluation").asString("")),
                rules);
    }

    private static Rule rule(JsonNode element) {
        List<Alert> alerts = new ArrayList<>();
        element.path("alerts").forEach(alert -> alert(alert).ifPresent(alerts::add));
        return new Rule(
                element.path("type").asString("").equals("alerting") ? Rule.Kind.ALERTING : Rule.Kind.RECORDING,
                element.path("name").asString(""),
                element.path("query").asString(""),
                JsonLabels.of(element.path("labels")),
                Times.seconds(element.path("duration").asDouble(0)),
                element.path("health").asString("unknown"),
                Redaction.text(element.path("lastError").asString("")),
                Times.seconds(element.path("evaluationTime").asDouble(0)),
                alerts);
    }

    /** Inactive ones are no alerts. */
    private static Optional<Alert> alert(JsonNode element) {
        Instant activeAt = Times.instant(element.path("activeAt").asString("")).orElse(Instant.EPOCH);
        return switch (element.path("state").asString("")) {
            case "firing" ->
                Optional.of(new Alert(JsonLabels.of(element.path("labels")), Alert.State.FIRING, activeAt));
            case "pending" ->
                Optional.of(new Alert(JsonLabels.of(element.path("labels")), Alert.State.PENDING, activeAt));
            default -> Optional.empty();
        };
    }
}
