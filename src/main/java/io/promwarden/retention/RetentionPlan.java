package io.promwarden.retention;

import io.promwarden.observation.ServerId;
import java.time.Instant;
import java.util.List;

/**
 * What would be deleted from one Prometheus pod, with instants that no rerun moves.
 *
 * @param madeAt when the plan was made, by the smaller of our clock and the server's
 * @param deletions one per policy and pod, in the order of the job
 * @param refusals why nothing may be deleted on this pod; empty when everything may
 */
public record RetentionPlan(ServerId server, Instant madeAt, List<PlannedDeletion> deletions, List<Refusal> refusals) {

    /**
     * One delete call to be.
     *
     * @param selector as it will be sent
     * @param start inclusive, whole seconds
     * @param end inclusive, whole seconds
     * @param series how many series the selector matches in the range
     * @param refusals why this one may not be carried out; empty when it may
     */
    public record PlannedDeletion(
            RetentionPolicy policy, String selector, Instant start, Instant end, long series, List<Refusal> refusals) {
        public PlannedDeletion {
            refusals = List.copyOf(refusals);
        }
    }

    public RetentionPlan {
        deletions = List.copyOf(deletions);
        refusals = List.copyOf(refusals);
    }
}
