package io.promwarden.catalog.tsdb;

import io.promwarden.observation.OwnMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How fast a server's blocks grow, by the blocks that it has.
 *
 * @param bytesPerSecond of blocks, over the time that they span
 * @param span from the oldest sample to the head
 * @param besides bytes of the write-ahead log and of the head's chunks
 */
record Growth(double bytesPerSecond, Duration span, double besides) {

    /** With less than this, one odd block would decide. */
    private static final Duration LEAST_SPAN = Duration.ofHours(12);

    /** Blocks are deleted whole, and the largest spans a tenth of the retention, 31 days at most. */
    private static final Duration LARGEST_BLOCK = Duration.ofDays(31);

    static Optional<Growth> of(OwnMetrics own) {
        OptionalDouble bytes = own.sum("prometheus_tsdb_storage_blocks_bytes");
        OptionalDouble oldest = own.sum("prometheus_tsdb_lowest_timestamp_seconds");
        OptionalDouble head = own.sum("prometheus_tsdb_head_min_time_seconds");
        if (bytes.isEmpty() || oldest.isEmpty() || head.isEmpty()) {
            return Optional.empty();
        }
        double seconds = head.getAsDouble() - oldest.getAsDouble();
        if (oldest.getAsDouble() <= 0 || bytes.getAsDouble() <= 0 || !(seconds >= LEAST_SPAN.toSeconds())) {
            return Optional.empty();
        }
        double besides = own.sum("prometheus_tsdb_wal_storage_size_bytes").orElse(0)
                + own.sum("prometheus_tsdb_head_chunks_storage_size_bytes").orElse(0);
        return Optional.of(new Growth(bytes.getAsDouble() / seconds, Duration.ofSeconds((long) seconds), besides));
    }

    /** What the server would hold at most after this retention, if nothing but time limits it. */
    double after(Duration retention) {
        Duration tenth = retention.dividedBy(10);
        Duration whole = retention.plus(tenth.compareTo(LARGEST_BLOCK) < 0 ? tenth : LARGEST_BLOCK);
        return bytesPerSecond * whole.toSeconds() + besides;
    }
}
