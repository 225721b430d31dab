package io.promwarden.http;

import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpAnswer.Unanswered;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Asks another exchange within a server's limit, and again where that is safe and may help. An interrupt ends the waiting
 * at once; the thread stays interrupted.
 */
public final class PoliteExchange implements Exchange {

    private final Exchange exchange;
    private final ServerLimit limit;
    private final RetryPolicy policy;
    private final Pause pause;

    /**
     * A polite way to ask.
     *
     * @param limit the one limit of this server, shared by all that ask it
     */
    public PoliteExchange(Exchange exchange, ServerLimit limit, RetryPolicy policy) {
        this(exchange, limit, policy, Pause.REAL);
    }

    PoliteExchange(Exchange exchange, ServerLimit limit, RetryPolicy policy, Pause pause) {
        this.exchange = exchange;
        this.limit = limit;
        this.policy = policy;
        this.pause = pause;
    }

    @Override
    public HttpAnswer ask(HttpQuestion question) {
        for (int tried = 1; ; tried++) {
            HttpAnswer answer;
            try {
                limit.enter();
            } catch (InterruptedException e) {
                return interrupted();
            }
            try {
                answer = exchange.ask(question);
            } finally {
                limit.leave();
            }
            Optional<Duration> wait = question.repeatable()
                            && !Thread.currentThread().isInterrupted()
                    ? policy.pauseAfter(
                            answer, tried, () -> ThreadLocalRandom.current().nextDouble())
                    : Optional.empty();
            if (wait.isEmpty()) {
                return tried == 1 ? answer : counted(answer, tried);
            }
            try {
                pause.sleep(wait.get());
            } catch (InterruptedException e) {
                return interrupted();
            }
        }
    }

    private static HttpAnswer counted(HttpAnswer answer, int tried) {
        return switch (answer) {
            case Received received -> received;
            case Unanswered unanswered ->
                new Unanswered(unanswered.reason() + " (" + tried + " tries)", unanswered.sent(), unanswered.passing());
        };
    }

    private static HttpAnswer interrupted() {
        Thread.currentThread().interrupt();
        return new Unanswered("interrupted before the question was asked", false);
    }
}
