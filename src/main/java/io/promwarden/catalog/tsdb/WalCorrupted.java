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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A damaged write-ahead log, or one that can't be written. */
public final class WalCorrupted implements Check<MetricsServer> {

    private static final String CORRUPT = Tsdb.PREFIX + "wal_corruptions_total";
    private static final String CHUNKS = Tsdb.PREFIX + "mmap_chunk_corruptions_total";
    private static final String CHECKPOINTS = Tsdb.PREFIX + "checkpoint_creations_failed_total";
    private static final String WRITES = Tsdb.PREFIX + "wal_writes_failed_total";

    /** What was lost at a start is worth knowing for as long as somebody may still wonder about the gap. */
    private static final Duration WORTH_KNOWING = Duration.ofDays(7);

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
        boolean failed =
                Tsdb.of(server).filter(tsdb -> tsdb.value(WRITES).orElse(0) > 0).isPresent();
        return failed ? List.of(Yesterday.question(server.id())) : List.of();
    }

    @Override
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        Optional<Tsdb> known = Tsdb.of(server);
        if (known.isEmpty()) {
            return Inspection.clean(); // the runner has told why
        }
        Tsdb tsdb = known.get();
        if (tsdb.value(CORRUPT).isEmpty()) {
            return Inspection.notRun(server.id().text() + " does not expose " + CORRUPT);
        }
        double corrupt = tsdb.value(CORRUPT).orElse(0);
        FindingDraft draft = on(server, evidence).aspect(server.id().instance());
        fact(draft, tsdb, CORRUPT, "corruptions of the log since the start");
        fact(draft, tsdb, CHUNKS, "corruptions of the head's chunks since the start");
        fact(draft, tsdb, CHECKPOINTS, "failed checkpoints since the start");
        fact(draft, tsdb, WRITES, "failed writes since the start");
        tsdb.started().ifPresent(start -> draft.fact("started", start.toString()));
        if (corrupt > 0 && tsdb.value(CHECKPOINTS).orElse(0) > 0) {
            // A start finds one at most; each further one was met by a checkpoint.
            return Inspection.found(draft.fact(
                            "how sure",
                            corrupt > 1
                                    ? "certain: a start counts one corruption at most, so a checkpoint met the others"
                                    : "likely: both were counted since the start, the corruption perhaps at the start itself")
                    .fix(Fix.of(
                            "Read the log for 'corruption in segment'. The next start deletes all that lies behind that"
                                    + " place: wait until the head has been written to a block, or take a snapshot with its"
                                    + " head first."))
                    .say("A segment of " + server.id().instance()
                            + "'s write-ahead log is damaged and stops its checkpoints: the log grows, and the next"
                            + " start loses what lies behind the damage"));
        }
        if (tsdb.value(WRITES).orElse(0) > 0) {
            Optional<Yesterday.Growth> lately = Yesterday.growth(WRITES, tsdb, server, evidence);
            if (lately.isEmpty() || lately.get().by() > 0) {
                return Inspection.found(draft.severity(lately.isEmpty() ? Severity.WARNING : Severity.ERROR)
                        .fact(
                                "how sure",
                                lately.map(growth -> "certain: " + growth.words())
                                        .orElse("it failed; when it last did is not known"))
                        .fix(Fix.of(
                                "Look at the disk: it is full, read-only or failing. Samples are refused meanwhile."))
                        .say("Writes to the write-ahead log of " + server.id().instance()
                                + (lately.isEmpty() ? " have failed; when they last did is not known" : " fail")));
            }
        }
        boolean fresh = tsdb.started()
                .map(start -> start.isAfter(evidence.at().minus(WORTH_KNOWING)))
                .orElse(true);
        if (corrupt > 0 && fresh) {
            return Inspection.found(draft.severity(Severity.WARNING)
                    .fact("how sure", "certain that the log was damaged; how much went with it only its log tells")
                    .fix(Fix.of("Nothing is left to mend here. Look for the gap before "
                            + tsdb.started().map(Instant::toString).orElse("the start")
                            + ", and for why the server ended so: a kill, a full disk or a failing one."))
                    .say(server.id().instance() + " found its write-ahead log damaged when it started, and"
                            + " dropped what lay behind the damage"));
        }
        if (tsdb.value(CHUNKS).orElse(0) > 0 && fresh) {
            return Inspection.found(draft.severity(Severity.INFO)
                    .fact("how sure", "certain; what was dropped is read again from the write-ahead log")
                    .fix(Fix.of("Look for why the server ended so: a kill, a full disk or a failing one."))
                    .say(server.id().instance() + " found chunks of its head damaged when it started"));
        }
        return Inspection.clean();
    }

    private static void fact(FindingDraft draft, Tsdb tsdb, String metric, String name) {
        tsdb.value(metric).stream().filter(value -> value > 0).forEach(value -> draft.fact(name, Figure.whole(value)));
    }
}
