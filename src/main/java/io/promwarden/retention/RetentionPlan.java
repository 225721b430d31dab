package io.promwarden.retention;

import io.promwarden.observation.ServerId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What would be deleted from one Prometheus pod, with instants that no rerun moves.
 *
 * @param identity what tells the server from one of the same name elsewhere; empty where that is not known, and then the
 *     plan cannot be carried out
 * @param madeAt when the plan was made, by the smaller of our clock and the server's
 * @param deletions one per policy that has something to delete here, in the order of the job
 * @param totals what the server holds and all deletions together touch
 * @param refusals why nothing may be deleted on this pod; empty when everything may
 */
public record RetentionPlan(
        ServerId server,
        Optional<String> identity,
        Instant madeAt,
        List<PlannedDeletion> deletions,
        Totals totals,
        List<Refusal> refusals) {

    private static final String NOT_LOOKED = "nobody has looked";

    /**
     * Of one server.
     *
     * @param series that the server holds in all, as far as that is known: never more than it does
     * @param blocks that would be rewritten
     * @param blockBytes of all its blocks
     */
    public record Totals(Figure series, Figure blocks, Figure blockBytes) {
        static Totals unknown(String why) {
            return new Totals(Figure.unknown(why), Figure.unknown(why), Figure.unknown(why));
        }
    }

    /**
     * One delete call to be.
     *
     * @param policy as the job has it, but for {@code keep} and {@code because} where another policy keeps the same series
     *     for longer
     * @param selector as it will be sent
     * @param start inclusive, whole seconds
     * @param end inclusive, whole seconds
     * @param series how many series the selector matches in the range
     * @param outlook what it would mean
     * @param refusals why this one may not be carried out; empty when it may
     */
    public record PlannedDeletion(
            RetentionPolicy policy,
            String selector,
            Instant start,
            Instant end,
            long series,
            Outlook outlook,
            List<Refusal> refusals) {
        public PlannedDeletion {
            // What was stored before there was an outlook has none.
            outlook = Objects.requireNonNullElseGet(outlook, () -> Outlook.unknown(NOT_LOOKED));
            refusals = List.copyOf(refusals);
            if (!start.isBefore(end)
                    || start.isBefore(DeletionBounds.EARLIEST)
                    || !start.equals(start.truncatedTo(ChronoUnit.SECONDS))
                    || !end.equals(end.truncatedTo(ChronoUnit.SECONDS))) {
                throw new IllegalArgumentException("no range to delete: " + start + " to " + end);
            }
        }

        /** One that nobody has looked into. */
        public PlannedDeletion(
                RetentionPolicy policy,
                String selector,
                Instant start,
                Instant end,
                long series,
                List<Refusal> refusals) {
            this(policy, selector, start, end, series, Outlook.unknown(NOT_LOOKED), refusals);
        }

        PlannedDeletion ofSeries(long count) {
            return new PlannedDeletion(policy, selector, start, end, count, outlook, refusals);
        }

        PlannedDeletion refusedBy(Refusal refusal) {
            return new PlannedDeletion(policy, selector, start, end, series, outlook, with(refusals, refusal));
        }
    }

    public RetentionPlan {
        // What was stored before there was an identity has none.
        identity = Objects.requireNonNullElseGet(identity, Optional::empty);
        deletions = List.copyOf(deletions);
        totals = Objects.requireNonNullElseGet(totals, () -> Totals.unknown(NOT_LOOKED));
        refusals = List.copyOf(refusals);
    }

    /** One of a server that nobody has looked at in all. */
    public RetentionPlan(ServerId server, Instant madeAt, List<PlannedDeletion> deletions, List<Refusal> refusals) {
        this(server, Optional.empty(), madeAt, deletions, Totals.unknown(NOT_LOOKED), refusals);
    }

    /** True if nothing stands against deleting on this pod; single deletions may still be refused. */
    public boolean allowed() {
        return refusals.isEmpty();
    }

    /** True if it was made for this very process: one of the same name in another cluster is another. */
    public boolean isOf(Replica replica) {
        return server.equals(replica.id()) && identity.isPresent() && identity.equals(replica.identity());
    }

    RetentionPlan refusedBy(Refusal refusal) {
        return new RetentionPlan(server, identity, madeAt, deletions, totals, with(refusals, refusal));
    }

    RetentionPlan withDeletions(List<PlannedDeletion> changed) {
        return new RetentionPlan(server, identity, madeAt, changed, totals, refusals);
    }

    private static List<Refusal> with(List<Refusal> refusals, Refusal more) {
        return Stream.concat(refusals.stream(), Stream.of(more)).distinct().toList();
    }
}
