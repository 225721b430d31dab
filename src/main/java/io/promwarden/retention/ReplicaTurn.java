package io.promwarden.retention;

import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One replica's turn to be changed: looked at once more, then one deletion after another, then healthy again. */
final class ReplicaTurn {

    /** How the turn ended. */
    sealed interface Ending {}

    record Finished() implements Ending {}

    /** The run is to stop. */
    record Stopped() implements Ending {}

    /**
     * The next replica must not be changed either.
     *
     * @param verdict of the last call; UNKNOWN when none was sent
     */
    record GivenUp(String why, Verdict verdict) implements Ending {}

    private final Replica replica;
    private final RetentionPlan plan;
    private final DeletionCall call;
    private final Clock clock;
    private final Watch watch;
    private final Patience patience;
    private final PodObserver observer;
    private final Optional<SnapshotCall> snapshot;

    ReplicaTurn(
            Replica replica,
            RetentionPlan plan,
            DeletionCall call,
            Clock clock,
            Watch watch,
            Patience patience,
            PodObserver observer,
            Optional<SnapshotCall> snapshot) {
        this.replica = replica;
        this.plan = plan;
        this.call = call;
        this.clock = clock;
        this.watch = watch;
        this.patience = patience;
        this.observer = observer;
        this.snapshot = snapshot;
    }

    Ending take(List<PlannedDeletion> deletions) {
        if (watch.stopped()) {
            return new Stopped();
        }
        Preflight again = Preflight.of(observer.observe(replica), replica.origin());
        if (!again.refusals().isEmpty()
                || again.bounds().isEmpty()
                || again.major().isEmpty()) {
            String why =
                    again.refusals().stream().findFirst().map(Refusal::reason).orElse("its bounds are not known");
            return new GivenUp("when its turn came: " + why, Verdict.UNKNOWN);
        }
        Optional<String> noSnapshot = snapshot.flatMap(wanted -> wanted.make(replica));
        if (noSnapshot.isPresent()) {
            return new GivenUp(noSnapshot.get(), Verdict.UNKNOWN);
        }
        StoredSamples stored = new StoredSamples(replica.server(), again.major().get());
        List<CompiledSelector> planned = plan.deletions().stream()
                .map(deletion -> SelectorRule.judge(deletion.selector()))
                .map(judgement -> switch (judgement) {
                    case SelectorRule.Allowed allowed -> allowed.selector();
                    case SelectorRule.Refused refused ->
                        throw new IllegalStateException(
                                "planned, but refused: " + refused.refusal().reason());
                })
                .toList();
        for (PlannedDeletion deletion : deletions) {
            if (watch.stopped()) {
                return new Stopped();
            }
            if (stale() || !stillOld(deletion, again.bounds().get())) {
                return new GivenUp("the plan of " + plan.madeAt() + " is no longer fresh", Verdict.UNKNOWN);
            }
            switch (call.carryOut(replica, deletion, stored, planned, plan.madeAt())) {
                case DeletionCall.NothingLeft ignored -> {}
                case DeletionCall.LeftOpen ignored -> {
                    return new Stopped();
                }
                case DeletionCall.StoppedBefore ignored -> {
                    return new Stopped();
                }
                case DeletionCall.NotSent notSent -> {
                    return new GivenUp(notSent.reason(), Verdict.UNKNOWN);
                }
                case DeletionCall.Closed closed -> {
                    Receipt receipt = closed.receipt();
                    boolean gone = receipt.verdict() == Verdict.DELETED;
                    boolean answered = closed.outcome() instanceof TsdbAdmin.Done
                            && receipt.verdict() != Verdict.CONTROL_CHANGED
                            && receipt.verdict() != Verdict.UNKNOWN;
                    if (!gone && !answered) {
                        return new GivenUp(deletion.selector() + ": " + receipt.reason(), receipt.verdict());
                    }
                    if (receipt.compactionFailed()) {
                        return new GivenUp(deletion.selector() + ": a compaction failed meanwhile", receipt.verdict());
                    }
                }
            }
        }
        return switch (watch.untilHealthy(replica, patience.health())) {
            case SO -> new Finished();
            case STOPPED -> new Stopped();
            case LATE ->
                new GivenUp("it is not ready again after " + patience.health().toMinutes() + " min", Verdict.UNKNOWN);
        };
    }

    private boolean stale() {
        return Duration.between(plan.madeAt(), clock.instant()).compareTo(RetentionRun.FRESH) > 0;
    }

    /** The planned end is no later than what may be deleted by now: true unless a clock went back. */
    private static boolean stillOld(PlannedDeletion deletion, DeletionBounds bounds) {
        Instant latest = bounds.olderThan(deletion.policy().keep())
                .map(DeletionBounds.Range::end)
                .orElse(Instant.MIN);
        return !deletion.end().isAfter(latest);
    }
}
