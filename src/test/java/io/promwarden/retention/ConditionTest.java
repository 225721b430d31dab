package io.promwarden.retention;

import static io.promwarden.retention.RecordedPrometheus.NOW;
import static io.promwarden.retention.RecordedPrometheus.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.RawObject;
import io.promwarden.label.Labels;
import io.promwarden.observation.Block;
import io.promwarden.observation.RuntimeInfo;
import io.promwarden.observation.Sample;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What condition a server has to be in before anything is deleted from it: each refusal, and its neighbour that passes. */
class ConditionTest {

    private static final double GIGABYTE = 1e9;

    private final RecordedPrometheus server = new RecordedPrometheus("monitoring/k8s", "prometheus-k8s-0");
    private Optional<String> freeSpace = Optional.of("vector(1e15)");
    private boolean snapshot;

    @ParameterizedTest
    @CsvSource({
        "prometheus_tsdb_compactions_failed_total,compaction-failed",
        "prometheus_tsdb_reloads_failures_total,block-reload-failed",
        "prometheus_tsdb_head_truncations_failed_total,head-truncation-failed",
        "prometheus_tsdb_vertical_compactions_total,blocks-overlap"
    })
    void what_failed_in_the_last_day_is_refused_and_what_is_older_passes(String counter, String code) {
        server.own.put(counter, 2d);
        server.own.put(
                "process_start_time_seconds", NOW.minus(Duration.ofHours(23)).getEpochSecond() + 0.25);
        assertThat(codes()).containsExactly(code);

        server.own.put(
                "process_start_time_seconds", NOW.minus(Duration.ofDays(9)).getEpochSecond() + 0.25);
        server.queries = (expression, at) -> expression.startsWith("(" + counter + " - " + counter + " offset 1d)")
                        && expression.contains("process_start_time_seconds == ")
                ? number(1)
                : number(0);
        assertThat(codes()).containsExactly(code);

        server.queries = (expression, at) -> number(0);
        assertThat(codes()).isEmpty();
    }

    @Test
    void of_an_old_failure_nobody_knows_when_it_was_unless_the_server_scrapes_itself() {
        server.own.put("prometheus_tsdb_compactions_failed_total", 1d);
        server.own.put("prometheus_tsdb_vertical_compactions_total", 1d);
        assertThat(codes()).containsExactly("failures-unknown", "overlap-unknown");
        server.queries = (expression, at) -> Answer.unknown("timed out");
        assertThat(codes()).containsExactly("failures-unknown", "overlap-unknown");
        server.queries = (expression, at) -> number(Double.NaN);
        assertThat(codes()).containsExactly("failures-unknown", "overlap-unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "prometheus_tsdb_compactions_failed_total,failures-unknown",
        "prometheus_tsdb_reloads_failures_total,failures-unknown",
        "prometheus_tsdb_head_truncations_failed_total,failures-unknown",
        "prometheus_tsdb_vertical_compactions_total,overlap-unknown",
        "prometheus_tsdb_wal_corruptions_total,wal-corruption-unknown",
        "prometheus_config_last_reload_successful,configuration-reload-unknown",
        "process_start_time_seconds,process-unknown",
        "prometheus_tsdb_storage_blocks_bytes,free-space-unknown"
    })
    void a_figure_that_is_missing_is_refused(String metric, String code) {
        server.own.remove(metric);
        assertThat(codes()).containsExactly(code);
    }

    @Test
    void a_corrupted_wal_is_refused_by_the_counters_and_by_the_status() {
        server.own.put("prometheus_tsdb_wal_corruptions_total", 1d);
        assertThat(codes()).containsExactly("wal-corrupted");
        server.own.put("prometheus_tsdb_wal_corruptions_total", 0d);
        server.own.put("prometheus_tsdb_mmap_chunk_corruptions_total", 1d);
        assertThat(codes()).containsExactly("wal-corrupted");
        server.own.put("prometheus_tsdb_mmap_chunk_corruptions_total", 0d);
        server.runtime = Answer.known(new RuntimeInfo(Optional.empty(), true, 1, ""));
        assertThat(codes()).containsExactly("wal-corrupted");
        server.runtime = Answer.unknown("404");
        assertThat(codes()).isEmpty();
    }

