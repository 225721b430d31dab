package io.promwarden.retention;

import static io.promwarden.retention.RecordedPrometheus.HEAD;
import static io.promwarden.retention.RecordedPrometheus.NOW;
import static io.promwarden.retention.RecordedPrometheus.OLDEST;
import static io.promwarden.retention.RecordedPrometheus.number;
import static io.promwarden.retention.RecordedPrometheus.seriesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.finding.NotRun;
import io.promwarden.label.Labels;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plan that was made before is carried out as it is, or not at all. */
class CarriedOutPlanTest {

    private static final Instant END = NOW.minus(Duration.ofDays(30));
    private static final String DELETE = "delete_series a_total " + OLDEST + " " + END;

    private final RecordedPrometheus server = new RecordedPrometheus("monitoring/k8s", "prometheus-k8s-0");
    private final RecordedPrometheus second = new RecordedPrometheus("monitoring/k8s", "prometheus-k8s-1");
    private final ListedReceipts book = new ListedReceipts();
    private Instant now = NOW;

    @BeforeEach
    void history() {
        for (RecordedPrometheus each : List.of(server, second)) {
            AtomicLong samples = new AtomicLong(1000);
            each.series.put("a_total", seriesOf("a_total", 3));
            each.queries = (expression, at) -> expression.contains("count_over_time(a_total[")
                    ? number(at.isAfter(END) ? 50 : (double) samples.get())
                    : Answer.known(List.of());
            each.whenSent = () -> samples.set(0);
        }
    }

    @Test
    void a_plan_is_carried_out_as_it_is_and_once() {
        List<RetentionPlan> plans = plans();

        RetentionResult result = apply(plans);

        assertThat(result.notRun()).isEmpty();
        assertThat(server.sent).containsExactly(DELETE);
        assertThat(second.sent).containsExactly(DELETE);
        assertThat(result.receipts()).extracting(Receipt::verdict).containsOnly(Receipt.Verdict.DELETED);

        assertThat(apply(plans).notRun()).isEmpty();
        assertThat(server.sent).hasSize(1);
        assertThat(second.sent).hasSize(1);
    }

    @Test
    void the_range_stays_that_of_the_plan_however_late_it_is_carried_out() {
        List<RetentionPlan> plans = plans();
        later(Duration.ofHours(20));
        assertThat(apply(plans).notRun()).isEmpty();
        assertThat(server.sent).containsExactly(DELETE);
    }

    @Test
    void a_plan_of_another_cluster_with_the_same_names_is_refused_and_one_of_nobody_knows_which_too() {
        List<RetentionPlan> plans = plans();
        server.url = Optional.of("http://prometheus.eu-2:9090/");
        assertRefused(apply(plans), "another server");
        server.url = Optional.empty();
        assertRefused(apply(plans), "not known");
        assertRefused(apply(plans()), "nobody knows which");
    }

    @Test
    void the_caps_hold_for_the_series_of_now_whatever_the_plan_counts() {
        List<RetentionPlan> understated = plans().stream()
                .map(plan -> plan.withDeletions(plan.deletions().stream()
                        .map(deletion -> deletion.ofSeries(0))
                        .toList()))
                .toList();
        RetentionSettings settings = settings();
        assertRefused(
                apply(understated, settings.withLimits(settings.limits().withMaxSeries(2)), server, second),
                "the job allows 2");
    }

    @Test
    void a_stale_plan_and_one_from_the_future_are_refused() {
        List<RetentionPlan> plans = plans();
        later(Duration.ofHours(25));
        assertRefused(apply(plans), "was fresh until");
        later(Duration.ofHours(-26));
        assertRefused(apply(plans), "still to come");
    }

    @Test
    void a_replica_more_or_less_than_planned_is_refused() {
        assertRefused(apply(plans(server), settings(), server, second), "was not there when the plan was made");
        assertRefused(apply(plans(), settings(), server), "prometheus-k8s-1");
    }

    @Test
    void a_server_that_the_job_no_longer_names_is_left_alone() {
        RetentionSettings elsewhere =
                TestSettings.of(List.of(policy("a_total", 30)), true, List.of("monitoring/x"), List.of(), 100);
        apply(plans(), elsewhere, server, second);
        assertThat(server.sent).isEmpty();
        assertThat(second.sent).isEmpty();
    }

    @Test
    void a_policy_that_is_gone_keeps_longer_or_meets_another_is_refused() {
        List<RetentionPlan> plans = plans();
        for (List<RetentionPolicy> policies : List.of(
                List.of(policy("b_total", 30)),
                List.of(policy("a_total", 31)),
                List.of(policy("a_total", 30), policy("{__name__=~\"a_tot.*\"}", 35)))) {
            RetentionSettings changed = TestSettings.of(policies, true, List.of("monitoring/k8s"), List.of(), 100);
            assertRefused(apply(plans, changed, server, second), "planned");
        }
    }

    @Test
    void what_is_protected_by_now_is_refused() {
        RetentionSettings guarded = TestSettings.of(
                List.of(policy("a_total", 30)), true, List.of("monitoring/k8s"), List.of("a_total{pod=\"p-1\"}"), 100);
        assertRefused(apply(plans(), guarded, server, second), "protects");
    }

