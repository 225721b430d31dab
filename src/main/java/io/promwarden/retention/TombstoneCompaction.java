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
 * The compact step of one cluster: {@code clean_tombstones}, at most once per replica and run, only on a server that the job
 * may change, and only where receipts show that enough was deleted from it since the last one. It rewrites the blocks that
 * have tombstones; no call compacts anything else, or rebuilds an index.
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
     * @param notes where nothing was done, and that is as it should be
     */
    public record Outcome(List<Receipt> receipts, List<NotRun> notRun, List<String> notes) {

        /** Nothing was done, and nothing was to be done. */
        public static final Outcome NOTHING = new Outcome(List.of(), List.of(), List.of());

        public Outcome {
            receipts = List.copyOf(receipts);
            notRun = List.copyOf(notRun);
            notes = List.copyOf(notes);
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

    /**
     * Compacts where something was deleted.
     *
     * @param retention of the same job: what it may not change is not compacted either
     */
    public Outcome run(
            String runId,
            String cluster,
            CompactionSettings settings,
            RetentionSettings retention,
            List<ReplicaGroup> groups) {
        List<NotRun> notRun = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        if (ControlChanged.in(book.receipts(runId), cluster)) {
            // Until blocks are rewritten, what was deleted by mistake may still be had back.
            notRun.add(ControlChanged.notRun(cluster, "tombstone compaction"));
        } else if (retention.apply()) {
            Turn turn = new Turn(
                    runId, cluster, settings, new PodObserver(clock, retention.freeSpace(), false), notRun, notes);
            groups.stream()
                    .filter(group -> retention.applyTo().contains(group.owner()))
                    .forEach(group -> compact(turn, group));
        }
        return new Outcome(
                book.receipts(runId).stream()
                        .filter(receipt -> receipt.server().cluster().equals(cluster))
                        .filter(receipt -> receipt.call().equals(Intent.CLEAN))
                        .toList(),
                notRun,
                notes);
    }

    /** What one call of {@link #run} works with. */
    private record Turn(
            String runId,
            String cluster,
            CompactionSettings settings,
            PodObserver observer,
            List<NotRun> notRun,
            List<String> notes) {}

    /** One replica after another, and none after one that did not come back. */
    private void compact(Turn turn, ReplicaGroup group) {
        for (Replica replica : group.replicas()) {
            if (watch.stopped()) {
                return;
            }
            Optional<String> problem = compact(turn, replica);
            if (problem.isPresent()) {
                turn.notRun()
                        .add(new NotRun(
                                turn.cluster(),
                                "tombstone compaction of " + group.owner() + " on "
                                        + replica.id().instance(),
                                problem.get()));
                return;
            }
        }
    }

    /** Empty when this replica is done and healthy, nothing is to be done, or the run is to stop. */
    private Optional<String> compact(Turn turn, Replica replica) {
        Optional<Map.Entry<Long, Receipt>> open = book.unfinished().entrySet().stream()
                .filter(entry -> isClean(entry.getValue(), replica))
                .findFirst();
        if (open.isPresent()) {
            Intent intent = Intent.of(open.get().getValue());
            TsdbAdmin.NoAnswer lost = new TsdbAdmin.NoAnswer("the run ended before it was written down");
            return await(open.get().getKey(), intent, replica, lost, patience.recovery());
        }
        if (book.receipts(turn.runId()).stream().anyMatch(receipt -> isClean(receipt, replica))) {
            return Optional.empty();
        }
        Gain gain = Gain.since(book.ofServer(replica.id()));
        if (gain.controlChanged()) {
            return Optional.of(
                    "refused: series changed there that were not to be touched, and what was deleted by mistake"
                            + " may still be had back; clean its tombstones by hand once that is looked into");
        }
        if (gain.nothing()) {
            return Optional.empty();
        }
        Optional<String> notNow = notNow(turn, replica, gain);
        if (notNow.isPresent()) {
            turn.notes().add("The blocks of " + replica.id().instance() + " are not rewritten: " + notNow.get());
            return Optional.empty();
        }
        Preflight preflight = Preflight.of(turn.observer().observe(replica), replica.origin());
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
        Intent intent = Intent.clean(turn.runId(), replica.id(), clock.instant(), before);
        long number = book.open(turn.runId(), intent.open());
        return switch (replica.admin().cleanTombstones()) {
            case TsdbAdmin.NoAnswer none -> await(number, intent, replica, none, patience.clean());
            case TsdbAdmin.Done done -> close(number, intent, replica, done);
            case TsdbAdmin.Rejected rejected -> close(number, intent, replica, rejected);
        };
    }

    /** Why blocks are left as they are although something was deleted; that is no failure. */
    private Optional<String> notNow(Turn turn, Replica replica, Gain gain) {
        Optional<DailyWindow> window = turn.settings().window();
        if (window.isPresent() && !window.get().contains(clock.instant())) {
            return Optional.of("it is outside of the window " + window.get().text() + ", which opens at "
                    + window.get().from() + " UTC.");
        }
        return turn.settings().minGainPercent() == 0
                ? Optional.empty()
                : gain.tooLittle(
                        turn.settings().minGainPercent(), replica.server().ownMetrics());
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
        Receipt receipt = intent.closed(clock.instant(), Proof.status(outcome), proof, after, List.of());
        book.close(number, receipt);
        if (proof.verdict() != Verdict.CLEANED || receipt.compactionFailed()) {
            return Optional.of(proof.reason());
        }
        return watch.untilHealthy(replica, patience.health()) == Watch.End.LATE
                ? Optional.of("it is not ready again after " + patience.health().toMinutes() + " min")
                : Optional.empty();
    }
}
