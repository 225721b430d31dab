package io.promwarden.selfmetrics;

import io.promwarden.coverage.Coverage;
import io.promwarden.finding.CheckId;
import io.promwarden.finding.Finding;
import io.promwarden.finding.NotRun;
import io.promwarden.finding.Severity;
import io.promwarden.finding.Subject;
import io.promwarden.observation.ServerId;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.RunId;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.RetentionResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports to be counted: a full one, and one of a run that could look at nothing. */
final class Reports {

    static final Instant NOW = Instant.parse("2026-11-22T02:20:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static final ServerId SERVER = new ServerId("eu-1", "monitoring/main", "prometheus-main-0");

    private Reports() {}

    static Clock later(Duration by) {
        return Clock.offset(CLOCK, by);
    }

    static GovernanceReport full() {
        return of(
                "nightly",
                List.of(
                        finding("monitor/selects-nothing", Severity.ERROR, "cart"),
                        finding("monitor/selects-nothing", Severity.ERROR, "checkout"),
                        finding("target/down", Severity.WARNING, "cart")),
                List.of(new Coverage(
                        "eu-1",
                        List.of(entry("a", Coverage.State.COVERED), entry("b", Coverage.State.DOWN)),
                        List.of())),
                List.of(
                        receipt("delete_series", Receipt.Verdict.DELETED, 12, -1, -1),
                        receipt("delete_series", Receipt.Verdict.NO_EFFECT, 7, -1, -1),
                        receipt("clean_tombstones", Receipt.Verdict.CLEANED, -1, 5000, 2000)),
                List.of());
    }

    static GovernanceReport blind(String job) {
        return of(job, List.of(), List.of(), List.of(), List.of(new NotRun("eu-1", "Prometheus", "refused")));
    }

    private static GovernanceReport of(
            String job, List<Finding> findings, List<Coverage> coverage, List<Receipt> receipts, List<NotRun> notRun) {
        return new GovernanceReport(
                new RunId(job, Instant.parse("2026-11-22T02:10:00Z"), 0),
                "0.1.0",
                "abc",
                NOW,
                NOW,
                Optional.empty(),
                List.of(),
                findings.stream()
                        .map(finding -> new GovernanceReport.AgedFinding(finding, false, NOW))
                        .toList(),
                List.of(),
                List.of(),
                coverage,
                List.of(),
                receipts.isEmpty()
                        ? List.of()
                        : List.of(new RetentionResult("us-1", true, List.of(), List.of(), List.of())),
                receipts,
                List.of(),
                notRun,
                notRun.isEmpty()
                        ? List.of(
                                new GovernanceReport.StepDuration("eu-1", "validate", 12.5),
                                new GovernanceReport.StepDuration("", "report", 0.25))
                        : List.of(),
                Map.of());
    }

    private static Finding finding(String check, Severity severity, String name) {
        return new Finding(
                CheckId.parse(check),
                severity,
                new Subject("eu-1", "ServiceMonitor", "shop", name),
                "",
                "something",
                List.of(),
                Optional.empty());
    }

    private static Coverage.Entry entry(String name, Coverage.State state) {
        return new Coverage.Entry("shop", "Service", name, state, List.of(), 0, 1, "");
    }

    private static Receipt receipt(String call, Receipt.Verdict verdict, long series, long before, long after) {
        return new Receipt(
                SERVER,
                call,
                "x",
                "x",
                Optional.empty(),
                Optional.empty(),
                NOW,
                Duration.ZERO,
                "204",
                verdict,
                "",
                series,
                -1,
                -1,
                before,
                after,
                -1,
                -1);
    }
}
