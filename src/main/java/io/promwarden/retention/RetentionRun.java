package io.promwarden.retention;

import io.promwarden.finding.NotRun;
import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

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
    private final Clock clock;
    private final Watch watch;
    private final Patience patience;

    /**
     * One for any number of clusters.
     *
     * @param stop asked between two calls, and while waiting; once true, nothing more is sent
     */
    public RetentionRun(ReceiptBook book, Clock clock, BooleanSupplier stop, Patience patience, Pause pause) {
        this.book = book;
        this.clock = clock;
        this.patience = patience;
        this.watch = new Watch(clock, stop, patience.poll(), pause);
    }

    /** Plans, and deletes where {@code settings.apply()}. */
    public RetentionResult run(String runId, String cluster, RetentionSettings settings, List<ReplicaGroup> groups) {
        List<RetentionPlan> plans = new ArrayList<>();
        List<NotRun> notRun = new ArrayList<>(new OpenReceipts(book, clock).close(runId, cluster, groups));
        RetentionPlanner planner = new RetentionPlanner(settings);
        DeletionCall call = new DeletionCall(book, runId, clock, watch, patience);
        boolean goOn = settings.apply();
        for (ReplicaGroup group : groups) {
            if (watch.stopped()) {
                break;
            }
            notRun.addAll(group.missing());
            List<RetentionPlan> made = AllOrNone.of(
                    group,
                    group.replicas().stream()
                            .map(replica -> planner.plan(replica, PodObservations.of(replica.server(), clock)))
                            .toList());
            plans.addAll(made);
            made.forEach(plan -> notRun.addAll(unknown(plan)));
            if (goOn && made.stream().allMatch(RetentionPlan::allowed)) {
                goOn = apply(cluster, group, made, call, notRun);
            }
        }
        List<Receipt> receipts = book.receipts(runId).stream()
                .filter(receipt -> receipt.server().cluster().equals(cluster))
                .filter(receipt -> receipt.call().equals(Intent.DELETE))
                .toList();
        return new RetentionResult(cluster, settings.apply(), plans, receipts, notRun);
    }

    private static List<NotRun> unknown(RetentionPlan plan) {
        return plan.refusals().stream()
                .filter(Refusal::unknown)
                .map(refusal -> notRun(plan, refusal.reason()))
                .toList();
    }

    /** One object's replicas in turn; false when nothing more may be sent in this cluster. */
    private boolean apply(
            String cluster, ReplicaGroup group, List<RetentionPlan> plans, DeletionCall call, List<NotRun> notRun) {
        for (int i = 0; i < plans.size(); i++) {
            Replica replica = group.replicas().get(i);
            RetentionPlan plan = plans.get(i);
            List<PlannedDeletion> deletions = plan.deletions().stream()
                    .filter(deletion -> deletion.refusals().isEmpty())
                    .toList();
            if (deletions.isEmpty()) {
                continue;
            }
            switch (new ReplicaTurn(replica, plan, call, clock, watch, patience).take(deletions)) {
                case ReplicaTurn.Finished ignored -> {}
                case ReplicaTurn.Stopped ignored -> {
                    return false;
                }
                case ReplicaTurn.GivenUp givenUp -> {
                    notRun.add(notRun(plan, givenUp.why()));
                    if (givenUp.verdict() == Verdict.CONTROL_CHANGED) {
                        notRun.add(new NotRun(
                                cluster,
                                "retention of everything else",
                                "series changed on " + plan.server().instance()
                                        + " that were not to be touched: nothing more is deleted"));
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
