package io.promwarden.retention;

import io.promwarden.observation.ServerId;
import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The half of a receipt that is known before the call is sent. */
record Intent(
        ServerId server,
        String call,
        String policy,
        String selector,
        Optional<Instant> start,
        Optional<Instant> end,
        Instant sentAt,
        long series,
        long samples,
        TsdbMeasure before,
        String runId,
        String because) {

    static final String DELETE = "delete_series";
    static final String CLEAN = "clean_tombstones";
    static final String SNAPSHOT = "snapshot";

    /** What an open receipt of a clean remembers of the counters, as a receipt has no field for them. */
    private static final Pattern COUNTERS =
            Pattern.compile("not closed; (-?\\d+) cleanups and (-?\\d+) failed compactions since (-?\\d+)");

    static Intent delete(
            String runId, ServerId server, PlannedDeletion deletion, Instant now, long samples, TsdbMeasure before) {
        return new Intent(
                server,
                DELETE,
                deletion.policy().match(),
                deletion.selector(),
                Optional.of(deletion.start()),
                Optional.of(deletion.end()),
                now,
                deletion.series(),
                samples,
                before,
                runId,
                deletion.policy().because());
    }

    static Intent clean(String runId, ServerId server, Instant now, TsdbMeasure before) {
        return ofAllBlocks(CLEAN, runId, server, now, before);
    }

    static Intent snapshot(String runId, ServerId server, Instant now, TsdbMeasure before) {
        return ofAllBlocks(SNAPSHOT, runId, server, now, before);
    }

    private static Intent ofAllBlocks(String call, String runId, ServerId server, Instant now, TsdbMeasure before) {
        return new Intent(server, call, "", "", Optional.empty(), Optional.empty(), now, 0, 0, before, runId, "");
    }

    /** What a crash left behind. */
    static Intent of(Receipt open) {
        Matcher counters = COUNTERS.matcher(open.reason());
        boolean known = counters.matches();
        return new Intent(
                open.server(),
                open.call(),
                open.policy(),
                open.selector(),
                open.start(),
                open.end(),
                open.sentAt(),
                open.seriesBefore(),
                open.samplesBefore(),
                new TsdbMeasure(
                        open.blockBytesBefore(),
                        open.blocksBefore(),
                        known ? Long.parseLong(counters.group(2)) : -1,
                        known ? Long.parseLong(counters.group(1)) : -1,
                        known ? Long.parseLong(counters.group(3)) : -1),
                open.runId(),
                open.because());
    }

    /** To be written down before the call. */
    Receipt open() {
        String note = "not closed; " + before.cleanups() + " cleanups and " + before.failedCompactions()
                + " failed compactions since " + before.startedAt();
        return receipt(Duration.ZERO, "", Verdict.UNKNOWN, note, -1, TsdbMeasure.UNKNOWN, List.of());
    }

    /** To be written down after it. */
    Receipt closed(Instant now, String status, Proof proof, TsdbMeasure after, List<Control.Compared> controls) {
        return receipt(
                Duration.between(sentAt, now),
                status,
                proof.verdict(),
                proof.reason(),
                proof.samplesAfter(),
                after,
                controls);
    }

    private Receipt receipt(
            Duration took,
            String status,
            Verdict verdict,
            String reason,
            long samplesAfter,
            TsdbMeasure after,
            List<Control.Compared> controls) {
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
                verdict,
                reason,
                series,
                samples,
                samplesAfter,
                before.bytes(),
                after.bytes(),
                before.blocks(),
                after.blocks(),
                runId,
                because,
                new Receipt.Controls(
                        controls.stream().map(Control.Compared::count).toList(),
                        before.failedCompactions(),
                        after.sameProcess(before) ? after.failedCompactions() : -1));
    }
}
