package io.promwarden.report;

import io.promwarden.alertsummary.AlertSummary;
import io.promwarden.check.CheckResults;
import io.promwarden.coverage.Coverage;
import io.promwarden.finding.CheckId;
import io.promwarden.finding.Finding;
import io.promwarden.finding.NotRun;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.RetentionResult;
import io.promwarden.storage.StorageResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one run has to say. Everything in it is sorted; two reports of the same results are equal.
 *
 * @param observedAt the clock of what was looked at: now, or the time of the capture
 * @param since the slot of the run that this one is compared with; empty when there is none
 * @param fixed findings of that run that are gone, where their check ran again on that cluster
 * @param definition SHA-256 of the job definition, hexadecimal
 * @param pages why and how to fix, by check
 */
public record GovernanceReport(
        RunId run,
        String version,
        String definition,
        Instant startedAt,
        Instant observedAt,
        Optional<Instant> since,
        List<ServerSeen> servers,
        List<AgedFinding> findings,
        List<Finding> fixed,
        List<CheckResults.Exempted> exempted,
        List<Coverage> coverage,
        List<AlertSummary> alerts,
        List<RetentionResult> retention,
        List<Receipt> receipts,
        List<StorageResult> storage,
        List<NotRun> notRun,
        List<StepDuration> durations,
        Map<CheckId, PageText> pages) {

    /**
     * A finding, and since when it has been there.
     *
     * @param isNew it was not there in the run that this one is compared with; false when there is no such run
     * @param firstSeen the slot of the first run of this job that had it without a break
     */
    public record AgedFinding(Finding finding, boolean isNew, Instant firstSeen) {}

    /** How long a step took; {@code cluster} is empty for a step of the whole run. */
    public record StepDuration(String cluster, String step, double seconds) {}

    /** Parts of a check's page, as Markdown. */
    public record PageText(String looksFor, String why, String fix) {}

    public GovernanceReport {
        servers = List.copyOf(servers);
        findings = List.copyOf(findings);
        fixed = List.copyOf(fixed);
        exempted = List.copyOf(exempted);
        coverage = List.copyOf(coverage);
        alerts = List.copyOf(alerts);
        retention = List.copyOf(retention);
        receipts = List.copyOf(receipts);
        storage = List.copyOf(storage);
        notRun = List.copyOf(notRun);
        durations = List.copyOf(durations);
        pages = Map.copyOf(pages);
    }
}