    @Test
    void series_that_were_not_planned_are_refused_and_fewer_are_not() {
        List<RetentionPlan> plans = plans();
        second.series.put("a_total", seriesOf("a_total", 4));
        assertRefused(apply(plans), "4 series of a_total by now, and 3 were planned");
        second.series.put(
                "a_total",
                Answer.known(Stream.of("a_total", "b_total", "b_total")
                        .map(name -> Labels.of(Map.of("__name__", name)))
                        .toList()));
        assertRefused(apply(plans), "2 series of b_total by now, and 0 were planned");
        second.series.put("a_total", seriesOf("a_total", 2));
        assertThat(apply(plans).notRun()).isEmpty();
        assertThat(server.sent).hasSize(1);
    }

    @Test
    void a_cap_that_is_lower_by_now_is_refused() {
        RetentionSettings settings = settings();
        assertRefused(
                apply(plans(), settings.withLimits(settings.limits().withMaxSeries(2)), server, second),
                "the job allows 2");
        assertRefused(
                apply(plans(), settings.withLimits(settings.limits().withMaxBlocks(22)), server, second),
                "the job allows 22");
    }

    @Test
    void what_the_pre_flight_refuses_on_one_replica_is_refused_on_all() {
        List<RetentionPlan> plans = plans();
        second.flags.put("web.enable-admin-api", "false");
        assertRefused(apply(plans), "admin API is off");
    }

    @Test
    void what_was_refused_when_it_was_planned_stays_refused() {
        server.flags.put("web.enable-admin-api", "false");
        List<RetentionPlan> plans = plans();
        server.flags.put("web.enable-admin-api", "true");
        assertRefused(apply(plans), "admin API is off");
    }

    @Test
    void rules_that_read_what_they_record_are_looked_at_again() {
        List<RetentionPlan> plans = plans();
        server.ruleGroups = Answer.unknown("timed out");
        assertRefused(apply(plans), "timed out");
    }

    @Test
    void an_end_that_the_plan_never_had_is_refused() {
        List<RetentionPlan> forged = plans().stream()
                .map(plan -> plan.withDeletions(plan.deletions().stream()
                        .map(deletion -> new PlannedDeletion(
                                deletion.policy(),
                                deletion.selector(),
                                deletion.start(),
                                NOW.minus(Duration.ofDays(1)),
                                deletion.series(),
                                deletion.outlook(),
                                List.of()))
                        .toList()))
                .toList();
        assertRefused(apply(forged), "later than what may be deleted");
    }

    @Test
    void a_plan_with_a_selector_that_no_policy_may_have_sends_nothing_not_even_a_snapshot() {
        List<RetentionPlan> forged = plans().stream()
                .map(plan -> plan.withDeletions(Stream.concat(
                                plan.deletions().stream(),
                                plan.deletions().stream()
                                        .map(deletion -> new PlannedDeletion(
                                                deletion.policy(),
                                                "{}",
                                                deletion.start(),
                                                deletion.end(),
                                                deletion.series(),
                                                List.of(new Refusal("x", "not wanted", "")))))
                        .toList()))
                .toList();
        assertRefused(apply(forged, settings().withSnapshot(true), server, second), "planned, but refused");
    }

    private void assertRefused(RetentionResult result, String why) {
        assertThat(server.sent).isEmpty();
        assertThat(second.sent).isEmpty();
        assertThat(result.notRun()).isNotEmpty().extracting(NotRun::reason).anyMatch(reason -> reason.contains(why));
    }

    private void later(Duration duration) {
        now = now.plus(duration);
        for (RecordedPrometheus each : List.of(server, second)) {
            each.time = Answer.known(now);
            each.own.put("prometheus_tsdb_head_min_time", (double)
                    HEAD.plus(Duration.between(NOW, now)).toEpochMilli());
        }
    }

    private List<RetentionPlan> plans() {
        return plans(server, second);
    }

    private List<RetentionPlan> plans(RecordedPrometheus... servers) {
        return new ClusterPlanning(settings(), clock())
                .plan("eu-1", List.of(group(servers)))
                .plans();
    }

    private RetentionResult apply(List<RetentionPlan> plans) {
        return apply(plans, settings(), server, second);
    }

    private RetentionResult apply(
            List<RetentionPlan> plans, RetentionSettings settings, RecordedPrometheus... servers) {
        return new RetentionRun(book, new ListedSnapshots(), clock(), () -> false, Patience.DEFAULT, duration -> true)
                .carryOut("plan", "eu-1", settings, plans, List.of(group(servers)));
    }

    private Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static ReplicaGroup group(RecordedPrometheus... servers) {
        return new ReplicaGroup(
                "monitoring/k8s",
                Stream.of(servers).map(RecordedPrometheus::replica).toList(),
                List.of());
    }

    private static RetentionSettings settings() {
        return TestSettings.of(List.of(policy("a_total", 30)), true, List.of("monitoring/k8s"), List.of(), 100);
    }

    private static RetentionPolicy policy(String match, int days) {
        return new RetentionPolicy(match, Duration.ofDays(days), "a test", Optional.empty(), Optional.empty());
    }
}
