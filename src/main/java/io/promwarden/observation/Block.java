package io.promwarden.observation;

import java.time.Duration;
import java.time.Instant;

/**
 * A block of a server's TSDB, from {@code /api/v1/status/tsdb/blocks}. No call tells its size in bytes.
 *
 * @param maxTime the end of its range, which belongs to the next block
 * @param tombstones intervals that were deleted from it and not yet rewritten
 * @param level how often it was compacted: 1 is straight from the head
 */
public record Block(
        String ulid,
        Instant minTime,
        Instant maxTime,
        long series,
        long samples,
        long chunks,
        long tombstones,
        int level) {

    /** The time that it stands for. */
    public Duration range() {
        return Duration.between(minTime, maxTime);
    }
}
