package io.promwarden.history;

import io.promwarden.alertsummary.AlertSummary;
import io.promwarden.check.CheckResults;
import io.promwarden.coverage.Coverage;
import io.promwarden.finding.CheckId;
import io.promwarden.finding.Fact;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.NotRun;
import io.promwarden.finding.Severity;
import io.promwarden.finding.Subject;
import io.promwarden.label.Labels;
import io.promwarden.observation.Count;
import io.promwarden.observation.DiskUse;
import io.promwarden.observation.ServerId;
import io.promwarden.report.RunId;
import io.promwarden.report.StepResult;
import io.promwarden.retention.Effect;
import io.promwarden.retention.Figure;
import io.promwarden.retention.Outlook;
import io.promwarden.retention.Prevention;
import io.promwarden.retention.ReadBy;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.Refusal;
import io.promwarden.retention.RetentionPlan;
import io.promwarden.retention.RetentionPolicy;
import io.promwarden.retention.RetentionResult;
import io.promwarden.retention.StillWritten;
import io.promwarden.storage.DiskForecast;
import io.promwarden.storage.StorageHealth;
import io.promwarden.storage.StorageResult;
import io.promwarden.storage.StorageTrend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Results as a run could leave them, every optional part once present and once absent. */
final class StoredThings {

    static final Instant NIGHT = Instant.parse("2026-11-22T02:10:00Z");
    static final String CLUSTER = "eu-1";
    static final String HOSTILE = "'; DROP TABLE promwarden_run; -- ${x} :name ? \u0000 \u202e <script> \ud83d\ude00";

    private static final ServerId SERVER = new ServerId(CLUSTER, "monitoring/main", "prometheus-main-0");

    private StoredThings() {}

    static RunId night(int number) {
        return new RunId("nightly", NIGHT.plus(Duration.ofDays(number)), 0);
    }

    static Finding finding(String check, String name) {
        return new Finding(
                CheckId.parse(check),
                Severity.WARNING,
                new Subject(CLUSTER, "ServiceMonitor", "shop", name),
                "",
                "selects nothing",
                List.of(),
                Optional.empty());
    }

    static StepResult.Validated validated(List<Finding> findings, NotRun... notRun) {
        return new StepResult.Validated(new CheckResults(findings, List.of(), List.of(notRun), 8, 100));
    }

    static StepResult.Validated validatedAll() {
        Finding hostile = new Finding(
                CheckId.parse("monitor/unknown-port"),
                Severity.ERROR,
                new Subject(CLUSTER, HOSTILE, HOSTILE, HOSTILE),
                HOSTILE,
                HOSTILE + "x".repeat(64 * 1024),
                List.of(new Fact(HOSTILE, HOSTILE)),
                Optional.of(Fix.of("do this", HOSTILE)));
        Finding plain = finding("monitor/selects-nothing", "cart");
        return new StepResult.Validated(new CheckResults(
                List.of(hostile, plain),
                List.of(new CheckResults.Exempted(finding("target/down", "old"), "leaves soon", "2026-12-31")),
                List.of(new NotRun(CLUSTER, "rule/evaluation-failing", "403")),
                8,
                100));
    }

    static StepResult.Validated manyFindings(int count) {
        return validated(IntStream.range(0, count)
                .mapToObj(i -> finding("monitor/selects-nothing", "monitor-" + i + "-" + Integer.toHexString(i * 31)))
                .toList());
    }

    static Receipt receipt(Receipt.Verdict verdict, String reason) {
        return new Receipt(
                SERVER,
                "delete_series",
                "up{job=\"x\"}",
                "{__name__=\"up\",job=\"" + HOSTILE + "\"}",
                Optional.of(NIGHT.minus(Duration.ofDays(40))),
                Optional.of(NIGHT.minus(Duration.ofDays(9))),
                NIGHT.plusNanos(123_456_789),
                Duration.ofMillis(1234),
                "204",
                verdict,
                reason,
                3,
                1000,
                0,
                -1,
                -1,
                4,
                4);
    }

    static List<StepResult> oneOfEach() {
        List<StepResult> results = new ArrayList<>();
        results.add(new StepResult.NotDone(List.of(new NotRun(CLUSTER, "coverage", "connection refused"))));
        results.add(validatedAll());
        results.add(retained());
        results.add(compacted());
        results.add(new StepResult.Covered(new Coverage(
                CLUSTER,
                List.of(new Coverage.Entry(
                        "shop",
                        "Service",
                        HOSTILE,
                        Coverage.State.PARTLY,
                        List.of(Coverage.By.SERVICE_MONITOR, Coverage.By.SIDECAR),
                        1,
                        2,
                        HOSTILE)),
                List.of())));
        results.add(alerted());
        return results;
    }

