package io.promwarden.retention;

import io.promwarden.finding.NotRun;
import io.promwarden.observation.ServerId;
import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The retention step of one cluster: a plan for every Prometheus process and, where the job says so, the deletions, one
 * replica at a time.
 *
 * <p>May be run again for the same run id after a crash: it closes the receipts that were left open by what the servers
 * hold now, plans anew, and sends only what there still is to delete.
 */
public final class RetentionRun {

    /** A plan that is older is not carried out. */
    static final Duration FRESH = Duration.ofHours(1);

    private final ReceiptBook book;
    private final SnapshotBook snapshots;
    private final Clock clock;
    private final Watch watch;
    private final Patience patience;

    /**
     * One for any number of clusters.
     *
     * @param stop asked between two calls, and while waiting; once true, nothing more is sent
     */
    public RetentionRun(
            ReceiptBook book,
            SnapshotBook snapshots,
            Clock clock,
            BooleanSupplier stop,
            Patience patience,
            Pause pause) {
        this.book = book;
        this.snapshots = snapshots;
        this.clock = clock;
        this.patience = patience;
        this.watch = new Watch(clock, stop, patience.poll(), pause);
    }

    /** Plans, and deletes where {@code settings.apply()}. */
    public RetentionResult run(String runId, String cluster, RetentionSettings settings, List<ReplicaGroup> groups) {
        return run(runId, cluster, settings, groups, groups, new RetentionPlanner(settings), FRESH);
    }

    /**
     * Carries out what was planned before, on the servers that it is about and the job names.
     *
     * @param runId the same whenever this plan is carried out: what it has done already is not done again
     * @param settings of the job as it is now, with {@code apply}
     * @param planned all of the cluster's plans
     */
    public RetentionResult carryOut(
            String runId,
            String cluster,
            RetentionSettings settings,
            List<RetentionPlan> planned,
            List<ReplicaGroup> groups) {
        ReplicaSets sets = ReplicaSets.of(planned, settings.applyTo(), groups);
        Planning before = new PlannedBefore(planned, settings, clock);
        RetentionResult result = run(
                runId,
                cluster,
                settings,
                groups,
                sets.toChange(),
                (replica, seen, budget) -> sets.against(replica.id())
                        .map(before.plan(replica, seen, budget)::refusedBy)
                        .orElseGet(() -> before.plan(replica, seen, budget)),
                settings.limits().freshFor());
        return result.withNotRun(sets.gone(cluster));
    }

    /** Why a plan is too old, or too young, to be carried out now; empty when it is neither. */
    public static Optional<Refusal> age(PlanDocument plan, RetentionSettings settings, Instant now) {
        return PlannedBefore.age(plan.madeAt(), settings.limits().freshFor(), now);
    }

    private RetentionResult run(
            String runId,
            String cluster,
            RetentionSettings settings,
            List<ReplicaGroup> all,
            List<ReplicaGroup> groups,
            Planning planning,
            Duration fresh) {
        Map<ServerId, QueryBudget> budgets = new HashMap<>();
        List<RetentionPlan> plans = new ArrayList<>();
        List<NotRun> notRun = new ArrayList<>();
        if (settings.apply()) {
            notRun.addAll(new OpenReceipts(book, snapshots, clock, watch, patience).close(cluster, all));
        }
        PodObserver observer = PodObserver.of(clock, settings);
        DeletionCall call = new DeletionCall(book, runId, clock, watch, patience, observer);
        Optional<SnapshotCall> snapshot =
                settings.snapshot() ? Optional.of(new SnapshotCall(book, snapshots, runId, clock)) : Optional.empty();
        Optional<NotRun> changed = ControlChanged.stop(
                book, runId, cluster, settings.apply() ? all : List.of(), "retention of everything else");
        changed.ifPresent(notRun::add);
        boolean goOn = settings.apply() && changed.isEmpty();
        for (ReplicaGroup group : groups) {
            if (watch.stopped()) {
                break;
            }
            notRun.addAll(group.missing());
            List<RetentionPlan> made = AllOrNone.of(
                    group,
                    group.replicas().stream()
                            .map(replica -> planning.plan(
                                    replica,
                                    observer.observe(replica),
                                    budgets.computeIfAbsent(
                                            replica.id(),
                                            key -> new QueryBudget(
                                                    settings.limits().queryBudget()))))
                            .toList());
            plans.addAll(made);
            made.forEach(plan -> notRun.addAll(notDone(plan, settings)));
            if (goOn && made.stream().allMatch(RetentionPlan::allowed) && !hasOpenDelete(group, made, notRun)) {
                goOn = apply(
                        cluster,
                        group,
                        made,
                        new ReplicaTurn.Tools(call, clock, watch, patience, observer, snapshot, budgets, fresh),
                        notRun);
            }
        }
        List<Receipt> receipts = book.receipts(runId).stream()
                .filter(receipt -> receipt.server().cluster().equals(cluster))
                .filter(receipt -> receipt.call().equals(Intent.DELETE))
                .toList();
        notRun.addAll(unproved(receipts));
        return new RetentionResult(
                cluster, settings.apply(), plans, receipts, notRun, SnapshotCall.reminders(snapshots, cluster));
    }

