package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.retention.Receipt.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What rewriting a server's blocks may bring back and make final, by the receipts since the last time that they were.
 *
 * @param samples deleted since; of those receipts that tell
 * @param untold receipts of deletions that do not tell how many samples
 * @param controlChanged series changed that were to stay
 * @param unsettled a deletion of which nobody can say what came of it
 * @param snapshot one was made, or may have been, that holds on to the blocks
 */
record Gain(long samples, int untold, boolean controlChanged, boolean unsettled, boolean snapshot) {

    /** What a sample takes on disk where the server has not compacted anything yet. */
    private static final double USUAL_BYTES = 1.5;

    /**
     * Sums them up.
     *
     * @param receipts all of one server, of all runs, the oldest first
     */
    static Gain since(List<Receipt> receipts) {
        long samples = 0;
        int untold = 0;
        boolean changed = false;
        boolean unsettled = false;
        boolean snapshot = false;
        for (Receipt receipt : receipts) {
            if (receipt.verdict() == Verdict.CLEANED) {
                samples = 0;
                untold = 0;
                changed = false;
                unsettled = false;
                snapshot = false;
            } else if (receipt.verdict() == Verdict.CONTROL_CHANGED) {
                changed = true;
            } else if (receipt.verdict() == Verdict.UNKNOWN && receipt.call().equals(Intent.DELETE)) {
                unsettled = true;
            } else if (receipt.call().equals(Intent.SNAPSHOT)) {
                snapshot |= receipt.verdict() != Verdict.NO_EFFECT;
            } else if (receipt.verdict() == Verdict.DELETED || receipt.verdict() == Verdict.PARTLY) {
                if (receipt.samplesBefore() < 0) {
                    untold++;
                } else {
                    samples += Math.max(0, receipt.samplesBefore() - Math.max(0, receipt.samplesAfter()));
                }
            }
        }
        return new Gain(samples, untold, changed, unsettled, snapshot);
    }

    boolean nothing() {
        return samples == 0 && untold == 0;
    }

    /** Why it is too little; empty when it is enough, or when nobody counted what was deleted. */
    Optional<String> tooLittle(int percent, Answer<OwnMetrics> own) {
        OptionalDouble all = own.value()
                .map(metrics -> metrics.sum("prometheus_tsdb_storage_blocks_bytes"))
                .orElse(OptionalDouble.empty());
        if (untold > 0 || all.isEmpty() || all.getAsDouble() <= 0) {
            return Optional.empty();
        }
        double bytes = samples * own.value().map(Gain::bytesPerSample).orElse(USUAL_BYTES);
        double share = 100 * bytes / all.getAsDouble();
        return share >= percent
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%,d samples were deleted since the last time, which may bring back %.2f %% of its bytes; minGainPercent is %d.",
                        samples,
                        share,
                        percent));
    }

    private static double bytesPerSample(OwnMetrics own) {
        double bytes =
                own.sum("prometheus_tsdb_compaction_chunk_size_bytes_sum").orElse(0);
        double samples = own.sum("prometheus_tsdb_compaction_chunk_samples_sum").orElse(0);
        return bytes > 0 && samples > 0 ? bytes / samples : USUAL_BYTES;
    }
}
