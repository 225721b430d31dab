package io.promwarden.retention;

import io.promwarden.finding.NotRun;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Replicas hold the same series: what one of them refuses is refused on all, or queries would depend on who answers. */
final class AllOrNone {

    /** Refused here only because of what another replica said. */
    static final String BECAUSE_OF_ANOTHER = "another-replica-refused";

    private AllOrNone() {}

    static List<RetentionPlan> of(ReplicaGroup group, List<RetentionPlan> plans) {
        Optional<Refusal> missing = missing(group);
        List<RetentionPlan> complete = plans.stream()
                .map(plan -> missing.map(plan::refusedBy).orElse(plan))
                .toList();
        Optional<RetentionPlan> refused =
                complete.stream().filter(plan -> !plan.allowed()).findFirst();
        Map<String, RetentionPlan> refusedSelectors = new HashMap<>();
        for (RetentionPlan plan : complete) {
            plan.deletions().stream()
                    .filter(deletion -> !deletion.refusals().isEmpty())
                    .forEach(deletion -> refusedSelectors.putIfAbsent(deletion.selector(), plan));
        }
        return complete.stream()
                .map(plan -> refused.filter(other -> plan.allowed())
                        .map(other ->
                                plan.refusedBy(because(other, other.refusals().getFirst())))
                        .orElse(plan))
                .map(plan -> withoutRefused(plan, refusedSelectors))
                .toList();
    }

    /** Why a group is not whole; empty when every pod that its object asks for is there. */
    static Optional<Refusal> missing(ReplicaGroup group) {
        long expected = group.expected();
        if (group.missing().isEmpty() && group.replicas().size() >= expected) {
            return Optional.empty();
        }
        String why = group.missing().stream()
                .findFirst()
                .map(NotRun::reason)
                .orElse("only " + group.replicas().size() + " of " + expected + " pods are there");
        return Optional.of(new Refusal(
                "replica-missing",
                "not every replica of " + group.owner() + " can be changed: " + why,
                "Wait until all pods run, and see that this job can reach them."));
    }

    private static RetentionPlan withoutRefused(RetentionPlan plan, Map<String, RetentionPlan> refusedSelectors) {
        List<PlannedDeletion> deletions = plan.deletions().stream()
                .map(deletion -> {
                    RetentionPlan other = refusedSelectors.get(deletion.selector());
                    return other == null || !deletion.refusals().isEmpty()
                            ? deletion
                            : deletion.refusedBy(because(other, refusalOf(other, deletion.selector())));
                })
                .toList();
        return plan.withDeletions(deletions);
    }

    private static Refusal refusalOf(RetentionPlan plan, String selector) {
        return plan.deletions().stream()
                .filter(deletion -> deletion.selector().equals(selector))
                .flatMap(deletion -> deletion.refusals().stream())
                .findFirst()
                .orElseThrow();
    }

    private static Refusal because(RetentionPlan other, Refusal refusal) {
        return new Refusal(
                BECAUSE_OF_ANOTHER,
                other.server().instance() + " refuses (" + refusal.code() + "): " + refusal.reason(),
                refusal.remedy());
    }
}
