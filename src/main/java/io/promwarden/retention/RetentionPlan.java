package io.promwarden.retention;

import io.promwarden.observation.ServerId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * What would be deleted from one Prometheus pod, with instants that no rerun moves.
 *
 * @param madeAt when the plan was made, by the smaller of our clock and the server's
 * @param deletions one per policy that has something to delete here, in the order of the job
 * @param refusals why nothing may be deleted on this pod; empty when everything may
 */
public record RetentionPlan(ServerId server, Instant madeAt, List<PlannedDeletion> deletions, List<Refusal> refusals) {

    /**
     * One delete call to be.
     *
     * @param policy as the job has it, but for {@code keep} and {@code because} where another policy keeps the same series
     *     for longer
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
            if (!start.isBefore(end)
                    || start.isBefore(DeletionBounds.EARLIEST)
                    || !start.equals(start.truncatedTo(ChronoUnit.SECONDS))
                    || !end.equals(end.truncatedTo(ChronoUnit.SECONDS))) {
                throw new IllegalArgumentException("no range to delete: " + start + " to " + end);
            }
        }

        PlannedDeletion refusedBy(Refusal refusal) {
            return new PlannedDeletion(policy, selector, start, end, series, with(refusals, refusal));
        }
    }

    /** True if nothing stands against deleting on this pod; single deletions may still be refused. */
    public boolean allowed() {
        return refusals.isEmpty();
    }

    RetentionPlan refusedBy(Refusal refusal) {
        return new RetentionPlan(server, madeAt, deletions, with(refusals, refusal));
    }

    private static List<Refusal> with(List<Refusal> refusals, Refusal more) {
        return Stream.concat(refusals.stream(), Stream.of(more)).distinct().toList();
    }

    public RetentionPlan {
        deletions = List.copyOf(deletions);
        refusals = List.copyOf(refusals);
    }
}
