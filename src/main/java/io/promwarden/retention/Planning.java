package io.promwarden.retention;

/** Where the plan for one process comes from. */
interface Planning {

    /**
     * The plan, with all that stands against it. Changes nothing.
     *
     * @param budget for what has to be counted on that server
     */
    RetentionPlan plan(Replica replica, PodObservations seen, QueryBudget budget);
}
