package io.promwarden.report;

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
import io.promwarden.observation.DiskUse;
import io.promwarden.observation.ServerId;
import io.promwarden.report.GovernanceReport.AgedFinding;
import io.promwarden.report.GovernanceReport.PageText;
import io.promwarden.report.GovernanceReport.StepDuration;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.Refusal;
import io.promwarden.retention.RetentionPlan;
import io.promwarden.retention.RetentionPolicy;
import io.promwarden.retention.RetentionResult;
import io.promwarden.storage.DiskForecast;
import io.promwarden.storage.StorageHealth;
import io.promwarden.storage.StorageResult;
import io.promwarden.storage.StorageTrend;
import io.promwarden.storage.StorageTrend.Course;
import io.promwarden.storage.StorageTrend.Named;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A report of a believable night in two clusters, made by hand: for pages, mails and pictures of them. */
public final class SampleReport {

    public static final Instant SLOT = Instant.parse("2026-11-22T02:10:00Z");
    private static final Instant BEFORE = Instant.parse("2026-11-21T02:10:00Z");
    private static final Instant SEEN = SLOT.plusSeconds(7);
    private static final ServerId EU_0 = new ServerId("eu-1", "monitoring/k8s", "prometheus-k8s-0");
    private static final ServerId EU_1 = new ServerId("eu-1", "monitoring/k8s", "prometheus-k8s-1");
    private static final ServerId US_0 = new ServerId("us-1", "monitoring/k8s", "prometheus-k8s-0");

    private SampleReport() {}

    public static GovernanceReport night() {
        return with(findings(), notRun());
    }

