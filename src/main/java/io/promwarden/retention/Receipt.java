package io.promwarden.retention;

import io.promwarden.observation.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Proof of one call to the admin API: what was asked, what was there before and after.
 *
 * @param call {@code delete_series} or {@code clean_tombstones}
 * @param policy the policy's selector as written; empty for a clean
 * @param start inclusive; empty for a clean
 * @param seriesBefore series that matched in the range, for a delete
 * @param samplesBefore samples in the range, both ends included; negative when they could not be counted
 * @param blockBytesBefore bytes of all blocks; negative when unknown
 */
public record Receipt(
        ServerId server,
        String call,
        String policy,
        String selector,
        Optional<Instant> start,
        Optional<Instant> end,
        Instant sentAt,
        Duration took,
        String status,
        Verdict verdict,
        String reason,
        long seriesBefore,
        long samplesBefore,
        long samplesAfter,
        long blockBytesBefore,
        long blockBytesAfter,
        long blocksBefore,
        long blocksAfter) {

    /** What the proof shows. */
    public enum Verdict {
        DELETED,
        PARTLY,
        NO_EFFECT,
        UNKNOWN,
        /** Series that were not to be touched have fewer samples than before: nothing more is sent. */
        CONTROL_CHANGED,
        /** A clean that ran to its end. */
        CLEANED
    }

    /** Bytes that came back; 0 when they grew or are unknown. */
    public long freedBytes() {
        return blockBytesBefore < 0 || blockBytesAfter < 0 ? 0 : Math.max(0, blockBytesBefore - blockBytesAfter);
    }
}