    private static StepResult retained() {
        RetentionPolicy policy =
                new RetentionPolicy("up", Duration.ofDays(9), HOSTILE, Optional.of(CLUSTER), Optional.empty());
        RetentionPlan plan = new RetentionPlan(
                SERVER,
                Optional.of(HOSTILE),
                NIGHT,
                List.of(new RetentionPlan.PlannedDeletion(
                        policy, "up", NIGHT.minus(Duration.ofDays(99)), NIGHT, 12, outlook(), List.of())),
                new RetentionPlan.Totals(
                        Figure.exact(9, HOSTILE), Figure.between(0, 7, HOSTILE), Figure.unknown(HOSTILE)),
                List.of(new Refusal("admin-api-off", "it is off", "kubectl patch ...")));
        return new StepResult.Retained(new RetentionResult(
                CLUSTER, true, List.of(plan), List.of(receipt(Receipt.Verdict.DELETED, "")), List.of()));
    }

    private static Outlook outlook() {
        StillWritten.RuleName rule = new StillWritten.RuleName(HOSTILE, "group", HOSTILE);
        return new Outlook(
                new TreeMap<>(Map.of("up", 12L)),
                new Effect(
                        Figure.exact(Long.MAX_VALUE, HOSTILE),
                        Figure.between(1, 2, ""),
                        Figure.estimate(3, ""),
                        Figure.unknown(HOSTILE),
                        Figure.exact(0, "")),
                new StillWritten(
                        List.of(new StillWritten.Scraper(HOSTILE, HOSTILE, 3)), List.of(rule), Optional.of(HOSTILE)),
                new ReadBy(
                        List.of(
                                new ReadBy.Reader(rule, List.of("up"), Optional.of(Duration.ofDays(400)), true),
                                new ReadBy.Reader(rule, List.of(), Optional.empty(), false)),
                        Optional.empty()),
                new Prevention(List.of(new Prevention.Step(HOSTILE, HOSTILE)), HOSTILE));
    }

    private static StepResult compacted() {
        StorageHealth known = new StorageHealth(
                SERVER,
                "2.42.0",
                "15d",
                OptionalLong.of(12),
                Optional.of(NIGHT),
                OptionalLong.of(Long.MAX_VALUE),
                OptionalLong.of(1),
                OptionalLong.of(0),
                Optional.of(Instant.EPOCH),
                OptionalLong.of(0),
                OptionalLong.of(0),
                OptionalLong.of(0),
                OptionalDouble.of(Double.NaN),
                Optional.of(NIGHT),
                Optional.of(new DiskUse(7, 3, OptionalLong.of(8))),
                List.of(new Count(HOSTILE, 4)),
                List.of(new Count("a=" + HOSTILE, 3)),
                List.of(new Count("a", 2)));
        StorageHealth unknown = new StorageHealth(
                SERVER,
                "",
                "",
                OptionalLong.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
        StorageTrend.Course course = new StorageTrend.Course(
                OptionalLong.of(4), OptionalLong.of(-1), OptionalLong.empty(), List.of(-1L, 4L));
        StorageTrend trend = new StorageTrend(
                SERVER,
                2,
                Optional.of(NIGHT),
                course,
                course,
                List.of(new StorageTrend.Named(HOSTILE, course)),
                List.of(),
                List.of(),
                Optional.of(new DiskForecast(3.5, 2, 9, 1e9, 5e8, 2e9, 8, 4)));
        return new StepResult.Compacted(new StorageResult(CLUSTER, List.of(known, unknown), List.of(trend), List.of()));
    }

    private static StepResult alerted() {
        AlertSummary.Item told = new AlertSummary.Item(
                HOSTILE,
                AlertSummary.State.FIRING,
                "critical",
                "shop",
                NIGHT.minusNanos(1),
                Labels.of(Map.of("alertname", HOSTILE, "a", "b")),
                Optional.of(true),
                Optional.of(false));
        AlertSummary.Item untold = new AlertSummary.Item(
                "Watchdog",
                AlertSummary.State.PENDING,
                "",
                "",
                NIGHT,
                Labels.EMPTY,
                Optional.empty(),
                Optional.empty());
        return new StepResult.Alerted(new AlertSummary(
                CLUSTER,
                NIGHT,
                List.of(told, untold),
                List.of(new AlertSummary.RuleError("group", "rule", HOSTILE)),
                List.of(new AlertSummary.SilenceItem("id", List.of("a=\"b\""), HOSTILE, HOSTILE, NIGHT, 1)),
                10,
                2,
                List.of()));
    }
}
