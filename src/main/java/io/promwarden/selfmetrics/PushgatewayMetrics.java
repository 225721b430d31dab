package io.promwarden.selfmetrics;

import io.prometheus.client.exporter.common.TextFormat;
import io.promwarden.answer.Answer;
import io.promwarden.finding.Redaction;
import io.promwarden.http.Exchange;
import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpQuestion;
import io.promwarden.http.HttpQuestion.Document;
import io.promwarden.http.HttpQuestion.Method;
import io.promwarden.http.StatusWords;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.RunMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Posts a run's metrics to a Pushgateway, in a group of the job's own. A POST replaces only the families that it brings, so
 * the time of the last success outlives a run that brings none.
 */
public final class PushgatewayMetrics implements RunMetrics {

    private static final int LONGEST_REASON = 300;

    private final Exchange pushgateway;
    private final Clock clock;
    private final Duration timeout;

    /**
     * Metrics for one Pushgateway.
     *
     * @param timeout for one try
     */
    public PushgatewayMetrics(Exchange pushgateway, Clock clock, Duration timeout) {
        this.pushgateway = pushgateway;
        this.clock = clock;
        this.timeout = timeout;
    }

    @Override
    public Answer<String> publish(GovernanceReport report, int exitCode) {
        String group = "/metrics/job/promwarden/promwarden_job/" + report.run().job();
        HttpAnswer answer = pushgateway.ask(new HttpQuestion(
                Method.POST, group, List.of(), timeout, true, Optional.of(document(report, exitCode))));
        return switch (answer) {
            case HttpAnswer.Received received ->
                received.successful() ? Answer.known("Pushgateway " + group) : Answer.unknown(refused(received));
            case HttpAnswer.Unanswered unanswered ->
                Answer.unknown("the Pushgateway did not take the metrics: " + unanswered.reason());
        };
    }

    private Document document(GovernanceReport report, int exitCode) {
        Instant now = clock.instant();
        OptionalDouble success =
                RunGauges.complete(exitCode) ? OptionalDouble.of(RunGauges.seconds(now)) : OptionalDouble.empty();
        return new Document(TextFormat.CONTENT_TYPE_004, RunGauges.text(report, exitCode, now, success), List.of());
    }

    private static String refused(HttpAnswer.Received received) {
        String said = received.text().strip();
        String why = said.isEmpty() || said.startsWith("<") ? "" : " (" + brief(said) + ")";
        return "the Pushgateway did not take the metrics: " + StatusWords.of(received.status()) + why;
    }

    private static String brief(String text) {
        String line = text.lines().findFirst().orElse("");
        return Redaction.text(line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "..." : line);
    }
}
