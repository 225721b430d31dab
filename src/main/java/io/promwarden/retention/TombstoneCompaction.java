package io.promwarden.retention;

import io.promwarden.finding.NotRun;
import io.promwarden.retention.Receipt.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The compact step of one cluster: {@code clean_tombstones}, at most once per replica, run and night, only on a server that
 * the job may change, only where receipts show that enough was deleted from it since the last one, and only while all
 * replicas of its group pass. It rewrites the blocks that have tombstones; no call compacts anything else, or rebuilds an
 * index.
 */
public final class TombstoneCompaction {

    /** Within this time of a clean no other is sent to the same server, whichever run sent it. */
    private static final Duration NIGHT = Duration.ofHours(20);

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
        // Until blocks are rewritten, what was deleted by mistake may still be had back.
        Optional<NotRun> changed = ControlChanged.stop(
                book, runId, cluster, retention.apply() ? groups : List.of(), "tombstone compaction");
        if (changed.isPresent()) {
            notRun.add(changed.get());
        } else if (retention.apply()) {
            Turn turn = new Turn(runId, cluster, settings, retention, notRun, notes);
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
            RetentionSettings retention,
            List<NotRun> notRun,
            List<String> notes) {

        void failed(Replica replica, String why) {
            notRun.add(new NotRun(
                    cluster,
                    "tombstone compaction of " + replica.id().owner() + " on "
                            + replica.id().instance(),
                    why));
        }
    }

    /** All replicas pass or none is cleaned; then one after another, and none after one that did not come back. */
    private void compact(Turn turn, ReplicaGroup group) {
        for (Replica replica : group.replicas()) {
            Optional<String> problem = watch.stopped() ? Optional.empty() : awaitOpen(replica);
            if (problem.isPresent()) {
                turn.failed(replica, problem.get());
                return;
            }
        }
        List<Replica> due = group.replicas().stream()
                .filter(replica -> isDue(turn, replica))
                .toList();
        if (due.isEmpty() || watch.stopped()) {
            return;
        }
        PodObserver observer = new PodObserver(
                clock,
                turn.retention().freeSpace(),
                turn.retention().snapshot()
                        || group.replicas().stream()
                                .anyMatch(replica ->
                                        Gain.since(book.ofServer(replica.id())).snapshot()));
        Optional<Refusal> missing = AllOrNone.missing(group);
        if (missing.isPresent()) {
            turn.failed(due.getFirst(), "refused: " + missing.get().reason());
            return;
        }
        for (Replica replica : group.replicas()) {
            Optional<String> refused = refused(replica, observer);
            if (refused.isPresent()) {
                turn.failed(replica, "refused, and so no replica is cleaned: " + refused.get());
                return;
            }
        }
        for (Replica replica : due) {
            if (watch.stopped()) {
                return;
            }
            Optional<String> problem = clean(turn, replica, observer);
            if (problem.isPresent()) {
                turn.failed(replica, problem.get());
                return;
            }
        }
    }

    /** Waits for a clean that whichever run left open, as long as its own run would have; empty when that is settled. */
    private Optional<String> awaitOpen(Replica replica) {
        Optional<Map.Entry<Long, Receipt>> open = book.unfinished().entrySet().stream()
                .filter(entry -> isClean(entry.getValue(), replica))
                .findFirst();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Intent intent = Intent.of(open.get().getValue());
        TsdbAdmin.NoAnswer lost = new TsdbAdmin.NoAnswer("the run ended before it was written down");
        Duration passed = Duration.between(intent.sentAt(), clock.instant());
        Duration left =
                passed.isNegative() ? patience.clean() : patience.clean().minus(passed);
        Duration atMost = left.compareTo(patience.recovery()) > 0 ? left : patience.recovery();
        return await(open.get().getKey(), intent, replica, lost, atMost);
    }

    /** Something was deleted there, enough of it, and no clean was sent lately. */
    private boolean isDue(Turn turn, Replica replica) {
        List<Receipt> receipts = book.ofServer(replica.id());
        Gain gain = Gain.since(receipts);
        if (gain.nothing() || book.receipts(turn.runId()).stream().anyMatch(receipt -> isClean(receipt, replica))) {
            return false;
        }
        Optional<String> notNow = lately(receipts)
                .map(sent -> "a clean was sent to it at " + sent.sentAt() + ", and at most one is sent in "
                        + NIGHT.toHours() + " hours.")
                .or(() -> notNow(turn, replica, gain));
        notNow.ifPresent(
                why -> turn.notes().add("The blocks of " + replica.id().instance() + " are not rewritten: " + why));
        return notNow.isEmpty();
    }

    /** The last clean that any run sent within a night. */
    private Optional<Receipt> lately(List<Receipt> receipts) {
        Instant from = clock.instant().minus(NIGHT);
        return receipts.stream()
                .filter(receipt -> receipt.call().equals(Intent.CLEAN))
                .filter(receipt -> receipt.sentAt().isAfter(from))
                .reduce((first, last) -> last);
    }

    /** Why no replica of its group may be cleaned, whether there is something to clean on this one or not. */
    private Optional<String> refused(Replica replica, PodObserver observer) {
        if (book.unfinished().values().stream()
                .anyMatch(receipt ->
                        receipt.call().equals(Intent.DELETE) && receipt.server().equals(replica.id()))) {
            return Optional.of("a delete on " + replica.id().instance()
                    + " is still open: what it deletes by mistake would become final");
        }
        List<Receipt> receipts = book.ofServer(replica.id());
        if (Gain.since(receipts).unsettled()) {
            return Optional.of("nobody can say what came of a delete on "
                    + replica.id().instance()
                    + " since its blocks were last rewritten: what it deleted by mistake would become final");
        }
        Optional<Receipt> unknown = lately(receipts).filter(sent -> sent.verdict() == Verdict.UNKNOWN);
        if (unknown.isPresent()) {
            return Optional.of("the end of the clean that was sent to "
                    + replica.id().instance() + " at " + unknown.get().sentAt() + " was not seen");
        }
        return Preflight.of(observer.observe(replica), replica.origin()).refusals().stream()
                .findFirst()
                .map(Refusal::reason);
    }

    /** Empty when this replica is done and healthy, or the run is to stop. */
    private Optional<String> clean(Turn turn, Replica replica, PodObserver observer) {
        Optional<String> refused = refused(replica, observer);
        if (refused.isPresent()) {
            return refused.map(why -> "refused: " + why);
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
