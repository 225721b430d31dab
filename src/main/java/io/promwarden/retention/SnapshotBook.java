package io.promwarden.retention;

import io.promwarden.observation.ServerId;
import java.time.Instant;
import java.util.List;

/**
 * The snapshots that runs have made, kept until somebody says that they are gone: no call of Prometheus' API removes a
 * snapshot or lists those that there are, and each holds on to the blocks that it was made of.
 */
public interface SnapshotBook {

    /** How the name of one begins whose making was never heard of: whether it is there, its server's disk knows. */
    String UNHEARD = "unknown-";

    /**
     * A snapshot on a server's disk.
     *
     * @param run the id of the run that made it
     * @param name the folder below {@code snapshots} in the data directory, as the server answered it
     * @param at when the server answered
     */
    record SnapshotMade(String run, ServerId server, String name, Instant at) {}

    /** Notes a snapshot, and commits it at once. One that is noted already, on that server and of that name, stays as it is. */
    void made(SnapshotMade snapshot);

    /** Those that nobody has said to be gone, of all runs, oldest first. */
    List<SnapshotMade> left();

    /**
     * Notes that a snapshot is gone.
     *
     * @return false if no such snapshot was left
     */
    boolean confirm(ServerId server, String name, Instant at);
}
