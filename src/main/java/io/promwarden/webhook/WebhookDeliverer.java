package io.promwarden.webhook;

import io.promwarden.delivery.Deliverer;
import io.promwarden.delivery.DeliveryOutcome;
import io.promwarden.delivery.DeliveryOutcome.Accepted;
import io.promwarden.delivery.DeliveryOutcome.Failed;
import io.promwarden.delivery.DeliveryOutcome.InDoubt;
import io.promwarden.delivery.Dispatch;
import io.promwarden.delivery.RenderedFiles;
import io.promwarden.finding.Redaction;
import io.promwarden.finding.VisibleText;
import io.promwarden.http.Exchange;
import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpQuestion;
import io.promwarden.report.GovernanceReport;
import java.time.Duration;
import java.util.List;

/**
 * Posts a JSON document to one URL. It is posted again only where the receiver cannot have accepted it: no connection, or
 * 429 or 503 as an answer. Every try of a dispatch carries the same {@code Idempotency-Key}.
 */
public final class WebhookDeliverer implements Deliverer {

    private static final int TRIES = 4;

    private final String channel;
    private final Exchange receiver;
    private final String path;
    private final Duration timeout;
    private final Duration pause;

    /**
     * A channel that posts.
     *
     * @param receiver the server of the job's URL, with its credentials
     * @param path the URL's path and query string, encoded; starts with a slash. May hold a token: it is never shown
     * @param timeout for one try
     * @param pause before the second try; doubled before each further one
     */
    public WebhookDeliverer(String channel, Exchange receiver, String path, Duration timeout, Duration pause) {
        this.channel = channel;
        this.receiver = receiver;
        this.path = path;
        this.timeout = timeout;
        this.pause = pause;
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public DeliveryOutcome deliver(Dispatch dispatch, GovernanceReport report, RenderedFiles files) {
        HttpQuestion question = HttpQuestion.post(
                path,
                new HttpQuestion.Document(
                        "application/json; charset=utf-8",
                        WebhookDocument.of(dispatch, report),
                        List.of(new HttpQuestion.Parameter("Idempotency-Key", dispatch.messageId()))),
                timeout);
        HttpAnswer answer = receiver.ask(question);
        Duration wait = pause;
        for (int tries = 1; tries < TRIES && surelyNotAccepted(answer); tries++) {
            if (!waited(wait)) {
                return new Failed("stopped while waiting to try again: " + said(answer));
            }
            wait = wait.multipliedBy(2);
            answer = receiver.ask(question);
        }
        return outcome(answer);
    }

    private static boolean surelyNotAccepted(HttpAnswer answer) {
        return switch (answer) {
            case HttpAnswer.Received received -> received.status() == 429 || received.status() == 503;
            case HttpAnswer.Unanswered unanswered -> !unanswered.sent();
        };
    }

    private static DeliveryOutcome outcome(HttpAnswer answer) {
        return switch (answer) {
            case HttpAnswer.Received received -> outcome(received);
            case HttpAnswer.Unanswered unanswered ->
                unanswered.sent() ? new InDoubt(said(unanswered)) : new Failed(said(unanswered));
        };
    }

    private static DeliveryOutcome outcome(HttpAnswer.Received received) {
        if (received.successful()) {
            return new Accepted("HTTP " + received.status());
        }
        // A gateway speaks for a receiver that it did not hear: that one may have accepted.
        return received.status() == 502 || received.status() == 504
                ? new InDoubt(said(received))
                : new Failed(said(received));
    }

    private static String said(HttpAnswer answer) {
        return switch (answer) {
            case HttpAnswer.Received received -> {
                String body = VisibleText.line(received.text().strip(), 200);
                yield Redaction.text("HTTP " + received.status() + (body.isEmpty() ? "" : ": " + body));
            }
            case HttpAnswer.Unanswered unanswered -> Redaction.text(unanswered.reason());
        };
    }

    private static boolean waited(Duration wait) {
        try {
            Thread.sleep(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
