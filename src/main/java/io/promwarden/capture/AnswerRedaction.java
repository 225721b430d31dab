package io.promwarden.capture;

import io.promwarden.finding.Redaction;
import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpQuestion;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** Cuts an answer down to what a capture may hold. */
final class AnswerRedaction {

    private static final byte[] NOTHING = {};
    private static final int LONGEST_TYPE = 100;

    private final JsonFilter filter;

    AnswerRedaction(JsonMapper mapper) {
        this.filter = new JsonFilter(mapper);
    }

    /** What is left of the answer: its status always, its body as far as {@link AllowList} names it. */
    HttpAnswer redact(HttpQuestion question, HttpAnswer answer) {
        return switch (answer) {
            case HttpAnswer.Unanswered unanswered ->
                new HttpAnswer.Unanswered(Redaction.text(unanswered.reason()), unanswered.sent());
            case HttpAnswer.Received received -> {
                String type = received.contentType();
                yield new HttpAnswer.Received(
                        received.status(),
                        Redaction.text(type.substring(0, Math.min(type.length(), LONGEST_TYPE))),
                        body(question, received));
            }
        };
    }

    private byte[] body(HttpQuestion question, HttpAnswer.Received received) {
        AllowList.Kept kept = AllowList.find(question.path()).orElseGet(AllowList.Kept.StatusOnly::new);
        return switch (kept) {
            case AllowList.Kept.StatusOnly statusOnly -> NOTHING;
            case AllowList.Kept.Exposition exposition -> received.successful() ? exposition(received) : NOTHING;
            case AllowList.Kept.Json json ->
                filter.filter(received.body(), received.successful() ? json.shape() : AllowList.ERROR)
                        .orElse(NOTHING);
        };
    }

    private static byte[] exposition(HttpAnswer.Received received) {
        String text = String.join("\n", CapturedExposition.reduce(received.text()));
        return (text.isEmpty() ? text : text + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
