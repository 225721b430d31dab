package io.promwarden.retention;

import io.promwarden.observation.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Proof of one call to the admin API: what was asked, what was there before and after.
 *
 * @param call {@code delete_series}, {@code clean_tombstones} or {@code snapshot}
 * @param policy the policy's selector as written; empty for a clean
 * @param start inclusive; empty for a clean
 * @param seriesBefore series that matched in the range, for a delete
 * @param samplesBefore samples in the range, both ends included; negative when they could not be counted
 * @param blockBytesBefore bytes of all blocks; negative when unknown
 * @param runId the run that sent it; empty for what older versions wrote
 * @param because why, as the policy says; empty for a clean and for what older versions wrote
 * @param controls what was not to change meanwhile
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
        long blocksAfter,
        String runId,
        String because,
        Controls controls) {

    /** Receipts are kept for good: those of older versions lack what they did not know of. */
    public Receipt {
        runId = orElse(runId, "");
        because = orElse(because, "");
        controls = orElse(controls, Controls.NONE);
    }

    /** One of which no more is known. */
    public Receipt(
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
        this(
                server,
                call,
                policy,
                selector,
                start,
                end,
                sentAt,
                took,
                status,
                verdict,
                reason,
                seriesBefore,
                samplesBefore,
                samplesAfter,
                blockBytesBefore,
                blockBytesAfter,
                blocksBefore,
                blocksAfter,
                "",
                "",
                Controls.NONE);
    }

    /**
     * What was looked at before and after the call that it must not have changed.
     *
     * @param failedCompactionsBefore since the process started; negative when unknown
     * @param failedCompactionsAfter of the same process; negative when unknown, or when it is another process by then
     */
    public record Controls(List<Count> counts, long failedCompactionsBefore, long failedCompactionsAfter) {

        public static final Controls NONE = new Controls(List.of(), -1, -1);

        public Controls {
            counts = List.copyOf(counts);
        }
    }

    /**
     * One control.
     *
     * @param what e.g. {@code samples of up in the range's last hour}
     * @param before negative when it could not be counted
     * @param after negative when it could not be counted
     */
    public record Count(String what, long before, long after) {}

    /** What the proof shows. */
    public enum Verdict {
        DELETED,
        PARTLY,
        NO_EFFECT,
        UNKNOWN,
        /** Series that were not to be touched have fewer samples than before: nothing more is sent. */
        CONTROL_CHANGED,
        /** A clean that ran to its end. */
        CLEANED,
        /** A snapshot that was made; its name is in the reason. */
        SNAPSHOT_MADE
    }

    /** A compaction failed between the call and the look after it. */
    public boolean compactionFailed() {
        return controls.failedCompactionsBefore() >= 0
                && controls.failedCompactionsAfter() > controls.failedCompactionsBefore();
    }

    /** The same, as the store has it for a run. */
    public Receipt ofRun(String run) {
        return as(run, verdict, reason, because, controls);
    }

    /** As it is kept until it is closed: whatever it says, nothing is known yet. */
    public Receipt notClosed(String otherwise) {
        return as(runId, Verdict.UNKNOWN, reason.isBlank() ? otherwise : reason, because, controls);
    }

    /** The same with what the policy says and what was looked at beside the call. */
    public Receipt with(String why, Controls looked) {
        return as(runId, verdict, reason, why, looked);
    }

    private Receipt as(String run, Verdict changed, String said, String why, Controls looked) {
        return new Receipt(
                server,
                call,
                policy,
                selector,
                start,
                end,
                sentAt,
                took,
                status,
                changed,
                said,
                seriesBefore,
                samplesBefore,
                samplesAfter,
                blockBytesBefore,
                blockBytesAfter,
                blocksBefore,
                blocksAfter,
                run,
                why,
                looked);
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    /** Bytes that came back; 0 when they grew or are unknown. */
    public long freedBytes() {
        return blockBytesBefore < 0 || blockBytesAfter < 0 ? 0 : Math.max(0, blockBytesBefore - blockBytesAfter);
    }
}
