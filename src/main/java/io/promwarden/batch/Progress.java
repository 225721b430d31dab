package io.promwarden.batch;

import java.time.Duration;

/** Who wants to hear how a run is getting on. Called from several threads. */
public interface Progress {

    /**
     * One step of one cluster, or one step of the whole run.
     *
     * @param cluster empty for a step of the whole run
     * @param number from 1
     * @param of how many units the run has
     */
    record Unit(String step, String cluster, int number, int of) {}

    void started(Unit unit);

    /**
     * A unit has ended.
     *
     * @param note what came of it in a few words, e.g. {@code 14 findings, 1 not run}
     */
    void ended(Unit unit, Duration took, String note);
}