    @Test
    void a_configuration_that_was_not_taken_over_is_refused() {
        server.own.put("prometheus_config_last_reload_successful", 0d);
        assertThat(codes()).containsExactly("configuration-reload-failed");
        server.own.put("prometheus_config_last_reload_successful", 1d);
        server.runtime = Answer.known(new RuntimeInfo(Optional.empty(), false, 0, ""));
        assertThat(codes()).containsExactly("configuration-reload-failed");
    }

    @Test
    void blocks_that_overlap_are_refused_and_blocks_that_touch_are_not() {
        Instant one = NOW.minus(Duration.ofDays(4));
        Instant two = NOW.minus(Duration.ofDays(2));
        server.own.put("prometheus_tsdb_vertical_compactions_total", 5d);
        server.blocks = Answer.known(List.of(block("B", two, NOW), block("A", one, two)));
        assertThat(codes()).isEmpty();
        server.blocks = Answer.known(List.of(block("B", two.minusMillis(1), NOW), block("A", one, two)));
        assertThat(codes()).containsExactly("blocks-overlap");
    }

    @ParameterizedTest
    @CsvSource({
        "164,''",
        "166,head-compaction-due",
        "194,head-compaction-due",
        "300,head-compaction-due",
        "361,head-stuck"
    })
    void a_head_that_is_about_to_be_compacted_or_never_is_is_refused(long minutes, String code) {
        server.own.put("prometheus_tsdb_head_min_time", (double)
                NOW.minus(Duration.ofMinutes(minutes)).toEpochMilli());
        assertThat(codes()).isEqualTo(code.isEmpty() ? List.of() : List.of(code));
    }

    @Test
    void a_head_to_which_nothing_is_added_is_not_waited_for() {
        server.own.put("prometheus_tsdb_head_min_time", (double)
                NOW.minus(Duration.ofHours(5)).toEpochMilli());
        server.own.put("prometheus_tsdb_head_max_time", (double)
                NOW.minus(Duration.ofHours(4)).toEpochMilli());
        assertThat(codes()).isEmpty();
    }

