package io.promwarden.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.observation.Count;
import io.promwarden.observation.HeadStatistics;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.StorageNight;
import io.promwarden.storage.StorageTrend.Course;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StorageTrendTest {

    private static final Instant AT = Instant.parse("2026-11-22T02:10:00Z");
    private static final ServerId SERVER = new ServerId("eu-1", "monitoring/k8s", "prometheus-k8s-0");

    private static StorageHealth now(long series, long ofCart) {
        return StorageMeasure.of(
                SERVER,
                Answer.unknown("timed out"),
                Answer.unknown("timed out"),
                OwnMetrics.of(Map.of("prometheus_tsdb_head_series", (double) series)),
                Answer.known(new HeadStatistics(
                        series,
                        1,
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new Count("cart", ofCart)),
                        List.of(),
                        List.of(),
                        List.of())),
                AT);
    }

    private static StorageNight night(Instant at, long series, Count... metrics) {
        return new StorageNight(
                at,
                OptionalLong.of(series),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                List.of(metrics),
                List.of(),
                List.of());
    }

    private static StorageTrend trend(List<StorageNight> nights) {
        return StorageTrend.of(now(1000, 50), nights, Optional.empty(), AT);
    }

    @Test
    void differences_are_to_the_night_before_and_to_the_one_a_week_before() {
        StorageTrend trend = trend(List.of(
                night(AT.minus(Duration.ofHours(7 * 24 + 3)), 400, new Count("cart", 10)),
                night(AT.minus(Duration.ofDays(3)), 700),
                night(AT.minus(Duration.ofHours(23)), 990, new Count("cart", 60), new Count("shop", 20))));

        assertThat(trend.nights()).isEqualTo(3);
        assertThat(trend.since()).contains(AT.minus(Duration.ofHours(171)));
        assertThat(trend.series())
                .isEqualTo(new Course(
                        OptionalLong.of(1000),
                        OptionalLong.of(10),
                        OptionalLong.of(600),
                        List.of(400L, 700L, 990L, 1000L)));
        assertThat(trend.seriesByMetric())
                .containsExactly(new StorageTrend.Named(
                        "cart",
                        new Course(
                                OptionalLong.of(50),
                                OptionalLong.of(-10),
                                OptionalLong.of(40),
                                List.of(10L, -1L, 60L, 50L))));
    }

    @Test
    void a_night_that_is_missing_gives_no_difference() {
        StorageTrend trend = trend(List.of(night(AT.minus(Duration.ofDays(3)), 700)));

        assertThat(trend.series().sinceYesterday()).isEmpty();
        assertThat(trend.series().sinceWeek()).isEmpty();
        assertThat(trend.blockBytes().now()).isEmpty();
    }

    @Test
    void the_first_night_has_only_the_present() {
        StorageTrend trend = trend(List.of());

        assertThat(trend.nights()).isZero();
        assertThat(trend.since()).isEmpty();
        assertThat(trend.series().course()).containsExactly(1000L);
    }
}
