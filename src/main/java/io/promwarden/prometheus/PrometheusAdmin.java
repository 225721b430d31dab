package io.promwarden.prometheus;

import io.promwarden.answer.Answer;
import io.promwarden.http.Exchange;
import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpAnswer.Unanswered;
import io.promwarden.http.HttpQuestion;
import io.promwarden.http.HttpQuestion.Parameter;
import io.promwarden.http.StatusWords;
import io.promwarden.observation.ServerId;
import io.promwarden.retention.TsdbAdmin;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** The admin API over HTTP. Each call is sent once; a call that got no answer may go on all the same. */
public final class PrometheusAdmin implements TsdbAdmin {

    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z-]{1,80}");

    private final ServerId id;
    private final Exchange exchange;
    private final Duration deleteTimeout;
    private final Duration cleanTimeout;

    /**
     * One server process.
     *
     * @param deleteTimeout minutes
     * @param cleanTimeout hours; a clean goes on after it, so that a caller may also choose to wait less, and poll
     */
    public PrometheusAdmin(ServerId id, Exchange exchange, Duration deleteTimeout, Duration cleanTimeout) {
        this.id = id;
        this.exchange = exchange;
        this.deleteTimeout = deleteTimeout;
        this.cleanTimeout = cleanTimeout;
    }

    @Override
    public ServerId id() {
        return id;
    }

    /**
     * The call.
     *
     * @throws IllegalArgumentException for a range that no plan can hold: not in whole seconds, turned round, or outside
     *     2000 to 2100, as milliseconds taken for seconds would be. Prometheus itself deletes everything for such a range.
     */
    @Override
    public CallOutcome deleteSeries(String selector, Instant start, Instant end) {
        if (selector.isBlank() || start.getNano() != 0 || end.getNano() != 0) {
            throw new IllegalArgumentException(
                    "not a deletion in whole seconds: " + selector + " " + start + " " + end);
        }
        if (start.isBefore(FIRST) || !start.isBefore(end) || end.isAfter(LAST)) {
            throw new IllegalArgumentException("not a range to delete: " + start + " to " + end);
        }
        return outcome(exchange.ask(HttpQuestion.once(
                "/api/v1/admin/tsdb/delete_series",
                deleteTimeout,
                new Parameter("match[]", selector),
                new Parameter("start", Long.toString(start.getEpochSecond())),
                new Parameter("end", Long.toString(end.getEpochSecond())))));
    }

    @Override
    public CallOutcome cleanTombstones() {
        return outcome(exchange.ask(HttpQuestion.once("/api/v1/admin/tsdb/clean_tombstones", cleanTimeout)));
    }

    @Override
    public SnapshotOutcome snapshot() {
        HttpAnswer answer = exchange.ask(
                HttpQuestion.once("/api/v1/admin/tsdb/snapshot", cleanTimeout, new Parameter("skip_head", "true")));
        return switch (outcome(answer)) {
            case Rejected rejected -> new NoSnapshot(rejected.status() + " " + rejected.error(), false);
            case Done ignored -> new NoSnapshot("status 204 where Prometheus answers 200", true);
            case NoAnswer none ->
                switch (name(answer)) {
                    case Answer.Known<String> name -> new Snapshot(name.known());
                    case Answer.Unknown<String> unknown ->
                        new NoSnapshot(
                                answer instanceof Received ? unknown.why() : none.reason(),
                                !(answer instanceof Unanswered unanswered) || unanswered.sent());
                };
        };
    }

    /** The folder's name; only as Prometheus makes them, as it is told to people who remove it. */
    private static Answer<String> name(HttpAnswer answer) {
        return ApiAnswer.readTree(answer, data -> {
            String name = data.path("name").asString("");
            return NAME.matcher(name).matches()
                    ? Answer.known(name)
                    : Answer.unknown("the answer does not name a snapshot");
        });
    }

    private static CallOutcome outcome(HttpAnswer answer) {
        return switch (answer) {
            case Unanswered unanswered ->
                new NoAnswer(unanswered.sent() ? unanswered.reason() : "not sent: " + unanswered.reason());
            case Received received ->
                switch (received.status()) {
                    case 204 -> new Done();
                    case 502, 504 -> new NoAnswer(StatusWords.of(received.status()));
                    default -> received.successful() ? strange(received) : rejected(received);
                };
        };
    }

    private static CallOutcome rejected(Received received) {
        return new Rejected(
                received.status(), ApiAnswer.error(received).orElseGet(() -> StatusWords.of(received.status())));
    }

    private static CallOutcome strange(Received received) {
        return new NoAnswer("status " + received.status() + " where Prometheus answers 204: is this a Prometheus?");
    }
}
