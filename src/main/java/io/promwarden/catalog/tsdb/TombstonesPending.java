package io.promwarden.catalog.tsdb;

import io.promwarden.answer.Answer;
import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.observation.Block;
import io.promwarden.observation.DeletedRange;
import io.promwarden.observation.MetricsServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A Prometheus with samples that were deleted and still take room on its disk. */
public final class TombstonesPending implements Check<MetricsServer> {

    /** Longer than any usual retention: what was deleted before has gone with its blocks. */
    private static final Duration LOOK_BACK = Duration.ofDays(400);

    private static final int MOST_TOLD = 8;

    private static final Fix FIX = Fix.of(
            "Nothing has to be done: they go when their blocks are compacted or grow too old. To have"
                    + " the room now, run a job with the steps retention and compact, which rewrites the blocks of what it deleted.");

    @Override
    public Subjects<MetricsServer> subject() {
        return TsdbSubjects.STORES;
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public Set<Need> needs() {
        return Set.of();
    }

    @Override
    public Set<Need> wants() {
        return Set.of(Need.BLOCKS, Need.OWN_METRICS);
    }

    @Override
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        return switch (server.blocks()) {
            case Answer.Known<List<Block>> blocks -> byBlocks(server, blocks.known(), evidence);
            case Answer.Unknown<List<Block>> unknown ->
                switch (evidence.nights().deletions(server.id(), evidence.at().minus(LOOK_BACK))) {
                    case Answer.Known<List<DeletedRange>> deleted -> byReceipts(server, deleted.known(), evidence);
                    case Answer.Unknown<List<DeletedRange>> nights ->
                        Inspection.notRun(unknown.why() + "; " + nights.why());
                };
        };
    }

    private Inspection byBlocks(MetricsServer server, List<Block> blocks, Evidence evidence) {
        List<Block> pending =
                blocks.stream().filter(block -> block.tombstones() > 0).toList();
        if (pending.isEmpty()) {
            return Inspection.clean();
        }
        FindingDraft draft = on(server, evidence)
                .aspect(server.id().instance())
                .fact("blocks", pending.size() + " of " + blocks.size())
                .fact(
                        "deleted intervals in them",
                        String.valueOf(
                                pending.stream().mapToLong(Block::tombstones).sum()));
        pending.stream()
                .limit(MOST_TOLD)
                .forEach(block -> draft.fact(
                        "block " + block.ulid(),
                        block.minTime() + " to " + block.maxTime() + ", " + block.tombstones() + " in " + block.series()
                                + " series"));
        return Inspection.found(draft.fix(FIX)
                .say("Samples that were deleted from " + server.id().instance() + " are still on its disk"));
    }

    private Inspection byReceipts(MetricsServer server, List<DeletedRange> deleted, Evidence evidence) {
        Instant oldest = server.ownMetrics()
                .value()
                .map(own -> own.sum("prometheus_tsdb_lowest_timestamp_seconds").orElse(0))
                .map(seconds -> Instant.ofEpochSecond(seconds.longValue()))
                .orElse(Instant.EPOCH);
        List<DeletedRange> pending = deleted.stream()
                .filter(range -> range.effect().mayHaveTombstones() && !range.cleaned())
                .filter(range -> range.end().isAfter(oldest))
                .toList();
        if (pending.isEmpty()) {
            return Inspection.clean();
        }
        FindingDraft draft = on(server, evidence)
                .aspect(server.id().instance())
                .fact("deletions without a tombstone compaction after them", String.valueOf(pending.size()));
        pending.reversed().stream()
                .limit(MOST_TOLD)
                .forEach(range -> draft.fact(
                        range.selector(),
                        range.start() + " to " + range.end() + ", deleted " + range.at() + ": "
                                + range.effect().words()));
        return Inspection.found(draft.fix(FIX)
                .say("Samples that were deleted from " + server.id().instance()
                        + " may still be on its disk: its blocks were not rewritten afterwards, and before Prometheus 3.6"
                        + " no call tells"));
    }
}
