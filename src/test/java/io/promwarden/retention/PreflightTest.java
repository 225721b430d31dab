package io.promwarden.retention;

import static io.promwarden.retention.RecordedPrometheus.HEAD;
import static io.promwarden.retention.RecordedPrometheus.NOW;
import static io.promwarden.retention.RecordedPrometheus.OLDEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import io.promwarden.observation.BuildInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreflightTest {

    private final RecordedPrometheus server = new RecordedPrometheus("monitoring/k8s", "prometheus-k8s-0");

    @Test
    void a_prometheus_as_it_should_be_passes() {
        Preflight preflight = preflight(new Replica.NamedInJob());

        assertThat(preflight.refusals()).isEmpty();
        assertThat(preflight.identified()).isTrue();
        assertThat(preflight.major()).contains(2);
        assertThat(preflight.bounds())
                .contains(new DeletionBounds(NOW, Optional.of(OLDEST), Optional.of(HEAD), Duration.ofHours(2)));
    }

    @Test
    void a_pod_of_the_operator_passes_when_it_has_no_sidecar() {
        assertThat(preflight(discovered(Map.of(), "prometheus", "config-reloader"))
                        .refusals())
                .isEmpty();
    }

    @Test
    void what_is_not_known_is_refused() {
        server.ready = Answer.unknown("timed out");
        server.buildInfo = Answer.unknown("timed out");
        server.time = Answer.unknown("timed out");
        server.ownMetricsKnown = false;
        server.flagsKnown = false;

        assertThat(codes(new Replica.Discovered(object(Map.of()), Answer.unknown("403"))))
                .containsExactlyInAnyOrder(
                        "ready-unknown",
                        "build-info-unknown",
                        "own-metrics-unknown",
                        "flags-unknown",
                        "sidecar-unknown",
                        "time-unknown");
        assertThat(preflight(new Replica.NamedInJob()).bounds()).isEmpty();
    }

    @Test
    void a_server_that_is_not_ready_is_refused() {
        server.ready = Answer.known(false);
        assertThat(codes(new Replica.NamedInJob())).containsExactly("not-ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"victoriametrics", "mimir", "thanos"})
    void another_database_is_refused(String application) {
        server.buildInfo = Answer.known(new BuildInfo(application, "2.42.0", "x"));
        assertThat(codes(new Replica.NamedInJob())).containsExactly("not-prometheus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"thanos_build_info", "vm_app_version", "cortex_build_info", "mimir_build_info"})
    void another_database_is_known_by_its_own_metrics(String metric) {
        server.own.put(metric, 1d);
        assertThat(codes(new Replica.NamedInJob())).containsExactly("not-prometheus");
    }

    @Test
    void two_versions_in_one_server_are_refused_as_a_proxy_may_stand_between() {
        server.ownVersion = "2.45.0";
        assertThat(codes(new Replica.NamedInJob())).containsExactly("not-prometheus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.2", "4.0.0", "dev", ""})
    void a_version_whose_way_of_counting_is_not_known_is_refused(String version) {
        server.buildInfo = Answer.known(new BuildInfo("prometheus", version, "x"));
        server.ownVersion = version;
        assertThat(codes(new Replica.NamedInJob())).containsExactly("version-unsupported");
    }

    @Test
    void an_agent_is_refused_by_its_feature_its_flag_its_metrics_or_its_object() {
        server.flags.put("enable-feature", "exemplar-storage,agent");
        assertThat(codes(new Replica.NamedInJob())).containsExactly("agent-mode");
        server.flags.put("enable-feature", "");
        server.flags.put("agent", "true");
        assertThat(codes(new Replica.NamedInJob())).containsExactly("agent-mode");
        server.flags.remove("agent");
        server.own.remove("prometheus_tsdb_blocks_loaded");
        assertThat(codes(new Replica.NamedInJob())).containsExactly("agent-mode");
        server.own.put("prometheus_tsdb_blocks_loaded", 3d);
        assertThat(codes(discovered(Map.of("mode", "Agent"), "prometheus"))).containsExactly("agent-mode");
    }

    @Test
    void an_admin_api_that_is_off_gives_the_patch_for_the_object() {
        server.flags.put("web.enable-admin-api", "false");

        assertThat(preflight(discovered(Map.of(), "prometheus")).refusals())
                .singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo("admin-api-off");
                    assertThat(refusal.remedy())
                            .contains("spec.enableAdminAPI: true on Prometheus monitoring/k8s")
                            .contains("kubectl -n monitoring patch prometheus k8s --type merge"
                                    + " -p '{\"spec\":{\"enableAdminAPI\":true}}'");
                });
        assertThat(preflight(new Replica.NamedInJob()).refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.remedy()).contains("--web.enable-admin-api"));
        server.flags.remove("web.enable-admin-api");
        assertThat(codes(new Replica.NamedInJob())).containsExactly("admin-api-off");
    }

    @Test
    void a_thanos_sidecar_is_found_in_the_object_the_pod_and_the_flags() {
        assertThat(codes(discovered(Map.of("thanos", Map.of()), "prometheus"))).containsExactly("thanos-sidecar");
        assertThat(codes(discovered(Map.of("disableCompaction", true), "prometheus")))
                .containsExactly("thanos-sidecar");
        assertThat(codes(discovered(Map.of(), "prometheus", "thanos-sidecar"))).containsExactly("thanos-sidecar");
        server.flags.put("storage.tsdb.max-block-duration", "2h");
        assertThat(codes(new Replica.NamedInJob())).containsExactly("thanos-sidecar");
        server.flags.remove("storage.tsdb.max-block-duration");
        assertThat(codes(new Replica.NamedInJob())).containsExactly("block-duration-unknown");
    }

    @Test
    void clocks_more_than_a_minute_apart_are_refused_both_ways() {
        server.time = Answer.known(NOW.plusSeconds(61));
        assertThat(codes(new Replica.NamedInJob())).containsExactly("clock-skew");
        server.time = Answer.known(NOW.minusSeconds(61));
        assertThat(codes(new Replica.NamedInJob())).containsExactly("clock-skew");
    }

    @Test
    void within_a_minute_the_smaller_clock_counts() {
        server.time = Answer.known(NOW.minusSeconds(60));
        assertThat(bounds().now()).isEqualTo(NOW.minusSeconds(60));
        server.time = Answer.known(NOW.plusSeconds(60));
        assertThat(bounds().now()).isEqualTo(NOW);
    }

    @Test
    void without_the_heads_time_nothing_can_be_told() {
        server.own.remove("prometheus_tsdb_head_min_time");
        assertThat(codes(new Replica.NamedInJob())).containsExactly("tsdb-times-unknown");
        server.own.put("prometheus_tsdb_head_min_time", Double.NaN);
        assertThat(codes(new Replica.NamedInJob())).containsExactly("tsdb-times-unknown");
    }

    @Test
    void the_range_ends_where_the_policy_says_and_begins_with_the_oldest_sample() {
        assertThat(bounds().olderThan(Duration.ofDays(30)))
                .contains(new DeletionBounds.Range(OLDEST, NOW.minus(Duration.ofDays(30))));
        assertThat(bounds().olderThan(Duration.ofDays(40))).isEmpty();
        assertThat(bounds().olderThan(Duration.ofDays(400))).isEmpty();
    }

    @Test
    void the_range_stays_a_block_away_from_the_head() {
        assertThat(bounds().olderThan(Duration.ofHours(4)))
                .contains(new DeletionBounds.Range(OLDEST, HEAD.minus(Duration.ofHours(2))));
    }

    @Test
    void an_empty_head_is_no_head_but_the_newest_block_stays() {
        server.own.put("prometheus_tsdb_head_min_time", 9.223372036854776e18);
        assertThat(bounds().headStart()).isEmpty();
        assertThat(bounds().olderThan(Duration.ofDays(30)))
                .contains(new DeletionBounds.Range(OLDEST, NOW.minus(Duration.ofDays(30))));
        assertThat(bounds().olderThan(Duration.ofMinutes(1)))
                .contains(new DeletionBounds.Range(OLDEST, NOW.minus(Duration.ofHours(2))));
    }

    @Test
    void an_empty_database_has_nothing_to_delete() {
        server.own.put("prometheus_tsdb_head_min_time", 9.223372036854776e18);
        server.own.put("prometheus_tsdb_lowest_timestamp", 9.223372036854776e18);
        assertThat(bounds().olderThan(Duration.ofDays(1))).isEmpty();
    }

    @Test
    void nothing_before_the_year_2000_is_ever_named() {
        server.own.put("prometheus_tsdb_lowest_timestamp", -5e9);
        assertThat(bounds().olderThan(Duration.ofDays(1)).orElseThrow().start())
                .isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
    }

    @Test
    void both_ends_are_whole_seconds() {
        server.own.put("prometheus_tsdb_lowest_timestamp", OLDEST.toEpochMilli() + 0.0 + 789);
        server.time = Answer.known(NOW.minusMillis(1));
        assertThat(bounds().olderThan(Duration.ofDays(30)))
                .contains(new DeletionBounds.Range(
                        OLDEST, NOW.minus(Duration.ofDays(30)).minusSeconds(1)));
    }

    private DeletionBounds bounds() {
        return preflight(new Replica.NamedInJob()).bounds().orElseThrow();
    }

    private List<String> codes(Replica.Origin origin) {
        return preflight(origin).refusals().stream().map(Refusal::code).toList();
    }

    private Preflight preflight(Replica.Origin origin) {
        PodObserver observer = new PodObserver(Clock.fixed(NOW, ZoneOffset.UTC), Optional.of("vector(1e15)"), false);
        return Preflight.of(observer.observe(new Replica(server, server, origin)), origin);
    }

    static Replica.Discovered discovered(Map<String, Object> spec, String... containers) {
        List<Object> list = new java.util.ArrayList<>();
        for (String container : containers) {
            list.add(Map.of("name", container, "image", "quay.io/x/" + container + ":v1"));
        }
        RawObject pod = RawObject.of(Map.of(
                "metadata", Map.of("namespace", "monitoring", "name", "prometheus-k8s-0"),
                "spec", Map.of("containers", list)));
        return new Replica.Discovered(object(spec), Answer.known(Pod.of(pod)));
    }

    static PrometheusObject object(Map<String, Object> spec) {
        return PrometheusObject.of(
                ObjectKind.PROMETHEUS,
                RawObject.of(Map.of("metadata", Map.of("namespace", "monitoring", "name", "k8s"), "spec", spec)));
    }
}
