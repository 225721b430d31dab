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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** A write-ahead log that is not shortened, or grows faster than the series do. */
public final class WalGrowing implements Check<MetricsServer> {

    private static final String SIZE = Tsdb.PREFIX + "wal_storage_size_bytes";

    /** What shortens the log, by the counter of its failures. */
    private static final Map<String, String> FAILURES = failures();

    /** The size swings by a half between two truncations. */
    private static final double MUCH = 2.5;

    private static final double LARGE = 1L << 30;

    private static Map<String, String> failures() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(Tsdb.PREFIX + "checkpoint_creations_failed_total", "failed checkpoints");
        names.put(Tsdb.PREFIX + "checkpoint_deletions_failed_total", "failed deletions of old checkpoints");
        names.put(Tsdb.PREFIX + "wal_truncations_failed_total", "failed truncations of the log");
        names.put(Tsdb.PREFIX + "head_truncations_failed_total", "failed truncations of the head");
        return names;
    }

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
        boolean worthIt = Tsdb.of(server)
                .filter(tsdb -> failed(tsdb) > 0 || tsdb.value(SIZE).orElse(0) > LARGE)
                .isPresent();
        return worthIt ? List.of(Yesterday.question(server.id())) : List.of();
    }

    private static double failed(Tsdb tsdb) {
        return FAILURES.keySet().stream()
                .mapToDouble(metric -> tsdb.value(metric).orElse(0))
                .sum();
    }

    @Override
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        Optional<Tsdb> known = Tsdb.of(server);
        if (known.isEmpty()) {
            return Inspection.clean(); // the runner has told why
        }
        Tsdb tsdb = known.get();
        if (FAILURES.keySet().stream().allMatch(metric -> tsdb.value(metric).isEmpty())) {
            return Inspection.notRun(
                    server.id().text() + " does not expose prometheus_tsdb_checkpoint_creations_failed_total");
        }
        return failed(tsdb) > 0 ? failing(tsdb, server, evidence) : growing(tsdb, server, evidence);
    }

    private Inspection failing(Tsdb tsdb, MetricsServer server, Evidence evidence) {
        FindingDraft draft = on(server, evidence).aspect(server.id().instance());
        boolean dated = true;
        double lately = 0;
        for (Map.Entry<String, String> failure : FAILURES.entrySet()) {
            OptionalDouble count = tsdb.value(failure.getKey());
            if (count.orElse(0) > 0) {
                Optional<Yesterday.Growth> growth = Yesterday.growth(failure.getKey(), tsdb, server, evidence);
                dated &= growth.isPresent();
                lately += growth.map(Yesterday.Growth::by).orElse(0d);
                draft.fact(
                        failure.getValue(),
                        Figure.whole(count.getAsDouble()) + " since the start"
                                + growth.map(by -> ", " + by.words()).orElse(""));
            }
        }
        if (dated && lately == 0) {
            return growing(tsdb, server, evidence);
        }
        tsdb.started().ifPresent(start -> draft.fact("started", start.toString()));
        tsdb.value(SIZE).ifPresent(size -> draft.fact("write-ahead log", Retention.text(size)));
        boolean certain = lately > 0;
        return Inspection.found(draft.severity(certain ? Severity.ERROR : Severity.WARNING)
                .fact(
                        "how sure",
                        certain
                                ? "certain: the server counted the failures"
                                : "it failed; when it last did is not known, as no series of yesterday tells")
                .fix(Fix.of(
                        "Read the server's log for 'truncat' and 'checkpoint': most often the disk is full, or a segment"
                                + " is damaged (see tsdb/wal-corrupted)."))
                .say(
                        certain
                                ? "The write-ahead log of " + server.id().instance()
                                        + " can't be shortened, so it grows until the disk is full"
                                : "Shortening the write-ahead log of "
                                        + server.id().instance() + " has failed; when it last did is not known"));
    }

    private Inspection growing(Tsdb tsdb, MetricsServer server, Evidence evidence) {
        OptionalDouble now = tsdb.value(SIZE);
        if (now.isEmpty() || now.getAsDouble() <= LARGE) {
            return Inspection.clean();
        }
        OptionalDouble then = Yesterday.value(SIZE, tsdb, server, evidence);
        double series = tsdb.value(Tsdb.HEAD_SERIES).orElse(0)
                / Math.max(
                        1,
                        Yesterday.value(Tsdb.HEAD_SERIES, tsdb, server, evidence)
                                .orElse(1));
        double factor = then.isPresent() ? now.getAsDouble() / Math.max(1, then.getAsDouble()) : 0;
        if (factor < MUCH * Math.max(1, series)) {
            return Inspection.clean();
        }
        return Inspection.found(on(server, evidence)
                .aspect(server.id().instance())
                .severity(Severity.WARNING)
                .fact("write-ahead log", Retention.text(now.getAsDouble()))
                .fact("a day ago", Retention.text(then.orElse(0)))
                .fact("series in the head", "times " + Figure.times(series) + " in the same time")
                .fact("how sure", "likely: two looks a day apart; the size swings by a half between two truncations")
                .fix(Fix.of("Look whether the head is written to blocks (tsdb/head-stuck), and what has been sending so"
                        + " much more since yesterday."))
                .say("The write-ahead log of " + server.id().instance() + " has grown to " + Figure.times(factor)
                        + " times its size in a day, and its series have not"));
    }
}
