package io.promwarden.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.observation.BuildInfo;
import io.promwarden.observation.Count;
import io.promwarden.observation.HeadStatistics;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.RuntimeInfo;
import io.promwarden.observation.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StorageMeasureTest {

    private static final ServerId SERVER = new ServerId("eu-1", "monitoring/k8s", "prometheus-k8s-0");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void a_server_is_measured_by_what_it_says_of_itself() {
        OwnMetrics own = OwnMetrics.of(Map.of(
                "prometheus_tsdb_head_series", 300d,
                "prometheus_tsdb_head_min_time", (double) NOW.minusSeconds(7200).toEpochMilli(),
                "prometheus_tsdb_lowest_timestamp",
                        (double) NOW.minusSeconds(86_400).toEpochMilli(),
                "prometheus_tsdb_blocks_loaded", 23d,
                "prometheus_tsdb_storage_blocks_bytes", 8e6,
                "prometheus_tsdb_compactions_failed_total", 2d,
                "prometheus_tsdb_head_samples_appended_total", 60_000d,
                "process_start_time_seconds", NOW.minusSeconds(600).getEpochSecond() + 0.0));

        List<Count> many = IntStream.range(0, 50)
                .mapToObj(i -> new Count(i == 49 ? "x".repeat(5000) : "metric_" + i, 1000 + i))
                .toList();
        HeadStatistics head = new HeadStatistics(
                300,
                5,
                2,
                Optional.empty(),
                Optional.empty(),
                many,
                List.of(new Count("job=a", 7)),
                List.of(),
                List.of());

        StorageHealth health = StorageMeasure.of(
                SERVER,
                Answer.known(new BuildInfo("prometheus", "2.42.0", "x")),
                Answer.known(new RuntimeInfo(Optional.empty(), true, 0, "30d")),
                own,
                Answer.known(head),
                NOW);

        assertThat(health.version()).isEqualTo("2.42.0");
        assertThat(health.retention()).isEqualTo("30d");
        assertThat(health.headSeries()).hasValue(300);
        assertThat(health.headMinTime()).contains(NOW.minusSeconds(7200));
        assertThat(health.oldestSample()).contains(NOW.minusSeconds(86_400));
        assertThat(health.blocks()).hasValue(23);
        assertThat(health.blockBytes()).hasValue(8_000_000);
        assertThat(health.compactionsFailed()).hasValue(2);
        assertThat(health.samplesPerSecond()).hasValue(100);
        assertThat(health.at()).contains(NOW);
        assertThat(health.seriesByMetric()).hasSize(20);
        assertThat(health.seriesByMetric().getFirst().name())
                .hasSizeLessThan(400)
                .startsWith("xxx");
        assertThat(health.seriesByMetric().get(1)).isEqualTo(new Count("metric_48", 1048));
        assertThat(health.seriesByLabelPair()).containsExactly(new Count("job=a", 7));
    }

    @Test
    void what_a_server_does_not_say_stays_empty() {
        StorageHealth health = StorageMeasure.of(
                SERVER,
                Answer.unknown("timed out"),
                Answer.unknown("timed out"),
                OwnMetrics.of(Map.of("prometheus_tsdb_head_min_time", 9.223372036854776e18)),
                Answer.unknown("timed out"),
                NOW);

        assertThat(health.version()).isEmpty();
        assertThat(health.retention()).isEmpty();
        assertThat(health.headMinTime()).isEmpty();
        assertThat(health.walBytes()).isEmpty();
        assertThat(health.samplesPerSecond()).isEmpty();
        assertThat(health.seriesByMetric()).isEmpty();
        assertThat(health.disk()).isEmpty();
    }
}