    /**
     * A call of which nobody can say yet what came of it may still run on the server: no delete is sent beside it. An open
     * delete is told of already; an open clean is told of here, where something was to be deleted.
     */
    private boolean hasOpenDelete(ReplicaGroup group, List<RetentionPlan> plans, List<NotRun> notRun) {
        List<Receipt> open = book.unfinished().values().stream()
                .filter(receipt ->
                        receipt.call().equals(Intent.DELETE) || receipt.call().equals(Intent.CLEAN))
                .filter(receipt -> receipt.server().owner().equals(group.owner())
                        && group.replicas().stream()
                                .allMatch(replica -> replica.id()
                                        .cluster()
                                        .equals(receipt.server().cluster())))
                .toList();
        boolean asked = plans.stream()
                .flatMap(plan -> plan.deletions().stream())
                .anyMatch(deletion -> deletion.refusals().isEmpty());
        open.stream()
                .filter(receipt -> asked && receipt.call().equals(Intent.CLEAN))
                .map(receipt -> new NotRun(
                        receipt.server().cluster(),
                        "retention of " + group.owner(),
                        "refused: the clean that was sent to "
                                + receipt.server().instance() + " at " + receipt.sentAt()
                                + " may still go on; the compact step waits for its end"))
                .forEach(notRun::add);
        return !open.isEmpty();
    }

    /** Deletions whose last call did not do what was asked: "204, no effect" is never a success. */
    private static List<NotRun> unproved(List<Receipt> receipts) {
        Map<String, Receipt> last = new LinkedHashMap<>();
        receipts.forEach(receipt -> last.put(receipt.server() + " " + receipt.selector(), receipt));
        return last.values().stream()
                .filter(receipt -> receipt.verdict() != Verdict.DELETED)
                .map(receipt -> new NotRun(
                        receipt.server().cluster(),
                        "retention of " + receipt.server().owner() + " on "
                                + receipt.server().instance(),
                        receipt.selector() + ": " + receipt.verdict() + ": " + receipt.reason()))
                .toList();
    }

    /** What was to be deleted here and is refused; without {@code apply}, only what nobody could look at. */
    private static List<NotRun> notDone(RetentionPlan plan, RetentionSettings settings) {
        boolean asked =
                settings.apply() && settings.applyTo().contains(plan.server().owner());
        Stream<Refusal> ofDeletions = plan.deletions().stream().flatMap(deletion -> deletion.refusals().stream());
        return Stream.concat(plan.refusals().stream(), asked ? ofDeletions : Stream.empty())
                .filter(refusal -> asked || refusal.unknown())
                .filter(refusal -> !refusal.code().equals(AllOrNone.BECAUSE_OF_ANOTHER))
                .map(refusal -> notRun(plan, (asked ? "refused: " : "") + refusal.reason()))
                .toList();
    }

    /** One object's replicas in turn; false when nothing more may be sent in this cluster. */
    private boolean apply(
            String cluster,
            ReplicaGroup group,
            List<RetentionPlan> plans,
            ReplicaTurn.Tools tools,
            List<NotRun> notRun) {
        for (int i = 0; i < plans.size(); i++) {
            Replica replica = group.replicas().get(i);
            RetentionPlan plan = plans.get(i);
            List<PlannedDeletion> deletions = plan.deletions().stream()
                    .filter(deletion -> deletion.refusals().isEmpty())
                    .toList();
            if (deletions.isEmpty()) {
                continue;
            }
            switch (new ReplicaTurn(replica, plan, tools).take(deletions)) {
                case ReplicaTurn.Finished ignored -> {}
                case ReplicaTurn.Stopped ignored -> {
                    return false;
                }
                case ReplicaTurn.GivenUp givenUp -> {
                    notRun.add(notRun(plan, givenUp.why()));
                    if (givenUp.verdict() == Verdict.CONTROL_CHANGED) {
                        notRun.add(ControlChanged.notRun(cluster, "retention of everything else"));
                        return false;
                    }
                    if (i + 1 < plans.size()) {
                        notRun.add(notRun(
                                plans.get(i + 1),
                                "not begun, as " + plan.server().instance() + " did not pass: " + givenUp.why()));
                    }
                    return true;
                }
            }
        }
        return true;
    }

    private static NotRun notRun(RetentionPlan plan, String why) {
        return new NotRun(
                plan.server().cluster(),
                "retention of " + plan.server().owner() + " on " + plan.server().instance(),
                why);
    }
}
