package io.promwarden.retention;

import io.promwarden.finding.NotRun;
import io.promwarden.retention.PlanDocument.OfCluster;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Plans for all servers of a cluster, and nothing else: there is no way from here to a call that changes anything. */
public final class ClusterPlanning {

    private final RetentionSettings settings;
    private final Clock clock;

    public ClusterPlanning(RetentionSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Blocks until every server has answered or was given up. */
    public OfCluster plan(String cluster, List<ReplicaGroup> groups) {
        List<RetentionPlan> plans = new ArrayList<>();
        List<NotRun> notRun = new ArrayList<>();
        RetentionPlanner planner = new RetentionPlanner(settings);
        PodObserver observer = PodObserver.of(clock, settings);
        for (ReplicaGroup group : groups) {
            notRun.addAll(group.missing());
            List<RetentionPlan> made = AllOrNone.of(
                    group,
                    group.replicas().stream()
                            .map(replica -> planner.plan(replica, observer.observe(replica)))
                            .toList());
            plans.addAll(made);
            made.forEach(plan -> plan.refusals().stream()
                    .filter(Refusal::unknown)
                    .forEach(refusal -> notRun.add(new NotRun(
                            cluster,
                            "retention of " + plan.server().owner() + " on "
                                    + plan.server().instance(),
                            refusal.reason()))));
        }
        return new OfCluster(cluster, plans, notRun);
    }
}
