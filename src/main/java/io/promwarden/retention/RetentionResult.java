package io.promwarden.retention;

import io.promwarden.finding.NotRun;
import java.util.List;

/**
 * What the retention step did in one cluster.
 *
 * @param applied true if the job asked for deletion, not only for a plan
 * @param plans one per Prometheus pod
 * @param receipts one per call that was sent
 */
public record RetentionResult(
        String cluster, boolean applied, List<RetentionPlan> plans, List<Receipt> receipts, List<NotRun> notRun) {
    public RetentionResult {
        plans = List.copyOf(plans);
        receipts = List.copyOf(receipts);
        notRun = List.copyOf(notRun);
    }
}
