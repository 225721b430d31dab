package io.promwarden.kubernetes;

import io.promwarden.finding.Redaction;
import io.promwarden.http.HttpAnswer.Received;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the API server itself says instead of an answer: its {@code Status} object. */
final class ApiStatus {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 400;
    private static final int LARGEST = 64 * 1024;

    private ApiStatus() {}

    /** The message; empty if somebody else is speaking. */
    static Optional<String> message(Received received) {
        if (received.successful() || received.body().length > LARGEST) {
            return Optional.empty();
        }
        try {
            JsonNode body = JSON.readTree(received.body());
            if (!body.path("kind").asString("").equals("Status")
                    || !body.path("apiVersion").asString("").equals("v1")) {
                return Optional.empty();
            }
            String message = Redaction.text(
                    body.path("message").asString("").lines().findFirst().orElse(""));
            return Optional.of(message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
