package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.observation.OwnMetrics;

/**
 * A TSDB's size and counters by its own metrics; -1 stands for what is not known.
 *
 * @param bytes of all blocks
 * @param failedCompactions since the process started
 * @param cleanups runs of clean_tombstones that ended since the process started
 * @param startedAt the process's start, Unix seconds
 */
record TsdbMeasure(long bytes, long blocks, long failedCompactions, long cleanups, long startedAt) {

    static final TsdbMeasure UNKNOWN = new TsdbMeasure(-1, -1, -1, -1, -1);

    static TsdbMeasure of(Answer<OwnMetrics> metrics) {
        return metrics.value()
                .map(own -> new TsdbMeasure(
                        whole(own, "prometheus_tsdb_storage_blocks_bytes"),
                        whole(own, "prometheus_tsdb_blocks_loaded"),
                        whole(own, "prometheus_tsdb_compactions_failed_total"),
                        whole(own, "prometheus_tsdb_tombstone_cleanup_seconds_count"),
                        whole(own, "process_start_time_seconds")))
                .orElse(UNKNOWN);
    }

    boolean sameProcess(TsdbMeasure before) {
        return startedAt >= 0 && startedAt == before.startedAt;
    }

    /** The server was restarted: its counters began anew. */
    boolean anotherProcess(TsdbMeasure before) {
        return startedAt >= 0 && startedAt != before.startedAt;
    }

    /** A clean ended since then, in the same process. */
    boolean cleanedSince(TsdbMeasure before) {
        return sameProcess(before) && before.cleanups >= 0 && cleanups > before.cleanups;
    }

    /** More compactions failed than before, in the same process. */
    boolean failedSince(TsdbMeasure before) {
        return sameProcess(before) && before.failedCompactions >= 0 && failedCompactions > before.failedCompactions;
    }

    private static long whole(OwnMetrics own, String metric) {
        double value = own.sum(metric).orElse(-1);
        return value >= 0 && value < 1e15 ? (long) value : -1;
    }
}