    @Test
    void it_is_said_until_when_to_wait_for_the_head() {
        server.own.put("prometheus_tsdb_head_min_time", (double)
                NOW.minus(Duration.ofHours(3)).toEpochMilli());
        assertThat(refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).contains("2026-11-22T12:00:00Z");
            assertThat(refusal.remedy()).contains("2026-11-22T12:20:00Z");
        });
    }

    @Test
    void before_3_6_all_blocks_count_as_one_and_there_must_be_room_for_them_twice_and_a_fifth_more() {
        server.own.put("prometheus_tsdb_storage_blocks_bytes", 10 * GIGABYTE);
        server.own.put("prometheus_tsdb_head_samples_appended_total", 0d);
        server.free = number(24 * GIGABYTE);
        assertThat(codes()).isEmpty();
        server.free = number(24 * GIGABYTE - 1);
        assertThat(refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo("free-space-too-small");
            assertThat(refusal.reason()).contains("24,000.0 MB").contains("twice 10,000.0 MB");
        });
    }

    @Test
    void since_3_6_the_largest_block_counts_by_its_share() {
        server.own.put("prometheus_tsdb_storage_blocks_bytes", 10 * GIGABYTE);
        server.own.put("prometheus_tsdb_head_samples_appended_total", 0d);
        Instant middle = NOW.minus(Duration.ofDays(2));
        server.blocks = Answer.known(List.of(
                new Block("A", NOW.minus(Duration.ofDays(4)), middle, 10, 400, 5, 0, 2),
                new Block("B", middle, NOW, 10, 600, 5, 0, 2)));
        server.free = number(14.4 * GIGABYTE);
        assertThat(codes()).isEmpty();
        server.free = number(14.3 * GIGABYTE);
        assertThat(codes()).containsExactly("free-space-too-small");
    }

    @Test
    void the_wal_grows_meanwhile() {
        server.own.put("prometheus_tsdb_storage_blocks_bytes", 0d);
        server.own.put(
                "process_start_time_seconds", (double) NOW.minusSeconds(1000).getEpochSecond());
        server.own.put("prometheus_tsdb_head_samples_appended_total", 1000d * 100_000);
        server.free = number(1.2 * 600 * 100_000 * 8);
        assertThat(codes()).isEmpty();
        server.free = number(1.2 * 600 * 100_000 * 8 - 1);
        assertThat(codes()).containsExactly("free-space-too-small");
    }

    @Test
    void a_snapshot_needs_room_for_all_blocks_once_more() {
        server.own.put("prometheus_tsdb_storage_blocks_bytes", 10 * GIGABYTE);
        server.own.put("prometheus_tsdb_head_samples_appended_total", 0d);
        snapshot = true;
        server.free = number(36 * GIGABYTE);
        assertThat(codes()).isEmpty();
        server.free = number(35 * GIGABYTE);
        assertThat(codes()).containsExactly("free-space-too-small");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1})
    void a_figure_that_is_no_number_of_bytes_is_refused(double value) {
        server.free = number(value);
        assertThat(codes()).containsExactly("free-space-unknown");
    }

    @Test
    void no_value_and_several_values_are_refused() {
        server.free = Answer.known(List.of());
        assertThat(codes()).containsExactly("free-space-unknown");
        server.free = Answer.known(List.of(new Sample(Labels.EMPTY, 1e15), new Sample(Labels.EMPTY, 1e15)));
        assertThat(codes()).containsExactly("free-space-unknown");
        server.free = Answer.unknown("timed out");
        assertThat(codes()).containsExactly("free-space-unknown");
    }

    @Test
    void without_an_expression_the_kubelet_is_asked_for_the_pods_claim_and_the_values_are_quoted() {
        freeSpace = Optional.empty();
        assertThat(codes(pod("prometheus-k8s-db-0"))).isEmpty();
        assertThat(codes(pod("a\"} or vector(1) #"))).isEmpty();
        assertThat(server.askedForRoom)
                .containsExactly(
                        "kubelet_volume_stats_available_bytes{namespace=\"monitoring\",persistentvolumeclaim=\"prometheus-k8s-db-0\"}",
                        "kubelet_volume_stats_available_bytes{namespace=\"monitoring\",persistentvolumeclaim=\"a\\\"} or vector(1) #\"}");
    }

    @Test
    void a_pod_whose_claim_is_not_known_is_refused_and_so_is_a_server_without_a_pod() {
        freeSpace = Optional.empty();
        assertThat(codes(pod())).containsExactly("free-space-unknown");
        assertThat(codes(pod("one", "two"))).containsExactly("free-space-unknown");
        assertThat(codes()).containsExactly("free-space-unknown");
        assertThat(server.askedForRoom).isEmpty();
    }

    @Test
    void a_server_that_is_none_is_not_asked_for_its_condition() {
        server.ready = Answer.known(false);
        server.own.put("prometheus_tsdb_wal_corruptions_total", 1d);
        assertThat(codes()).containsExactly("not-ready");
        assertThat(server.askedForRoom).isEmpty();
    }

    private static Block block(String ulid, Instant from, Instant to) {
        return new Block(ulid, from, to, 1, 1, 1, 0, 1);
    }

    private static Replica.Origin pod(String... claims) {
        List<Object> volumes = new ArrayList<>();
        for (String claim : claims) {
            volumes.add(Map.of("name", "v", "persistentVolumeClaim", Map.of("claimName", claim)));
        }
        RawObject pod = RawObject.of(Map.of(
                "metadata", Map.of("namespace", "monitoring", "name", "prometheus-k8s-0"),
                "spec", Map.of("containers", List.of(), "volumes", volumes)));
        return new Replica.Discovered(PreflightTest.object(Map.of()), Answer.known(Pod.of(pod)));
    }

    private List<String> codes() {
        return codes(new Replica.NamedInJob());
    }

    private List<Refusal> refusals() {
        return refusals(new Replica.NamedInJob());
    }

    private List<String> codes(Replica.Origin origin) {
        return refusals(origin).stream().map(Refusal::code).toList();
    }

    private List<Refusal> refusals(Replica.Origin origin) {
        PodObserver observer = new PodObserver(Clock.fixed(NOW, ZoneOffset.UTC), freeSpace, snapshot);
        return Preflight.of(observer.observe(new Replica(server, server, origin)), origin)
                .refusals();
    }
}
