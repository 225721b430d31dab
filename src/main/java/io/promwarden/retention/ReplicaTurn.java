package io.promwarden.retention;

import io.promwarden.observation.ServerId;
import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /**
     * What all turns of a run share.
     *
     * @param budgets of each server, as far as the plan has left any
     * @param fresh how old a plan may be
     */
    record Tools(
            DeletionCall call,
            Clock clock,
            Watch watch,
            Patience patience,
            PodObserver observer,
            Optional<SnapshotCall> snapshot,
            Map<ServerId, QueryBudget> budgets,
            Duration fresh) {}

    private final Replica replica;
    private final RetentionPlan plan;
    private final Tools tools;

    ReplicaTurn(Replica replica, RetentionPlan plan, Tools tools) {
        this.replica = replica;
        this.plan = plan;
        this.tools = tools;
    }

    Ending take(List<PlannedDeletion> deletions) {
        if (tools.watch().stopped()) {
            return new Stopped();
        }
        Preflight again = Preflight.of(tools.observer().observe(replica), replica.origin());
        if (!again.refusals().isEmpty()
                || again.bounds().isEmpty()
                || again.major().isEmpty()) {
            String why =
                    again.refusals().stream().findFirst().map(Refusal::reason).orElse("its bounds are not known");
            return new GivenUp("when its turn came: " + why, Verdict.UNKNOWN);
        }
        List<CompiledSelector> planned = new ArrayList<>();
        for (PlannedDeletion deletion : plan.deletions()) {
            switch (SelectorRule.judge(deletion.selector())) {
                case SelectorRule.Refused refused -> {
                    return new GivenUp(
                            "planned, but refused: " + refused.refusal().reason(), Verdict.UNKNOWN);
                }
                case SelectorRule.Allowed allowed -> {
                    if (!allowed.selector().selector().text().equals(deletion.selector())) {
                        return new GivenUp(deletion.selector() + " is not written as a plan has it", Verdict.UNKNOWN);
                    }
                    planned.add(allowed.selector());
                }
            }
        }
        Optional<String> noSnapshot = tools.snapshot().flatMap(wanted -> wanted.make(replica));
        if (noSnapshot.isPresent()) {
            return new GivenUp(noSnapshot.get(), Verdict.UNKNOWN);
        }
        StoredSamples stored = new StoredSamples(
                replica.server(),
                again.major().get(),
                tools.budgets().getOrDefault(replica.id(), QueryBudget.unlimited()));
        for (PlannedDeletion deletion : deletions) {
            if (tools.watch().stopped()) {
                return new Stopped();
            }
            if (stale() || !stillOld(deletion, again.bounds().get())) {
                return new GivenUp("the plan of " + plan.madeAt() + " is no longer fresh", Verdict.UNKNOWN);
            }
            switch (tools.call().carryOut(replica, deletion, stored, planned, plan.madeAt())) {
                case DeletionCall.NothingLeft ignored -> {}
                case DeletionCall.LeftOpen ignored -> {
                    return new Stopped();
                }
                case DeletionCall.StillOpen open -> {
                    return new GivenUp(deletion.selector() + ": " + open.reason(), Verdict.UNKNOWN);
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
        return switch (tools.watch().untilHealthy(replica, tools.patience().health())) {
            case SO -> new Finished();
            case STOPPED -> new Stopped();
            case LATE ->
                new GivenUp(
                        "it is not ready again after "
                                + tools.patience().health().toMinutes() + " min",
                        Verdict.UNKNOWN);
        };
    }

    private boolean stale() {
        return Duration.between(plan.madeAt(), tools.clock().instant()).compareTo(tools.fresh()) > 0;
    }

    /** The planned end is no later than what may be deleted by now: true unless a clock went back. */
    private static boolean stillOld(PlannedDeletion deletion, DeletionBounds bounds) {
        boolean nothingLeft = bounds.oldest().map(deletion.end()::isBefore).orElse(true);
        return nothingLeft
                || bounds.olderThan(deletion.policy().keep())
                        .map(range -> !deletion.end().isAfter(range.end()))
                        .orElse(false);
    }
}
