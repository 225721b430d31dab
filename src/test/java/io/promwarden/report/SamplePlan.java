package io.promwarden.report;

import io.promwarden.finding.NotRun;
import io.promwarden.observation.ServerId;
import io.promwarden.retention.CompactionSettings;
import io.promwarden.retention.DailyWindow;
import io.promwarden.retention.Effect;
import io.promwarden.retention.Figure;
import io.promwarden.retention.Outlook;
import io.promwarden.retention.PlanDocument;
import io.promwarden.retention.Prevention;
import io.promwarden.retention.ReadBy;
import io.promwarden.retention.Refusal;
import io.promwarden.retention.RetentionPlan;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import io.promwarden.retention.RetentionPolicy;
import io.promwarden.retention.StillWritten;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A plan of two clusters in which nothing is left out: what may be deleted, what is refused, what is not known. */
public final class SamplePlan {

    private static final Instant MADE = Instant.parse("2026-11-22T02:10:07Z");
    private static final Instant START = Instant.parse("2026-10-13T00:00:00Z");

    private SamplePlan() {}

    public static PlanDocument document() {
        return new PlanDocument(
                PlanDocument.FORMAT,
                "0.1.0",
                "nightly",
                "jobs/nightly.yaml",
                "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
                MADE,
                MADE.plus(Duration.ofHours(24)),
                List.of("monitoring/k8s"),
                Optional.of(new CompactionSettings(
                        5, Optional.of(DailyWindow.parse("01:00-05:00").orElseThrow()))),
                List.of(
                        new PlanDocument.OfCluster(
                                "eu-1", List.of(open("prometheus-k8s-0"), open("prometheus-k8s-1")), List.of()),
                        new PlanDocument.OfCluster(
                                "us-1",
                                List.of(refused()),
                                List.of(new NotRun(
                                        "us-1",
                                        "retention of monitoring/k8s on prometheus-k8s-1",
                                        "the pod is Pending")))));
    }

    private static RetentionPlan open(String pod) {
        RetentionPolicy debug =
                policy("{__name__=~\"debug_.*\"}", 7, "debug series are for the week in which they were added");
        RetentionPolicy cart = policy(
                "cart_requests_total{path=~\"/internal/.*\"}", 14, "nobody looks at internal paths after a sprint");
        return new RetentionPlan(
                new ServerId("eu-1", "monitoring/k8s", pod),
                Optional.of("uid 0b7d5c1a-55e7-4a7a-b2a3-9e5f0a7c3c03"),
                MADE,
                List.of(
                        new PlannedDeletion(
                                debug, debug.match(), START, MADE.minus(Duration.ofDays(7)), 1240, dead(), List.of()),
                        new PlannedDeletion(
                                cart,
                                "cart_requests_total{path=~\"/internal/.*\"}",
                                START,
                                MADE.minus(Duration.ofDays(14)),
                                8932,
                                alive(),
                                List.of()),
                        new PlannedDeletion(
                                policy("{__name__=~\"job:.*\"}", 30, "old aggregates"),
                                "{__name__=~\"job:.*\"}",
                                START,
                                MADE.minus(Duration.ofDays(30)),
                                14,
                                dead(),
                                List.of(new Refusal(
                                        "recording-rule-in-use",
                                        "{__name__=~\"job:.*\"} also selects job:errors:ratio, which recording rules"
                                                + " write and other rules read",
                                        "Add __name__!~\"job:errors:ratio\" to the policy's selector, or name the metric"
                                                + " exactly in a policy of its own.")))),
                new RetentionPlan.Totals(
                        Figure.estimate(1_204_311, "those of the head block"),
                        Figure.between(0, 38, "blocks whose time meets the range; some may hold no series"),
                        Figure.exact(96_636_764_160L, "prometheus_tsdb_storage_blocks_bytes")),
                List.of());
    }

    private static RetentionPlan refused() {
        RetentionPolicy debug =
                policy("{__name__=~\"debug_.*\"}", 7, "debug series are for the week in which they were added");
        return new RetentionPlan(
                new ServerId("us-1", "monitoring/k8s", "prometheus-k8s-0"),
                MADE,
                List.of(new PlannedDeletion(
                        debug, debug.match(), START, MADE.minus(Duration.ofDays(7)), 310, List.of())),
                List.of(new Refusal(
                        "admin-api-off",
                        "its admin API is off",
                        "Set spec.enableAdminAPI: true on Prometheus monitoring/k8s:\nkubectl -n monitoring patch"
                                + " prometheus k8s --type merge -p '{\"spec\":{\"enableAdminAPI\":true}}'")));
    }

    private static Outlook dead() {
        return new Outlook(
                new TreeMap<>(Map.of("debug_cache_hits_total", 800L, "debug_queue_seconds_bucket", 440L)),
                effect(Figure.exact(4_812_300, "counted"), 3_400_000, 13_500_000),
                new StillWritten(List.of(), List.of(), Optional.empty()),
                new ReadBy(List.of(), Optional.empty()),
                new Prevention(List.of(), "nothing writes these series any more"));
    }

    private static Outlook alive() {
        StillWritten.RuleName rule = new StillWritten.RuleName(
                "/etc/prometheus/rules/prometheus-k8s-rulefiles-0/shop-cart-ab12.yaml", "cart", "CartInternalSlow");
        return new Outlook(
                new TreeMap<>(Map.of("cart_requests_total", 8932L)),
                effect(
                        Figure.estimate(
                                181_402_117,
                                "counted 212 of 612 hours, the rest at the same rate: the query budget is used up (queryBudget"
                                        + " in the job)"),
                        127_000_000,
                        508_000_000),
                new StillWritten(
                        List.of(new StillWritten.Scraper("serviceMonitor/shop/cart/0", "cart", 8100)),
                        List.of(),
                        Optional.empty()),
                new ReadBy(
                        List.of(
                                new ReadBy.Reader(
                                        rule, List.of("cart_requests_total"), Optional.of(Duration.ofDays(30)), true),
                                new ReadBy.Reader(
                                        new StillWritten.RuleName(rule.file(), "cart", "job:cart_requests:rate5m"),
                                        List.of("cart_requests_total"),
                                        Optional.of(Duration.ofMinutes(5)),
                                        false)),
                        Optional.empty()),
                new Prevention(
                        List.of(new Prevention.Step(
                                "ServiceMonitor shop/cart, spec.endpoints[0].metricRelabelings", """
                                - sourceLabels: [__name__, path]
                                  regex: 'cart_requests_total;(?:/internal/.*)'
                                  action: drop
                                """)),
                        ""));
    }

    private static Effect effect(Figure samples, long low, long high) {
        return new Effect(
                samples,
                Figure.between(0, 38, "blocks whose time meets the range; some may hold no series"),
                Figure.between(low, high, "half to twice the 1.40 bytes that a sample of this server takes on average"),
                Figure.between(
                        2_100_000_000,
                        4_200_000_000L,
                        "the largest block that is met, by its share of all samples, once to twice"),
                Figure.between(900, 9_800, "a rule of thumb: 5 to 50 MB a second, and up to 0.05 s for each block"));
    }

    private static RetentionPolicy policy(String match, int days, String because) {
        return new RetentionPolicy(match, Duration.ofDays(days), because, Optional.empty(), Optional.empty());
    }
}
