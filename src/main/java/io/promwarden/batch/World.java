package io.promwarden.batch;

import java.time.Instant;

/** The clusters of a run. Each is looked at once, when the first step asks for it. */
public interface World {

    /** The clock of what is looked at: the start of the run, or the time of the capture. */
    Instant observedAt();

    /** False for a capture: there is nothing that could be changed. */
    boolean live();

    /** Thread-safe; blocks while the cluster is read for the first time. */
    ClusterWorld cluster(String name);
}
