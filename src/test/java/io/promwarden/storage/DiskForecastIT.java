package io.promwarden.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.http.DirectExchange;
import io.promwarden.http.ServerConnection;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.Sample;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.VolumeStats;
import io.promwarden.prometheus.PrometheusServer;
import io.promwarden.testing.Backfill;
import io.promwarden.testing.RealPrometheus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server's answer to the query about a volume. */
class DiskForecastIT {

    private static final Duration STEP = Duration.ofMinutes(5);
    private static final double SIZE = 100e9;
    private static final double A_DAY = 4e9;
    private static final double SAW = 3e9;

    @Test
    void growth_under_a_saw_of_compactions_is_seen_and_its_end_foretold(@TempDir Path folder) {
        Instant at = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(5));
        Instant start = at.minus(Duration.ofDays(9));
        LongToDoubleFunction used = n -> {
            double days = n * STEP.toSeconds() / 86_400.0;
            double compaction = n * STEP.toSeconds() % 7200 / 7200.0;
            return 40e9 + A_DAY * days + SAW * compaction;
        };
        Backfill backfill = new Backfill();
        for (String path : List.of("/metrics", "/metrics/again")) {
            Map<String, String> labels = labels("db-prometheus-k8s-0", path);
            backfill.series("kubelet_volume_stats_used_bytes", labels, start, at, STEP, used);
            backfill.series(
                    "kubelet_volume_stats_available_bytes", labels, start, at, STEP, n -> SIZE - used.applyAsDouble(n));
        }
        Map<String, String> another = labels("db-prometheus-k8s-1", "/metrics");
        backfill.series("kubelet_volume_stats_used_bytes", another, start, at, STEP, n -> 1e9);
        backfill.into(folder.resolve("data"), Duration.ofDays(2));
        ServerId id = new ServerId("eu-1", "monitoring/k8s", "prometheus-k8s-0");
        try (RealPrometheus prometheus = RealPrometheus.in(folder)
                .configuration("scrape_configs: []\n")
                .flag("--storage.tsdb.retention.time=1000d")
                .start()) {
            MetricsServer server = new PrometheusServer(
                    id, new DirectExchange(ServerConnection.to(prometheus.uri())), Duration.ofSeconds(30));

            Answer<List<Sample>> answer = server.query(VolumeStats.query("monitoring", "db-prometheus-k8s-0", 7), at);
            VolumeStats stats = answer.flatMap(VolumeStats::of).value().orElseThrow();
            DiskForecast forecast = DiskForecast.of(stats, List.of(), at).orElseThrow();

            assertThat(stats.peaks()).containsOnlyKeys(0, 1, 2, 3, 4, 5, 6, 7);
            assertThat(stats.usedBytes() + stats.availableBytes()).isCloseTo(SIZE, Offset.offset(1.0));
            assertThat(forecast.growth()).isCloseTo(A_DAY, Offset.offset(A_DAY / 50));
            assertThat(forecast.left()).isCloseTo((SIZE - stats.latelyBytes()) / A_DAY, Offset.offset(0.2));
            assertThat(forecast.earliest()).isLessThanOrEqualTo(forecast.left());
            assertThat(forecast.latest()).isGreaterThanOrEqualTo(forecast.left());

            assertThat(server.query(VolumeStats.query("monitoring", "nobody's", 7), at)
                            .flatMap(VolumeStats::of)
                            .reason())
                    .contains("there are no kubelet_volume_stats of it");
        }
    }

    private static Map<String, String> labels(String claim, String path) {
        return Map.of("namespace", "monitoring", "persistentvolumeclaim", claim, "metrics_path", path);
    }
}
