package io.promwarden.catalog.tsdb;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Question;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** A Prometheus whose compactions fail: its head is not written to blocks, and memory and write-ahead log grow. */
public final class CompactionFailing implements Check<MetricsServer> {

    static final String FAILED = "prometheus_tsdb_compactions_failed_total";
    static final String LATELY = "increase(" + FAILED + "[24h])";

    /** A head holds three hours at most when it is compacted as it should be; twice that is no coincidence. */
    private static final Duration LONG_HEAD = Duration.ofHours(6);

    @Override
    public Subjects<MetricsServer> subject() {
        return TsdbSubjects.STORES;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.OWN_METRICS);
    }

    @Override
    public List<Question> asks(MetricsServer server, Evidence evidence) {
        boolean failed = server.ownMetrics()
                .value()
                .map(own -> own.sum(FAILED).orElse(0) > 0)
                .orElse(false);
        return failed ? List.of(new Question(server.id(), LATELY)) : List.of();
    }

    @Override
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        Optional<OwnMetrics> own = server.ownMetrics().value();
        if (own.isEmpty()) {
            return Inspection.clean(); // the runner has told why
        }
        OptionalDouble failed = own.get().sum(FAILED);
        if (failed.isEmpty()) {
            return Inspection.notRun(server.id().text() + " does not expose " + FAILED);
        }
        if (failed.getAsDouble() == 0) {
            return Inspection.clean();
        }
        Optional<Duration> head = head(own.get());
        boolean stuck = head.map(length -> length.compareTo(LONG_HEAD) > 0).orElse(false);
        OptionalDouble lately = lately(server, evidence);
        if (!stuck && lately.isPresent() && lately.getAsDouble() == 0) {
            return Inspection.clean();
        }
        boolean certain = stuck || lately.isPresent();
        FindingDraft draft = on(server, evidence)
                .aspect(server.id().instance())
                .severity(certain ? Severity.ERROR : Severity.WARNING)
                .fact("failed since the start", whole(failed.getAsDouble()));
        own.get().sum("process_start_time_seconds").ifPresent(start -> draft.fact("started", instant(start)));
        lately.ifPresent(increase -> draft.fact("failed in the last 24 hours", whole(increase)));
        head.ifPresent(length -> draft.fact("head spans", length.toHours() + " h"));
        own.get()
                .sum("prometheus_tsdb_reloads_failures_total")
                .ifPresent(reloads -> draft.fact("failed reloads of blocks", whole(reloads)));
        return Inspection.found(draft.fix(Fix.of("Read the server's log for 'compaction failed': most often the disk is"
                        + " full, or a block is damaged and has to be moved away."))
                .say(
                        certain
                                ? "Compactions fail in " + server.id().instance()
                                : "Compactions have failed in " + server.id().instance()
                                        + "; when they last did is not known"));
    }

    /** By the server's own series, where it scrapes itself; replicas may scrape one another. */
    private static OptionalDouble lately(MetricsServer server, Evidence evidence) {
        List<Sample> samples =
                evidence.answer(new Question(server.id(), LATELY)).value().orElse(List.of());
        return samples.stream()
                .filter(sample -> sample.labels()
                        .find("pod")
                        .map(server.id().instance()::equals)
                        .orElse(samples.size() == 1))
                .mapToDouble(Sample::value)
                .max();
    }

    private static Optional<Duration> head(OwnMetrics own) {
        OptionalDouble from = own.sum("prometheus_tsdb_head_min_time_seconds");
        OptionalDouble to = own.sum("prometheus_tsdb_head_max_time_seconds");
        return from.isPresent() && to.isPresent() && to.getAsDouble() > from.getAsDouble() && from.getAsDouble() > 0
                ? Optional.of(Duration.ofSeconds((long) (to.getAsDouble() - from.getAsDouble())))
                : Optional.empty();
    }

    private static String whole(double value) {
        return String.valueOf(Math.round(value));
    }

    private static String instant(double seconds) {
        return Instant.ofEpochSecond((long) seconds).toString();
    }
}
