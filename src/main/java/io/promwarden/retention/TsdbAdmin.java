package io.promwarden.retention;

import io.promwarden.observation.ServerId;
import java.time.Instant;

/** The admin API of one Prometheus process: the only port of this product that changes anything. */
public interface TsdbAdmin {

    ServerId id();

    /**
     * Writes tombstones for one selector. Sent once, form-encoded, never repeated by the client.
     *
     * @param selector one vector selector
     * @param start inclusive, whole seconds
     * @param end inclusive, whole seconds
     */
    CallOutcome deleteSeries(String selector, Instant start, Instant end);

    /** Starts to rewrite every block that has tombstones. Sent once; after a time-out the caller polls, never repeats. */
    CallOutcome cleanTombstones();

    /** Makes a snapshot of all blocks, without the head. Sent once; no call removes what it makes. */
    SnapshotOutcome snapshot();

    /** What became of a snapshot. */
    sealed interface SnapshotOutcome {}

    /** It is in that folder below {@code snapshots} in the data directory. */
    record Snapshot(String name) implements SnapshotOutcome {}

    /**
     * There is none, or perhaps one.
     *
     * @param perhaps whether it may be there all the same
     */
    record NoSnapshot(String why, boolean perhaps) implements SnapshotOutcome {}

    /** What became of a call. */
    sealed interface CallOutcome {}

    /** 204. */
    record Done() implements CallOutcome {}

    /** The server said no, e.g. {@code unavailable: admin APIs disabled}. */
    record Rejected(int status, String error) implements CallOutcome {}

    /** No answer in time or a broken connection: it may or may not have happened, and may still go on. */
    record NoAnswer(String reason) implements CallOutcome {}
}
