package io.promwarden.retention;

import static io.promwarden.retention.RecordedPrometheus.NOW;
import static io.promwarden.retention.RecordedPrometheus.OLDEST;
import static io.promwarden.retention.RecordedPrometheus.number;
import static io.promwarden.retention.RecordedPrometheus.seriesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import io.promwarden.observation.Block;
import io.promwarden.observation.Rule;
import io.promwarden.observation.RuleGroup;
import io.promwarden.observation.Sample;
import io.promwarden.observation.Target;
import io.promwarden.observation.Targets;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionPlannerTest {

    private final RecordedPrometheus server = new RecordedPrometheus("monitoring/k8s", "prometheus-k8s-0");

    @Test
    void a_plan_names_selector_series_and_fixed_instants() {
        server.series.put("http_requests_total{job=\"api\"}", seriesOf("http_requests_total", 3));
        server.queries = (expression, at) -> number(100);

        RetentionPlan plan = plan(policy("http_requests_total{ job='api' }", 30));

        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.madeAt()).isEqualTo(NOW);
        assertThat(plan.deletions()).singleElement().satisfies(deletion -> {
            assertThat(deletion.policy()).isEqualTo(policy("http_requests_total{ job='api' }", 30));
            assertThat(deletion.selector()).isEqualTo("http_requests_total{job=\"api\"}");
            assertThat(deletion.start()).isEqualTo(OLDEST);
            assertThat(deletion.end()).isEqualTo(NOW.minus(Duration.ofDays(30)));
            assertThat(deletion.series()).isEqualTo(3);
            assertThat(deletion.outlook().metrics()).containsExactly(Map.entry("http_requests_total", 3L));
            assertThat(deletion.refusals()).isEmpty();
        });
    }

    @Test
    void a_selector_that_matches_nothing_gives_an_empty_plan() {
        RetentionPlan plan = plan(policy("http_requests_total", 30));
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.deletions()).isEmpty();
    }

    @Test
    void series_whose_samples_are_gone_or_younger_than_a_block_beyond_keep_give_an_empty_plan() {
        server.series.put("a_total", seriesOf("a_total", 3));
        Instant due = NOW.minus(Duration.ofDays(30)).minus(Duration.ofHours(2));
        server.queries = (expression, at) -> number(at.isAfter(due) ? 100 : 0);
        assertThat(plan(policy("a_total", 30)).deletions()).isEmpty();
    }

    @Test
    void what_is_kept_longer_than_there_is_history_gives_an_empty_plan() {
        server.series.put("a_total", seriesOf("a_total", 3));
        server.queries = (expression, at) -> number(100);
        assertThat(plan(policy("a_total", 50)).deletions()).isEmpty();
        assertThat(server.asked).isEmpty();
    }

    @Test
    void of_two_policies_that_meet_the_shorter_takes_the_longer_keep() {
        server.series.put(
                "{__name__=~\"http_.*\"}", Answer.known(List.of(labels("http_a", "x"), labels("http_b", "x"))));
        server.series.put("http_a{pod=\"x\"}", Answer.known(List.of(labels("http_a", "x"))));
        server.series.put("other_total", seriesOf("other_total", 1));
        server.queries = (expression, at) -> number(100);

        RetentionPlan plan =
                plan(policy("{__name__=~\"http_.*\"}", 10), policy("http_a{pod=\"x\"}", 35), policy("other_total", 10));

        assertThat(plan.deletions())
                .extracting(PlannedDeletion::end)
                .containsExactly(
                        NOW.minus(Duration.ofDays(35)), NOW.minus(Duration.ofDays(35)), NOW.minus(Duration.ofDays(10)));
        assertThat(plan.deletions().getFirst().policy().because()).contains("http_a{pod=\"x\"}");
        assertThat(plan.deletions().getFirst().policy().match()).isEqualTo("{__name__=~\"http_.*\"}");
    }

    @Test
    void a_policy_for_another_cluster_or_prometheus_is_no_part_of_the_plan() {
        server.series.put("a_total", seriesOf("a_total", 3));
        server.queries = (expression, at) -> number(100);
        RetentionPolicy policy = policy("a_total", 30);
        assertThat(plan(new RetentionPolicy("a_total", policy.keep(), "", Optional.of("us-1"), Optional.empty()))
                        .deletions())
                .isEmpty();
        assertThat(plan(new RetentionPolicy("a_total", policy.keep(), "", Optional.empty(), Optional.of("other")))
                        .deletions())
                .isEmpty();
        assertThat(plan(new RetentionPolicy(
                                "a_total", policy.keep(), "", Optional.of("eu-1"), Optional.of("monitoring/k8s")))
                        .deletions())
                .hasSize(1);
    }

    @Test
    void one_bad_policy_refuses_the_whole_plan() {
        server.series.put("a_total", seriesOf("a_total", 3));
        server.queries = (expression, at) -> number(100);
        assertThat(codes(plan(policy("a_total", 30), policy("{__name__=~\".+\"}", 30))))
                .containsExactly("selector-too-broad");
        assertThat(codes(plan(policy("a_total", 0)))).containsExactly("keep-not-positive");
        assertThat(codes(plan(settings(true, List.of("a{"), 100, policy("a_total", 30)))))
                .containsExactly("selector-unreadable");
    }

    @Test
    void above_the_cap_the_plan_is_refused_and_still_told() {
        server.series.put("a_total", seriesOf("a_total", 60));
        server.series.put("b_total", seriesOf("b_total", 41));
        server.queries = (expression, at) -> number(100);

        RetentionPlan plan = plan(policy("a_total", 30), policy("b_total", 30));

        assertThat(codes(plan)).containsExactly("above-series-cap");
        assertThat(plan.refusals().getFirst().reason()).contains("101").contains("100");
        assertThat(plan.deletions()).hasSize(2);
    }

    @Test
    void far_above_the_cap_samples_are_not_even_counted() {
        server.series.put("a_total", seriesOf("a_total", 101));
        assertThat(codes(plan(policy("a_total", 30)))).containsExactly("above-series-cap");
        assertThat(server.asked)
                .extracting(RecordedPrometheus.Asked::expression)
                .noneMatch(expression -> expression.contains("count_over_time"));
    }

    @Test
    void a_server_that_is_not_named_in_apply_to_is_refused_only_when_the_job_applies() {
        RetentionPolicy policy = policy("a_total", 30);
        RetentionSettings elsewhere = TestSettings.of(List.of(policy), true, List.of("monitoring/x"), List.of(), 9);
        assertThat(codes(plan(elsewhere))).containsExactly("not-in-apply-to");
        RetentionSettings dry = TestSettings.of(List.of(policy), false, List.of(), List.of(), 9);
        assertThat(codes(plan(dry))).isEmpty();
    }

    @Test
    void a_protected_series_refuses_its_deletion() {
        server.series.put("a_total", Answer.known(List.of(labels("a_total", "x"), labels("a_total", "billing-1"))));
        server.queries = (expression, at) -> number(100);
        RetentionPlan plan = plan(settings(true, List.of("{pod=~\"billing-.*\"}"), 100, policy("a_total", 30)));
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.deletions())
                .singleElement()
                .satisfies(deletion -> assertThat(deletion.refusals())
                        .extracting(Refusal::code)
                        .containsExactly("protected-series"));
    }

    @Test
    void a_reserved_series_that_an_expression_meets_refuses_its_deletion() {
        String match = "{__name__=~\".*_secret_code\"}";
        server.series.put(match, Answer.known(List.of(labels("scrape_secret_code", "x"))));
        server.queries = (expression, at) -> number(100);
        assertThat(plan(policy(match, 30)).deletions().getFirst().refusals())
                .extracting(Refusal::code)
                .containsExactly("reserved-name");
    }

    @Test
    void what_could_not_be_listed_or_counted_is_refused() {
        server.series.put("a_total", Answer.unknown("body too large"));
        assertThat(codes(plan(policy("a_total", 30)))).containsExactly("series-unknown");
        server.series.put("a_total", seriesOf("a_total", 3));
        server.queries = (expression, at) -> Answer.unknown("timed out");
        assertThat(codes(plan(policy("a_total", 30)))).containsExactly("samples-unknown");
    }

    @Test
    void with_the_admin_api_off_the_plan_is_made_and_refused() {
        server.flags.put("web.enable-admin-api", "false");
        server.series.put("a_total", seriesOf("a_total", 3));
        server.queries = (expression, at) -> number(100);
        RetentionPlan plan = plan(policy("a_total", 30));
        assertThat(codes(plan)).containsExactly("admin-api-off");
        assertThat(plan.deletions()).hasSize(1);
    }

    @Test
    void a_range_in_the_wrong_unit_cannot_be_planned() {
        RetentionPolicy policy = policy("a", 1);
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        assertThatThrownBy(() -> new PlannedDeletion(policy, "a", start, start, 1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PlannedDeletion(policy, "a", Instant.EPOCH, start, 1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PlannedDeletion(policy, "a", start, start.plusMillis(1500), 1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_plan_says_what_a_deletion_means() {
        server.series.put("a_total", seriesOf("a_total", 3));
        server.ruleGroups = Answer.known(List.of(group(
                rule(Rule.Kind.ALERTING, "AFell", "rate(a_total[40d]) < 1"),
                rule(Rule.Kind.RECORDING, "a:rate5m", "rate(a_total[5m])"),
                rule(Rule.Kind.ALERTING, "Other", "b_total > 0"))));
        server.targets = Answer.known(new Targets(List.of(target("serviceMonitor/shop/cart/0", "x", "i")), List.of()));
        server.own.put("prometheus_tsdb_compaction_chunk_size_bytes_sum", 150d);
        server.own.put("prometheus_tsdb_compaction_chunk_samples_sum", 100d);
        server.queries = (expression, at) -> expression.startsWith("topk")
                ? Answer.known(List.of(new Sample(Labels.of(Map.of("job", "x", "instance", "i")), 3)))
                : number(1000);

        Outlook outlook = plan(policy("a_total", 30)).deletions().getFirst().outlook();

        // Two windows: what is due, and the last block's length.
        assertThat(outlook.effect().samples()).isEqualTo(Figure.exact(2000, "counted"));
        assertThat(outlook.effect().bytesBack().low()).isEqualTo(1500);
        assertThat(outlook.effect().bytesBack().high()).isEqualTo(6000);
        assertThat(outlook.effect().blocks().high()).isEqualTo(23);
        assertThat(outlook.effect().bytesNeeded().high()).isEqualTo(8_000_000);
        assertThat(outlook.effect().seconds().known()).isTrue();
        assertThat(outlook.stillWritten().scrapers())
                .containsExactly(new StillWritten.Scraper("serviceMonitor/shop/cart/0", "x", 3));
        assertThat(outlook.prevention().steps().getFirst().where())
                .isEqualTo("ServiceMonitor shop/cart, spec.endpoints[0].metricRelabelings");
        assertThat(outlook.readBy().rules())
                .extracting(reader -> reader.rule().rule(), ReadBy.Reader::beyondKeep)
                .containsExactly(tuple("AFell", true), tuple("a:rate5m", false));
    }

    @Test
    void where_blocks_are_listed_only_those_that_the_range_meets_count() {
        server.series.put("a_total", seriesOf("a_total", 3));
        server.queries = (expression, at) -> number(1000);
        Instant end = NOW.minus(Duration.ofDays(30));
        server.blocks = Answer.known(List.of(
                block(OLDEST, end.minus(Duration.ofDays(5)), 1_000),
                block(end.minus(Duration.ofDays(5)), end.plus(Duration.ofDays(5)), 3_000),
                block(end.plus(Duration.ofDays(5)), NOW, 4_000)));

        RetentionPlan plan = plan(policy("a_total", 30));

        assertThat(plan.totals().blocks().high()).isEqualTo(2);
        Effect effect = plan.deletions().getFirst().outlook().effect();
        assertThat(effect.blocks().high()).isEqualTo(2);
        assertThat(effect.bytesNeeded().low()).isEqualTo(3_000_000);
    }

    @Test
    void more_blocks_than_the_job_allows_refuse_the_plan() {
        server.series.put("a_total", seriesOf("a_total", 3));
        server.queries = (expression, at) -> number(1000);
        RetentionSettings settings = settings(true, List.of(), 100, policy("a_total", 30));
        assertThat(codes(plan(settings.withLimits(settings.limits().withMaxBlocks(22)))))
                .containsExactly("above-block-cap");
        assertThat(codes(plan(settings.withLimits(settings.limits().withMaxBlocks(23)))))
                .isEmpty();
    }

    @Test
    void a_larger_part_of_all_series_than_the_job_allows_refuses_the_plan() {
        server.series.put("a_total", seriesOf("a_total", 76));
        server.queries = (expression, at) -> number(expression.startsWith("count({") ? 303 : 1000);
        RetentionSettings settings = settings(true, List.of(), 100, policy("a_total", 30));
        RetentionSettings quarter = settings.withLimits(settings.limits().withMaxSeriesPercent(25));
        assertThat(codes(plan(quarter))).containsExactly("above-series-percent");
        assertThat(plan(quarter).refusals().getFirst().reason()).contains("76").contains("303");
        server.own.put("prometheus_tsdb_head_series", 304d);
        assertThat(codes(plan(quarter))).isEmpty();
    }

    @Test
    void what_a_rule_records_and_another_reads_is_protected_unless_it_is_named() {
        String match = "{__name__=~\"a:.*\"}";
        server.series.put(match, Answer.known(List.of(labels("a:x", "p"), labels("a:y", "p"), labels("a:z", "p"))));
        server.series.put("a:x", Answer.known(List.of(labels("a:x", "p"))));
        server.queries = (expression, at) -> number(1000);
        server.ruleGroups = Answer.known(List.of(group(
                rule(Rule.Kind.RECORDING, "a:x", "sum(b)"),
                rule(Rule.Kind.RECORDING, "a:y", "sum(c)"),
                rule(Rule.Kind.ALERTING, "Reads", "a:x > 1"))));

        assertThat(plan(policy(match, 30)).deletions().getFirst().refusals())
                .singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo("recording-rule-in-use");
                    assertThat(refusal.reason()).contains("a:x,").doesNotContain("a:y");
                    assertThat(refusal.remedy()).contains("__name__!~\"a:x\"");
                });
        assertThat(plan(policy("a:x", 30)).deletions().getFirst().refusals()).isEmpty();
    }

    @Test
    void rules_that_nobody_could_look_at_refuse_the_plan() {
        server.ruleGroups = Answer.unknown("timed out");
        assertThat(codes(plan(policy("a_total", 30)))).containsExactly("rules-unknown");
    }

    @Test
    void a_refused_policy_names_metrics_and_the_matcher_to_add() {
        String match = "{__name__=~\"a_.*\"}";
        server.series.put(match, Answer.known(List.of(labels("a_total", "x"), labels("a_more", "billing-1"))));
        server.queries = (expression, at) -> number(100);
        assertThat(plan(settings(true, List.of("{pod=~\"billing-.*\"}"), 100, policy(match, 30)))
                        .deletions()
                        .getFirst()
                        .refusals())
                .singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).contains("a_more").doesNotContain("a_total");
                    assertThat(refusal.remedy()).contains("pod!~\"billing-.*\"");
                });
        assertThat(plan(settings(true, List.of("a_more{pod=\"billing-1\"}"), 100, policy(match, 30)))
                        .deletions()
                        .getFirst()
                        .refusals()
                        .getFirst()
                        .remedy())
                .contains("__name__!~\"a_more\"");
    }

    @Test
    void with_a_used_up_budget_a_deletion_is_refused_rather_than_guessed() {
        server.series.put("a_total", seriesOf("a_total", 3));
        RetentionSettings settings = settings(true, List.of(), 100, policy("a_total", 30));
        RetentionPlan plan = plan(settings.withLimits(settings.limits().withQueryBudget(10)));
        assertThat(plan.deletions().getFirst().refusals())
                .extracting(Refusal::code)
                .containsExactly("samples-unknown");
    }

    private static RuleGroup group(Rule... rules) {
        return new RuleGroup(
                "shop", "/etc/rules/a.yaml", Duration.ofSeconds(30), Duration.ZERO, Optional.empty(), List.of(rules));
    }

    private static Rule rule(Rule.Kind kind, String name, String expression) {
        return new Rule(kind, name, expression, Labels.EMPTY, Duration.ZERO, "ok", "", Duration.ZERO, List.of());
    }

    private static Target target(String pool, String job, String instance) {
        return new Target(
                pool,
                Labels.EMPTY,
                Labels.of(Map.of("job", job, "instance", instance)),
                "http",
                "10.0.0.1:80",
                "/metrics",
                Target.Health.UP,
                "",
                Optional.empty(),
                Duration.ZERO,
                Duration.ofSeconds(30));
    }

    private static Block block(Instant from, Instant to, long samples) {
        return new Block("01", from, to, 3, samples, 10, 0, 1);
    }

    private static Labels labels(String metric, String pod) {
        return Labels.of(Map.of("__name__", metric, "pod", pod));
    }

    private static List<String> codes(RetentionPlan plan) {
        return plan.refusals().stream().map(Refusal::code).toList();
    }

    private static RetentionPolicy policy(String match, int days) {
        return new RetentionPolicy(match, Duration.ofDays(days), "a test", Optional.empty(), Optional.empty());
    }

    private static RetentionSettings settings(
            boolean apply, List<String> protect, long maxSeries, RetentionPolicy... policies) {
        return TestSettings.of(List.of(policies), apply, List.of("monitoring/k8s"), protect, maxSeries);
    }

    private RetentionPlan plan(RetentionPolicy... policies) {
        return plan(settings(true, List.of(), 100, policies));
    }

    private RetentionPlan plan(RetentionSettings settings) {
        return new RetentionPlanner(settings)
                .plan(
                        server.replica(),
                        PodObserver.of(Clock.fixed(NOW, ZoneOffset.UTC), settings)
                                .observe(server.replica()));
    }
}