    /** A quiet first night: nothing found, everything looked at, nothing to compare with. */
    public static GovernanceReport calm() {
        GovernanceReport night = night();
        return new GovernanceReport(
                new RunId("nightly", SLOT, 0),
                night.version(),
                night.definition(),
                night.startedAt(),
                night.observedAt(),
                Optional.empty(),
                night.servers().stream()
                        .filter(server -> server.reason().isEmpty())
                        .toList(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                night.durations(),
                Map.of());
    }

    /** The same night with other findings and other things not looked at. */
    public static GovernanceReport with(List<AgedFinding> findings, List<NotRun> notRun) {
        return new GovernanceReport(
                new RunId("nightly", SLOT, 0),
                "0.1.0",
                "9f2c4b7d1e6a8035c4d9e2f7a1b3c5d7e9f0a2b4c6d8e0f1a3b5c7d9e1f2a4b6",
                SLOT.plusSeconds(2),
                SEEN,
                Optional.of(BEFORE),
                servers(),
                findings.stream()
                        .sorted((one, other) -> one.finding().compareTo(other.finding()))
                        .toList(),
                fixed(),
                exempted(),
                List.of(euCoverage(), usCoverage()),
                List.of(euAlerts(), usAlerts()),
                retention(),
                receipts(),
                storage(),
                notRun,
                durations(),
                pages());
    }

    public static AgedFinding finding(Severity severity, String check, Subject subject, String message) {
        return new AgedFinding(
                new Finding(
                        CheckId.parse(check),
                        severity,
                        subject,
                        "",
                        message,
                        List.of(new Fact("read", "something")),
                        Optional.of(Fix.of("Mend it.", "kind: Patch\nname: mend"))),
                false,
                BEFORE);
    }

    private static List<AgedFinding> findings() {
        List<AgedFinding> all = new ArrayList<>();
        all.add(aged(
                "monitor/selects-nothing",
                Severity.ERROR,
                new Subject("eu-1", "ServiceMonitor", "shop", "cart"),
                "No Service in the namespace shop has the labels app=cart-v2.",
                List.of(
                        new Fact("spec.selector", "app=cart-v2"),
                        new Fact("spec.namespaceSelector", "none: the monitor's own namespace"),
                        new Fact("nearest Service", "shop/cart with app=cart")),
                Fix.of(
                        "Select the label that the Service has.",
                        "kubectl -n shop patch servicemonitor cart --type merge -p '\nspec:\n  selector:\n    matchLabels:\n"
                                + "      app: cart\n'"),
                "2026-11-22T02:10:00Z"));
        all.add(aged(
                "monitor/selects-nothing",
                Severity.ERROR,
                new Subject("us-1", "ServiceMonitor", "payments", "ledger"),
                "No Service in any namespace has the labels app.kubernetes.io/name=ledger-api.",
                List.of(
                        new Fact("spec.selector", "app.kubernetes.io/name=ledger-api"),
                        new Fact("spec.namespaceSelector", "any: true")),
                Fix.of("Select the label that the Service has."),
                "2026-11-12T02:10:00Z"));
        all.add(aged(
                "monitor/unknown-port",
                Severity.ERROR,
                new Subject("eu-1", "ServiceMonitor", "shop", "search"),
                "Endpoint 0 names the port http-metrics, which none of the 2 selected Services has.",
                List.of(
                        new Fact("spec.endpoints[0].port", "http-metrics"),
                        new Fact("Service shop/search", "ports http, management"),
                        new Fact("Service shop/search-canary", "ports http, management")),
                Fix.of(
                        "Name a port that the Services have.",
                        "spec:\n  endpoints:\n    - port: management\n      path: /actuator/prometheus\n      interval: 30s"),
                "2026-11-22T02:10:00Z"));
        all.add(aged(
                "monitor/not-selected",
                Severity.ERROR,
                new Subject("eu-1", "PodMonitor", "logistics", "couriers"),
                "No Prometheus picks this monitor up: its label release=prom is not release=kube-prometheus-stack.",
                List.of(
                        new Fact("metadata.labels", "release=prom, team=logistics"),
                        new Fact(
                                "Prometheus monitoring/k8s",
                                "podMonitorSelector release=kube-prometheus-stack, podMonitorNamespaceSelector {}")),
                Fix.of(
                        "Give the monitor the label that Prometheus selects.",
                        "kubectl -n logistics label podmonitor couriers release=kube-prometheus-stack --overwrite"),
                "2026-11-19T02:10:00Z"));
        all.add(aged(
                "tsdb/compaction-failing",
                Severity.ERROR,
                new Subject("us-1", "Prometheus", "monitoring", "k8s"),
                "14 compactions have failed since the server started; none has succeeded for 3 days.",
                List.of(
                        new Fact("prometheus_tsdb_compactions_failed_total", "14 on prometheus-k8s-0"),
                        new Fact("last compaction", "2026-11-19T01:00:00Z"),
                        new Fact("volume", "49.1 GiB of 50.0 GiB used")),
                Fix.of("Give the volume room, then look at the server's log for the block that it names."),
                "2026-11-20T02:10:00Z"));
        all.add(aged(
                "target/down",
                Severity.WARNING,
                new Subject("eu-1", "ServiceMonitor", "billing", "invoices"),
                "3 of 3 targets are down: connect: connection refused.",
                List.of(
                        new Fact("scrape pool", "serviceMonitor/billing/invoices/0"),
                        new Fact("last error", "Get \"http://10.42.3.17:9090/metrics\": connection refused"),
                        new Fact("down since", "2026-11-21T17:44:12Z")),
                Fix.of("Check that the container listens on 9090 and on all interfaces."),
                "2026-11-22T02:10:00Z"));
        all.add(aged(
                "rule/evaluation-failing",
                Severity.WARNING,
                new Subject("eu-1", "PrometheusRule", "shop", "shop-slo"),
                "ShopCheckoutErrorBudget fails at each evaluation: many-to-many matching not allowed.",
                List.of(
                        new Fact("group", "shop.slo"),
                        new Fact(
                                "last error",
                                "found duplicate series for the match group {service=\"checkout\"} on the right hand-side of the"
                                        + " operation: [{instance=\"a\"}, {instance=\"b\"}]; many-to-many matching not allowed:"
                                        + " matching labels must be unique on one side")),
                Fix.of(
                        "Aggregate the right side to the labels that are matched on.",
                        "sum by (service) (rate(http_requests_total{status=~\"5..\"}[5m]))\n  /\n"
                                + "sum by (service) (rate(http_requests_total[5m]))"),
                "2026-11-03T02:10:00Z"));
        all.add(aged(
                "tsdb/retention-beyond-disk",
                Severity.WARNING,
                new Subject("us-1", "Prometheus", "monitoring", "k8s"),
                "30 days of blocks will need 71 GiB; the volume holds 50 GiB.",
                List.of(
                        new Fact("spec.retention", "30d"),
                        new Fact("spec.retentionSize", "not set"),
                        new Fact("growth", "2.4 GiB a day")),
                Fix.of(
                        "Set retentionSize to 80 % of the volume.",
                        "kubectl -n monitoring patch prometheus k8s --type merge -p '{\"spec\":{\"retentionSize\":\"40GiB\"}}'"),
                "2026-10-30T02:10:00Z"));
        for (String name : List.of("catalogue", "coupons", "wishlist")) {
            all.add(aged(
                    "monitor/annotation-ignored",
                    Severity.WARNING,
                    new Subject("eu-1", "Deployment", "shop", name),
                    "Its pods say prometheus.io/scrape: \"true\", and no scrape config reads that annotation.",
                    List.of(new Fact("prometheus.io/port", "8080"), new Fact("prometheus.io/path", "/metrics")),
                    Fix.of("Write a PodMonitor for it."),
                    "2026-11-01T02:10:00Z"));
        }
        all.add(aged(
                "monitor/control-plane-unscraped",
                Severity.INFO,
                new Subject("us-1", "Cluster", "", "us-1"),
                "CoreDNS has no target.",
                List.of(new Fact("Service", "kube-system/kube-dns has no port named metrics")),
                Fix.of("Add the port metrics, 9153, to the Service kube-system/kube-dns."),
                "2026-10-30T02:10:00Z"));
        return all;
    }

    private static AgedFinding aged(
            String check,
            Severity severity,
            Subject subject,
            String message,
            List<Fact> evidence,
            Fix fix,
            String firstSeen) {
        Instant first = Instant.parse(firstSeen);
        return new AgedFinding(
                new Finding(CheckId.parse(check), severity, subject, "", message, evidence, Optional.of(fix)),
                first.equals(SLOT),
                first);
    }

    private static List<Finding> fixed() {
        return Stream.of("returns", "gift-cards")
                .map(name -> finding(
                                Severity.ERROR,
                                "monitor/unknown-port",
                                new Subject("eu-1", "ServiceMonitor", "shop", name),
                                "Endpoint 0 names the port metrics, which the selected Service does not have.")
                        .finding())
                .sorted()
                .toList();
    }

    private static List<CheckResults.Exempted> exempted() {
        return List.of(new CheckResults.Exempted(
                finding(
                                Severity.ERROR,
                                "monitor/selects-nothing",
                                new Subject("us-1", "ServiceMonitor", "payments", "legacy-gateway"),
                                "No Service in the namespace payments has the labels app=legacy-gateway.")
                        .finding(),
                "switched off until the migration is done",
                "2026-12-31"));
    }

    private static List<NotRun> notRun() {
        String forbidden = "endpointslices: 403: endpointslices.discovery.k8s.io is forbidden for"
                + " system:serviceaccount:monitoring:promwarden";
        return List.of(
                new NotRun("us-1", "Alertmanager monitoring/main", "connection timed out after 10 s"),
                new NotRun("us-1", "coverage of Services", forbidden),
                new NotRun("us-1", "monitor/unknown-port", forbidden));
    }

    private static List<ServerSeen> servers() {
        return List.of(
                new ServerSeen("eu-1", "Alertmanager", "monitoring/main/alertmanager-main-0", "0.25.0", ""),
                new ServerSeen("eu-1", "Kubernetes", "https://10.43.0.1", "v1.33.4", ""),
                new ServerSeen("eu-1", "Prometheus", "monitoring/k8s/prometheus-k8s-0", "2.42.0", ""),
                new ServerSeen("eu-1", "Prometheus", "monitoring/k8s/prometheus-k8s-1", "2.42.0", ""),
                new ServerSeen(
                        "us-1",
                        "Alertmanager",
                        "monitoring/main/alertmanager-main-0",
                        "",
                        "connection timed out after 10 s"),
                new ServerSeen("us-1", "Kubernetes", "https://10.53.0.1", "v1.31.9", ""),
                new ServerSeen("us-1", "Prometheus", "monitoring/k8s/prometheus-k8s-0", "2.42.0", ""));
    }

    private static Coverage euCoverage() {
        List<Coverage.Entry> entries = new ArrayList<>();
        entries.add(covered("billing", "Deployment", "accounts", Coverage.By.SERVICE_MONITOR, 2));
        entries.add(new Coverage.Entry(
                "billing",
                "Deployment",
                "invoices",
                Coverage.State.DOWN,
                List.of(Coverage.By.SERVICE_MONITOR),
                0,
                3,
                "ServiceMonitor billing/invoices: connection refused"));
        entries.add(covered("kube-system", "DaemonSet", "node-exporter", Coverage.By.SERVICE_MONITOR, 6));
        entries.add(covered("kube-system", "Deployment", "coredns", Coverage.By.SERVICE_MONITOR, 2));
        entries.add(new Coverage.Entry(
                "logistics",
                "Deployment",
                "couriers",
                Coverage.State.UNCOVERED,
                List.of(),
                0,
                2,
                "PodMonitor logistics/couriers is not selected by any Prometheus"));
        entries.add(covered("logistics", "StatefulSet", "routes-db", Coverage.By.SIDECAR, 3));
        entries.add(covered("shop", "Deployment", "checkout", Coverage.By.SERVICE_MONITOR, 4));
        entries.add(covered("shop", "Deployment", "frontend", Coverage.By.ANNOTATION, 3));
        entries.add(new Coverage.Entry(
                "shop", "Deployment", "cart", Coverage.State.UNCOVERED, List.of(), 0, 3, "no target at all"));
        entries.add(new Coverage.Entry(
                "shop",
                "Deployment",
                "search",
                Coverage.State.PARTLY,
                List.of(Coverage.By.POD_MONITOR),
                1,
                2,
                "search-7d9f-x2x4k has no target"));
        entries.add(new Coverage.Entry(
                "shop", "Deployment", "nightly-sync", Coverage.State.IDLE, List.of(), 0, 0, "scaled to zero"));
        entries.add(new Coverage.Entry(
                "shop", "Deployment", "wiki", Coverage.State.EXEMPT, List.of(), 0, 1, "no metrics of its own"));
        return new Coverage("eu-1", entries, List.of());
    }

    private static Coverage usCoverage() {
        return new Coverage(
                "us-1",
                List.of(
                        covered("monitoring", "StatefulSet", "prometheus-k8s", Coverage.By.SERVICE_MONITOR, 1),
                        new Coverage.Entry(
                                "payments",
                                "Deployment",
                                "ledger",
                                Coverage.State.UNCOVERED,
                                List.of(),
                                0,
                                4,
                                "ServiceMonitor payments/ledger selects no Service"),
                        covered("payments", "Deployment", "gateway", Coverage.By.STATIC, 2),
                        new Coverage.Entry(
                                "payments",
                                "Service",
                                "gateway",
                                Coverage.State.NOT_MEASURED,
                                List.of(),
                                0,
                                0,
                                "endpoint slices could not be listed")),
                List.of());
    }

    private static Coverage.Entry covered(String namespace, String kind, String name, Coverage.By by, int pods) {
        return new Coverage.Entry(
                namespace, kind, name, Coverage.State.COVERED, List.of(by), pods, pods, namespace + "/" + name);
    }

    private static AlertSummary euAlerts() {
        return new AlertSummary(
                "eu-1",
                SEEN,
                List.of(
                        alert("KubePodCrashLooping", "critical", "billing", "2026-11-21T17:46:00Z", true, false),
                        alert("TargetDown", "warning", "billing", "2026-11-21T17:54:00Z", false, false),
                        alert("KubeDeploymentReplicasMismatch", "warning", "shop", "2026-11-18T09:00:00Z", false, true),
                        alert("CPUThrottlingHigh", "info", "logistics", "2026-11-22T01:52:00Z", false, false),
                        alert("Watchdog", "none", "monitoring", "2026-10-02T08:00:00Z", false, false),
                        new AlertSummary.Item(
                                "KubeHpaMaxedOut",
                                AlertSummary.State.PENDING,
                                "warning",
                                "shop",
                                Instant.parse("2026-11-22T02:03:30Z"),
                                Labels.of(
                                        Map.of("alertname", "KubeHpaMaxedOut", "horizontalpodautoscaler", "checkout")),
                                Optional.of(false),
                                Optional.of(false))),
                List.of(new AlertSummary.RuleError(
                        "shop.slo", "ShopCheckoutErrorBudget", "many-to-many matching not allowed")),
                List.of(new AlertSummary.SilenceItem(
                        "5e2c9a40-58a3-4bb1-8ac0-2f6f2b1f9f10",
                        List.of("alertname=\"KubePodCrashLooping\"", "namespace=\"billing\""),
                        "marta@example.org",
                        "invoices is being rolled back, see the ticket",
                        Instant.parse("2026-11-22T08:00:00Z"),
                        1)),
                148,
                31,
                List.of());
    }

    private static AlertSummary usAlerts() {
        return new AlertSummary(
                "us-1",
                SEEN,
                List.of(new AlertSummary.Item(
                        "PrometheusTSDBCompactionsFailing",
                        AlertSummary.State.FIRING,
                        "critical",
                        "monitoring",
                        Instant.parse("2026-11-19T05:12:00Z"),
                        Labels.of(Map.of(
                                "alertname", "PrometheusTSDBCompactionsFailing",
                                "namespace", "monitoring",
                                "pod", "prometheus-k8s-0",
                                "severity", "critical")),
                        Optional.empty(),
                        Optional.empty())),
                List.of(),
                List.of(),
                97,
                22,
                List.of());
    }

    private static AlertSummary.Item alert(
            String name, String severity, String namespace, String since, boolean silenced, boolean inhibited) {
        return new AlertSummary.Item(
                name,
                AlertSummary.State.FIRING,
                severity,
                namespace,
                Instant.parse(since),
                Labels.of(Map.of("alertname", name, "namespace", namespace, "severity", severity)),
                Optional.of(silenced),
                Optional.of(inhibited));
    }

    private static List<RetentionResult> retention() {
        RetentionPolicy debug = new RetentionPolicy(
                "{__name__=~\"debug_.*\"}",
                Duration.ofDays(7),
                "debug series are for the week in which they were added",
                Optional.empty(),
                Optional.empty());
        RetentionPolicy preview = new RetentionPolicy(
                "{namespace=\"preview\"}",
                Duration.ofDays(3),
                "preview environments live for a day",
                Optional.empty(),
                Optional.empty());
        Instant start = Instant.parse("2026-10-23T02:00:00Z");
        return List.of(
                new RetentionResult(
                        "eu-1",
                        true,
                        List.of(
                                plan(EU_0, List.of(deletion(debug, start, 7, 1240), deletion(preview, start, 3, 8932))),
                                plan(
                                        EU_1,
                                        List.of(deletion(debug, start, 7, 1238), deletion(preview, start, 3, 8930)))),
                        List.of(),
                        List.of()),
                new RetentionResult(
                        "us-1",
                        true,
                        List.of(new RetentionPlan(
                                US_0,
                                SEEN,
                                List.of(deletion(debug, start, 7, 310)),
                                List.of(new Refusal(
                                        "admin-api-off",
                                        "The admin API is switched off.",
                                        "kubectl -n monitoring patch prometheus k8s --type merge -p"
                                                + " '{\"spec\":{\"enableAdminAPI\":true}}'")))),
                        List.of(),
                        List.of()));
    }

    private static RetentionPlan plan(ServerId server, List<RetentionPlan.PlannedDeletion> deletions) {
        return new RetentionPlan(server, SEEN, deletions, List.of());
    }

    private static RetentionPlan.PlannedDeletion deletion(
            RetentionPolicy policy, Instant start, int keepDays, long series) {
        return new RetentionPlan.PlannedDeletion(
                policy, policy.match(), start, SLOT.minus(Duration.ofDays(keepDays)), series, List.of());
    }

    private static List<Receipt> receipts() {
        return List.of(
                deleted(EU_0, "{__name__=~\"debug_.*\"}", 7, 1240, 4_812_300, Receipt.Verdict.DELETED),
                deleted(EU_0, "{namespace=\"preview\"}", 3, 8932, 31_402_117, Receipt.Verdict.DELETED),
                clean(EU_0, 18_253_611_008L, 16_987_001_443L),
                deleted(EU_1, "{__name__=~\"debug_.*\"}", 7, 1238, 4_811_950, Receipt.Verdict.UNKNOWN));
    }

    private static Receipt deleted(
            ServerId server, String selector, int keepDays, long series, long samples, Receipt.Verdict verdict) {
        boolean proved = verdict == Receipt.Verdict.DELETED;
        return new Receipt(
                server,
                "delete_series",
                selector,
                selector,
                Optional.of(Instant.parse("2026-10-23T02:00:00Z")),
                Optional.of(SLOT.minus(Duration.ofDays(keepDays))),
                SEEN.plusSeconds(20),
                Duration.ofMillis(412),
                proved ? "204" : "",
                verdict,
                proved ? "" : "the connection was reset before an answer came",
                series,
                samples,
                proved ? 0 : -1,
                -1,
                -1,
                -1,
                -1);
    }

    private static Receipt clean(ServerId server, long before, long after) {
        return new Receipt(
                server,
                "clean_tombstones",
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                SEEN.plusSeconds(31),
                Duration.ofSeconds(94),
                "204",
                Receipt.Verdict.CLEANED,
                "",
                -1,
                -1,
                -1,
                before,
                after,
                27,
                27);
    }

    private static List<StorageResult> storage() {
        return List.of(
                new StorageResult(
                        "eu-1",
                        List.of(
                                health(EU_0, 412_339, 27, 16_987_001_443L, 0),
                                health(EU_1, 411_870, 27, 18_250_118_227L, 0)),
                        List.of(trend(EU_0)),
                        List.of()),
                new StorageResult(
                        "us-1", List.of(health(US_0, 188_204, 64, 50_331_648_000L, 14)), List.of(), List.of()));
    }

    private static StorageHealth health(ServerId server, long series, long blocks, long bytes, long failed) {
        return new StorageHealth(
                server,
                "2.42.0",
                "30d",
                OptionalLong.of(series),
                Optional.of(Instant.parse("2026-11-21T23:00:00Z")),
                OptionalLong.of(blocks),
                OptionalLong.of(bytes),
                failed > 0 ? OptionalLong.empty() : OptionalLong.of(691_204_096L),
                Optional.of(Instant.parse("2026-10-23T02:00:00Z")),
                OptionalLong.of(failed),
                OptionalLong.of(0),
                OptionalLong.of(0),
                OptionalDouble.of(series / 29.7),
                Optional.of(SEEN),
                server.equals(EU_0)
                        ? Optional.of(new DiskUse(44_023_414_784L, 9_663_676_416L, OptionalLong.of(45_097_156_608L)))
                        : Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    /** Somebody put the path of each request into a label. */
    private static StorageTrend trend(ServerId server) {
        return new StorageTrend(
                server,
                12,
                Optional.of(SEEN.minus(Duration.ofDays(12))),
                course(412_339, 371_002, 380_417, -1, 391_200, 404_118, 412_339),
                course(16_987_001_443L, 16_800_000_000L, 16_987_001_443L),
                List.of(
                        new Named(
                                "apiserver_request_duration_seconds_bucket",
                                course(61_440, 61_440, 61_440, 61_440, 61_440)),
                        new Named("cart_requests_total", course(58_120, 20_016, -1, 31_900, 47_333, 58_120)),
                        new Named("<script>alert(1)</script>", course(9_004, 9_004))),
                List.of(new Named("namespace=shop", course(120_331, 90_112, 120_331))),
                List.of(new Named("path", course(8_211, 2_100, 6_004, 8_211))),
                Optional.of(new DiskForecast(9.4, 7.2, 13.8, 9.1e8, 6.2e8, 1.19e9, 8, 5)));
    }

    private static Course course(long now, long... course) {
        List<Long> nights = Arrays.stream(course).boxed().toList();
        int last = nights.size() - 1;
        boolean yesterday = last > 0 && nights.get(last - 1) >= 0;
        return new Course(
                OptionalLong.of(now),
                yesterday ? OptionalLong.of(now - nights.get(last - 1)) : OptionalLong.empty(),
                last > 2 ? OptionalLong.of(now - nights.get(0)) : OptionalLong.empty(),
                nights);
    }

    private static List<StepDuration> durations() {
        return List.of(
                new StepDuration("eu-1", "alerts", 0.8),
                new StepDuration("eu-1", "compact", 96.3),
                new StepDuration("eu-1", "coverage", 2.1),
                new StepDuration("eu-1", "retention", 14.6),
                new StepDuration("eu-1", "validate", 6.4),
                new StepDuration("us-1", "alerts", 10.2),
                new StepDuration("us-1", "compact", 0.9),
                new StepDuration("us-1", "coverage", 1.7),
                new StepDuration("us-1", "retention", 3.3),
                new StepDuration("us-1", "validate", 5.8));
    }

    private static Map<CheckId, PageText> pages() {
        return Map.of(
                CheckId.parse("monitor/selects-nothing"),
                new PageText(
                        "A ServiceMonitor or PodMonitor whose selector matches nothing.",
                        "Prometheus makes no target of it, and **no alert fires**: a rule over series that don't exist is silent."
                                + "\n\nThe mistake is made most often when\n\n- a label of the Service is renamed,\n"
                                + "- the monitor is in another namespace and has no `namespaceSelector`.",
                        "Compare both sides:\n\n```sh\nkubectl -n shop get service --show-labels\n"
                                + "kubectl -n shop get servicemonitor cart -o jsonpath='{.spec.selector}'\n```\n\n"
                                + "Then change the one that is wrong. See the"
                                + " [operator's guide](https://prometheus-operator.dev/docs/) on selectors."),
                CheckId.parse("monitor/unknown-port"),
                new PageText(
                        "An endpoint that names a port which no selected Service has.",
                        "The operator writes the port's **name** into the relabeling; a name that doesn't exist keeps no target.",
                        "1. List the Service's port names.\n2. Use one of them in `spec.endpoints[].port`; a number goes into"
                                + " `targetPort`."),
                CheckId.parse("target/down"),
                new PageText(
                        "Targets that were scraped and did not answer.",
                        "What isn't scraped can't alert.",
                        "Read the last error: it names the side that is wrong."),
                CheckId.parse("monitor/not-selected"),
                new PageText(
                        "A monitor that no Prometheus object picks up, by its labels or by its namespace's.",
                        "It is valid, it is applied, and nobody reads it.",
                        "Give it the labels of `podMonitorSelector` or `serviceMonitorSelector`, or widen the selector."),
                CheckId.parse("tsdb/compaction-failing"),
                new PageText(
                        "A TSDB whose compactions fail.",
                        "Blocks pile up, memory grows, and deletions and retention stop working.",
                        "Look for room on the volume first, then for the block that the log names."));
    }
}
