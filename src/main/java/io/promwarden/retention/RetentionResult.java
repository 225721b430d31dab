package io.promwarden.retention;

import io.promwarden.finding.NotRun;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the retention step did in one cluster.
 *
 * @param applied true if the job asked for deletion, not only for a plan
 * @param plans one per Prometheus pod
 * @param receipts one per call that was sent
 * @param notes what the reader should know, and nothing failed by: e.g. snapshots that are still there; empty in
 *     results of older versions
 */
public record RetentionResult(
        String cluster,
        boolean applied,
        List<RetentionPlan> plans,
        List<Receipt> receipts,
        List<NotRun> notRun,
        List<String> notes) {

    /** Without a note. */
    public RetentionResult(
            String cluster, boolean applied, List<RetentionPlan> plans, List<Receipt> receipts, List<NotRun> notRun) {
        this(cluster, applied, plans, receipts, notRun, List.of());
    }

    public RetentionResult {
        notes = List.copyOf(notes);
        plans = List.copyOf(plans);
        receipts = List.copyOf(receipts);
        notRun = List.copyOf(notRun);
    }

    RetentionResult withNotRun(List<NotRun> more) {
        return new RetentionResult(
                cluster,
                applied,
                plans,
                receipts,
                Stream.concat(notRun.stream(), more.stream()).toList(),
                notes);
    }
}
