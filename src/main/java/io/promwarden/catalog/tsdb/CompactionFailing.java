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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** A Prometheus whose compactions fail: its head is not written to blocks, and memory and write-ahead log grow. */
public final class CompactionFailing implements Check<MetricsServer> {

    private static final String FAILED = Tsdb.PREFIX + "compactions_failed_total";

    /** A head holds one and a half blocks at most when it is compacted as it should be; twice that is no coincidence. */
    private static final int LONG_HEAD = 3;

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
    public List<Question> asks(MetricsServer server, Evidence evidence) {
        boolean failed =
                Tsdb.of(server).filter(tsdb -> tsdb.value(FAILED).orElse(0) > 0).isPresent();
        return failed ? List.of(Yesterday.question(server.id())) : List.of();
    }

    @Override
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        Optional<Tsdb> known = Tsdb.of(server);
        if (known.isEmpty()) {
            return Inspection.clean(); // the runner has told why
        }
        Tsdb tsdb = known.get();
        OptionalDouble failed = tsdb.value(FAILED);
        if (failed.isEmpty()) {
            return Inspection.notRun(server.id().text() + " does not expose " + FAILED);
        }
        Optional<Yesterday.Growth> lately = Yesterday.growth(FAILED, tsdb, server, evidence);
        if (failed.getAsDouble() == 0
                || lately.filter(growth -> growth.by() == 0).isPresent()) {
            return Inspection.clean(); // a head that is long for another reason is for tsdb/head-stuck
        }
        Optional<Duration> head = tsdb.head();
        boolean stuck = head.filter(span -> span.compareTo(tsdb.block().multipliedBy(LONG_HEAD)) > 0)
                .isPresent();
        FindingDraft draft = on(server, evidence)
                .aspect(server.id().instance())
                .severity(stuck || lately.isPresent() ? Severity.ERROR : Severity.WARNING)
                .fact("failed since the start", Figure.whole(failed.getAsDouble()));
        tsdb.started().ifPresent(start -> draft.fact("started", start.toString()));
        lately.ifPresent(growth -> draft.fact("failed lately", growth.words()));
        head.ifPresent(span -> draft.fact("head spans", Figure.time(span)));
        tsdb.value(Tsdb.PREFIX + "reloads_failures_total")
                .ifPresent(reloads -> draft.fact("failed reloads of blocks", Figure.whole(reloads)));
        return Inspection.found(draft.fact("how sure", certainty(lately, stuck))
                .fix(Fix.of("Read the server's log for 'compaction failed': most often the disk is full, or a block is"
                        + " damaged and has to be moved away."))
                .say(
                        stuck || lately.isPresent()
                                ? "Compactions fail in " + server.id().instance()
                                : "Compactions have failed in " + server.id().instance()
                                        + "; when they last did is not known"));
    }

    private static String certainty(Optional<Yesterday.Growth> lately, boolean stuck) {
        if (lately.isPresent()) {
            return "certain: the server counted the failures";
        }
        return stuck
                ? "likely: they have failed since the start, and the head is longer than it ever should be"
                : "it failed; when it last did is not known, as no series of yesterday tells";
    }
}
