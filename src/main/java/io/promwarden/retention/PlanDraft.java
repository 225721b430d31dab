package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A plan in the making. */
final class PlanDraft {

    private final List<Refusal> refusals = new ArrayList<>();
    private final List<PlannedDeletion> deletions = new ArrayList<>();
    private RetentionPlan.Totals totals = RetentionPlan.Totals.unknown("nothing is planned");

    void refuse(Refusal refusal) {
        refusals.add(refusal);
    }

    void refuse(List<Refusal> all) {
        refusals.addAll(all);
    }

    void add(PlannedDeletion deletion) {
        deletions.add(deletion);
    }

    List<PlannedDeletion> deletions() {
        return deletions;
    }

    void totals(RetentionPlan.Totals known) {
        totals = known;
    }

    /** The series, or none and a refusal. */
    List<Labels> series(Answer<List<Labels>> answer, RetentionPolicy policy) {
        answer.reason()
                .ifPresent(why -> refuse(new Refusal(
                        "series-unknown",
                        "the series of " + policy.match() + " could not be listed: " + why,
                        "Try the selector in a query; what cannot be counted is not deleted.")));
        return answer.value().orElse(List.of());
    }

    RetentionPlan plan(Replica replica, Instant madeAt) {
        return new RetentionPlan(
                replica.id(),
                replica.identity(),
                madeAt,
                deletions,
                totals,
                refusals.stream().distinct().toList());
    }
}
