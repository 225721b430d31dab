package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.retention.TsdbAdmin.CallOutcome;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the evidence after a call shows.
 *
 * @param samplesAfter -1 where they could not be counted, or for a clean
 */
record Proof(Verdict verdict, String reason, long samplesAfter) {

    /**
     * Of a deletion, by what was counted before and after it.
     *
     * @param controls what was looked at that must not have changed
     * @param whyNot asked where nothing is gone
     */
    static Proof ofDeletion(
            CallOutcome outcome,
            long samplesBefore,
            Answer<Long> samplesAfter,
            List<Control.Compared> controls,
            TsdbMeasure before,
            TsdbMeasure after,
            Supplier<String> whyNot) {
        String others = Control.text(controls) + (after.failedSince(before) ? "; a compaction failed meanwhile" : "");
        long left = samplesAfter.value().orElse(-1L);
        if (controls.stream().anyMatch(Control.Compared::lost)) {
            return new Proof(Verdict.CONTROL_CHANGED, status(outcome) + "; " + others, left);
        }
        if (controls.stream().anyMatch(Control.Compared::unknownAfter)) {
            return new Proof(
                    Verdict.UNKNOWN,
                    status(outcome) + "; what was to stay could not be counted again; " + others,
                    left);
        }
        if (left < 0) {
            String why = samplesAfter.reason().orElse("");
            return new Proof(
                    Verdict.UNKNOWN,
                    status(outcome) + "; the samples that are left could not be counted: " + why + "; " + others,
                    -1);
        }
        if (left == 0) {
            return new Proof(Verdict.DELETED, unlessDone(outcome) + others, 0);
        }
        if (left < samplesBefore) {
            return new Proof(Verdict.PARTLY, unlessDone(outcome) + left + " samples are still there; " + others, left);
        }
        return outcome instanceof TsdbAdmin.NoAnswer
                ? new Proof(Verdict.UNKNOWN, status(outcome) + "; nothing is gone so far; " + others, left)
                : new Proof(
                        Verdict.NO_EFFECT,
                        status(outcome) + ", and no sample is gone: " + whyNot.get() + "; " + others,
                        left);
    }

    /**
     * Of a deletion that a crash left open: nobody has compared then what was to stay, and after a restart of the server
     * nobody can say either what made the samples go.
     */
    static Proof afterCrash(
            long samplesBefore, long left, TsdbMeasure before, TsdbMeasure after, Supplier<String> whyNot) {
        String crash = "the run ended before the answer was written down; what was to stay was not compared; ";
        if (left == 0) {
            return after.sameProcess(before)
                    ? new Proof(Verdict.DELETED, crash + "all samples are gone", 0)
                    : new Proof(
                            Verdict.UNKNOWN,
                            crash + "all samples are gone, and it is not known to be the same process as before",
                            0);
        }
        return left < samplesBefore
                ? new Proof(Verdict.PARTLY, crash + left + " samples are still there", left)
                : new Proof(Verdict.NO_EFFECT, crash + "no sample is gone: it was not sent, or " + whyNot.get(), left);
    }

    /** Of a clean, by what the server's own metrics say. */
    static Proof ofClean(CallOutcome outcome, TsdbMeasure before, TsdbMeasure after) {
        String failures = after.failedSince(before) ? "; a compaction failed meanwhile" : "";
        boolean same = after.bytes() == before.bytes() && after.blocks() == before.blocks();
        boolean ended = after.cleanedSince(before);
        return switch (outcome) {
            case TsdbAdmin.Done ignored ->
                new Proof(Verdict.CLEANED, (same ? "no block had tombstones" : "tombstones are gone") + failures, -1);
            case TsdbAdmin.Rejected rejected ->
                new Proof(same ? Verdict.NO_EFFECT : Verdict.PARTLY, status(rejected) + failures, -1);
            case TsdbAdmin.NoAnswer none -> {
                if (after.anotherProcess(before)) {
                    yield new Proof(
                            Verdict.UNKNOWN, status(none) + "; the server was restarted meanwhile; not repeated", -1);
                }
                if (!ended) {
                    yield new Proof(
                            Verdict.UNKNOWN,
                            status(none) + "; its end was not seen in time; not repeated" + failures,
                            -1);
                }
                yield new Proof(
                        same ? Verdict.NO_EFFECT : Verdict.CLEANED,
                        status(none)
                                + (same ? "; it ended, and no block is different" : "; it was seen to end")
                                + failures,
                        -1);
            }
        };
    }

    /** The status that a receipt shows. */
    static String status(CallOutcome outcome) {
        return switch (outcome) {
            case TsdbAdmin.Done ignored -> "204";
            case TsdbAdmin.Rejected rejected -> rejected.status() + " " + rejected.error();
            case TsdbAdmin.NoAnswer none -> "no answer: " + none.reason();
        };
    }

    private static String unlessDone(CallOutcome outcome) {
        return outcome instanceof TsdbAdmin.Done ? "" : status(outcome) + "; ";
    }
}
