package io.promwarden.catalog.tsdb;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.observation.MetricsServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A head block that is not written to disk any more. */
public final class HeadStuck implements Check<MetricsServer> {

    /** It is cut at one and a half blocks. */
    private static final int BLOCKS = 3;

    /** What a log brought back at the start is cut within minutes. */
    private static final Duration SETTLED = Duration.ofMinutes(30);

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
    public Set<Need> wants() {
        return Set.of(Need.FLAGS);
    }

    @Override
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        Optional<Tsdb> known = Tsdb.of(server);
        if (known.isEmpty()) {
            return Inspection.clean(); // the runner has told why
        }
        Tsdb tsdb = known.get();
        if (tsdb.value(Tsdb.PREFIX + "head_min_time").isEmpty()
                && tsdb.value(Tsdb.PREFIX + "head_min_time_seconds").isEmpty()) {
            return Inspection.notRun(server.id().text() + " does not expose prometheus_tsdb_head_min_time");
        }
        Duration most = tsdb.block().multipliedBy(BLOCKS);
        Optional<Duration> head = tsdb.head().filter(span -> span.compareTo(most) > 0);
        Optional<Instant> settled = tsdb.started().map(started -> started.plus(SETTLED));
        if (head.isEmpty() || settled.filter(evidence.at()::isBefore).isPresent()) {
            return Inspection.clean();
        }
        FindingDraft draft = on(server, evidence)
                .aspect(server.id().instance())
                .fact(
                        "oldest sample of the head",
                        tsdb.headFrom().orElse(Instant.EPOCH).toString())
                .fact(
                        "newest sample of the head",
                        tsdb.headTo().orElse(Instant.EPOCH).toString())
                .fact("head spans", Figure.time(head.get()))
                .fact("block", Figure.time(tsdb.block()));
        fact(draft, tsdb, "head_series", "series in the head");
        fact(draft, tsdb, "compactions_failed_total", "failed compactions since the start");
        fact(draft, tsdb, "compactions_skipped_total", "skipped compactions since the start");
        fact(draft, tsdb, "head_truncations_failed_total", "failed truncations of the head since the start");
        settled.ifPresent(start -> draft.fact("started", start.minus(SETTLED).toString()));
        return Inspection.found(draft.fact("how sure", "certain: the server's own figures of this moment")
                .fix(Fix.of("Read the server's log for 'compaction failed' and free disk space if there is none."
                        + " Don't restart it before: the whole head has to be replayed, with more memory each hour."))
                .say("The head of " + server.id().instance() + " spans "
                        + Figure.time(head.get()) + " and is not written to a block, which is done after "
                        + Figure.time(tsdb.block().multipliedBy(3).dividedBy(2))));
    }

    private static void fact(FindingDraft draft, Tsdb tsdb, String metric, String name) {
        tsdb.value(Tsdb.PREFIX + metric).ifPresent(value -> draft.fact(name, Figure.whole(value)));
    }
}
