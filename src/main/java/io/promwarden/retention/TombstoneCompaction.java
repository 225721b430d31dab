package io.promwarden.retention;

import io.promwarden.finding.NotRun;
import io.promwarden.retention.Receipt.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The compact step of one cluster: {@code clean_tombstones}, at most once per replica and run, and only where a receipt of
 * this run shows that something was deleted. It rewrites the blocks that have tombstones; no call compacts anything else,
 * or rebuilds an index.
 */
public final class TombstoneCompaction {

    private final ReceiptBook book;
    private final Clock clock;
    private final Watch watch;
    private final Patience patience;

    /**
     * What it did.
     *
     * @param receipts of all cleans of this run in this cluster
     */
    public record Outcome(List<Receipt> receipts, List<NotRun> notRun) {
        public Outcome {
            receipts = List.copyOf(receipts);
            notRun = List.copyOf(notRun);
        }
    }

    /**
     * One for any number of clusters.
     *
     * @param stop asked between two calls, and while waiting; once true, nothing more is sent
     */
    public TombstoneCompaction(ReceiptBook book, Clock clock, BooleanSupplier stop, Patience patience, Pause pause) {
        this.book = book;
        this.clock = clock;
        this.patience = patience;
        this.watch = new Watch(clock, stop, patience.poll(), pause);
    }

    /** Compacts where this run deleted something. */
    public Outcome run(String runId, String cluster, List<ReplicaGroup> groups) {
        List<NotRun> notRun = new ArrayList<>();
        if (ControlChanged.in(book.receipts(runId), cluster)) {
            // Until blocks are rewritten, what was deleted by mistake may still be had back.
            notRun.add(ControlChanged.notRun(cluster, "tombstone compaction"));
        } else {
            groups.forEach(group -> compact(runId, cluster, group, notRun));
        }
        return new Outcome(
                book.receipts(runId).stream()
                        .filter(receipt -> receipt.server().cluster().equals(cluster))
                        .filter(receipt -> receipt.call().equals(Intent.CLEAN))
                        .toList(),
                notRun);
    }

    /** One replica after another, and none after one that did not come back. */
    private void compact(String runId, String cluster, ReplicaGroup group, List<NotRun> notRun) {
        List<Receipt> receipts = book.receipts(runId);
        for (Replica replica : group.replicas()) {
            boolean deleted = receipts.stream()
                    .filter(receipt -> receipt.server().equals(replica.id()))
                    .anyMatch(receipt -> receipt.verdict() == Verdict.DELETED || receipt.verdict() == Verdict.PARTLY);
            if (!deleted || watch.stopped()) {
                continue;
            }
            Optional<String> problem = compact(runId, replica, receipts);
            if (problem.isPresent()) {
                notRun.add(new NotRun(
                        cluster,
                        "tombstone compaction of " + group.owner() + " on "
                                + replica.id().instance(),
                        problem.get()));
                return;
            }
        }
    }

    /** Empty when this replica is done and healthy, or the run is to stop. */
    private Optional<String> compact(String runId, Replica replica, List<Receipt> receipts) {
        Optional<Map.Entry<Long, Receipt>> open = book.unfinished(runId).entrySet().stream()
                .filter(entry -> isClean(entry.getValue(), replica))
                .findFirst();
        if (open.isPresent()) {
            Intent intent = Intent.of(open.get().getValue());
            TsdbAdmin.NoAnswer lost = new TsdbAdmin.NoAnswer("the run ended before it was written down");
            return await(open.get().getKey(), intent, replica, lost, patience.recovery());
        }
        if (receipts.stream().anyMatch(receipt -> isClean(receipt, replica))) {
            return Optional.empty();
        }
        Preflight preflight = Preflight.of(PodObservations.of(replica.server(), clock), replica.origin());
        if (!preflight.refusals().isEmpty()) {
            return Optional.of("refused: " + preflight.refusals().getFirst().reason());
        }
        TsdbMeasure before = TsdbMeasure.of(replica.server().ownMetrics());
        if (before.cleanups() < 0 || before.bytes() < 0 || before.startedAt() < 0) {
            return Optional.of("refused: its own metrics do not tell what a clean would change");
        }
        if (watch.stopped()) {
            return Optional.empty();
        }
        Intent intent = Intent.clean(replica.id(), clock.instant(), before);
        long number = book.open(runId, intent.open());
        return switch (replica.admin().cleanTombstones()) {
            case TsdbAdmin.NoAnswer none -> await(number, intent, replica, none, patience.clean());
            case TsdbAdmin.Done done -> close(number, intent, replica, done);
            case TsdbAdmin.Rejected rejected -> close(number, intent, replica, rejected);
        };
    }

    private static boolean isClean(Receipt receipt, Replica replica) {
        return receipt.call().equals(Intent.CLEAN) && receipt.server().equals(replica.id());
    }

    /** Waits for the end of a clean that was not answered; it is never sent again. */
    private Optional<String> await(
            long number, Intent intent, Replica replica, TsdbAdmin.NoAnswer outcome, Duration atMost) {
        Watch.End end = watch.until(
                () -> {
                    TsdbMeasure now = TsdbMeasure.of(replica.server().ownMetrics());
                    return now.cleanedSince(intent.before()) || now.anotherProcess(intent.before());
                },
                atMost);
        return end == Watch.End.STOPPED ? Optional.empty() : close(number, intent, replica, outcome);
    }

    private Optional<String> close(long number, Intent intent, Replica replica, TsdbAdmin.CallOutcome outcome) {
        TsdbMeasure after = TsdbMeasure.of(replica.server().ownMetrics());
        Proof proof = Proof.ofClean(outcome, intent.before(), after);
        book.close(number, intent.closed(clock.instant(), Proof.status(outcome), proof, after));
        if (proof.verdict() != Verdict.CLEANED) {
            return Optional.of(proof.reason());
        }
        return watch.untilHealthy(replica, patience.health()) == Watch.End.LATE
                ? Optional.of("it is not ready again after " + patience.health().toMinutes() + " min")
                : Optional.empty();
    }
}
