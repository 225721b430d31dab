package io.promwarden.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.observation.DiskUse;
import io.promwarden.observation.StorageNight;
import io.promwarden.observation.VolumeStats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DiskForecastTest {

    private static final Instant AT = Instant.parse("2026-11-22T02:10:00Z");
    private static final double SIZE = 1000;

    /** Eight days, by how many days ago they were, with a level of the last hours. */
    private static VolumeStats stats(double lately, IntToDoubleFunction peakAgo) {
        TreeMap<Integer, Double> peaks = new TreeMap<>();
        IntStream.rangeClosed(0, 7).forEach(ago -> peaks.put(ago, peakAgo.applyAsDouble(ago)));
        return new VolumeStats(SIZE - lately, lately, lately, peaks);
    }

    private static List<StorageNight> nights(int from, int to, IntToDoubleFunction peakAgo) {
        return IntStream.iterate(from, ago -> ago >= to, ago -> ago - 1)
                .mapToObj(ago -> new StorageNight(
                        AT.minus(Duration.ofDays(ago)),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.of(new DiskUse(1, 1, OptionalLong.of((long) peakAgo.applyAsDouble(ago)))),
                        OptionalDouble.empty(),
                        List.of(),
                        List.of(),
                        List.of()))
                .toList();
    }

    private static Optional<DiskForecast> forecast(VolumeStats stats, List<StorageNight> nights) {
        return DiskForecast.of(stats, nights, AT);
    }

    @Test
    void steady_growth_fills_what_is_left_of_the_volume() {
        DiskForecast forecast =
                forecast(stats(800, ago -> 800 - 20 * ago), List.of()).orElseThrow();

        assertThat(forecast.left()).isCloseTo(10, Offset.offset(1e-6));
        assertThat(forecast.earliest()).isCloseTo(10, Offset.offset(1e-6));
        assertThat(forecast.latest()).isCloseTo(10, Offset.offset(1e-6));
        assertThat(forecast.growth()).isCloseTo(20, Offset.offset(1e-6));
        assertThat(forecast.fromSamples()).isEqualTo(8);
        assertThat(forecast.fromNights()).isZero();
    }

    @Test
    void uneven_growth_says_how_sure_it_is() {
        double[] noise = {5, -8, 3, 9, -4, -9, 7, -3};
        DiskForecast forecast = forecast(stats(800, ago -> 800 - 20 * ago + noise[ago]), List.of())
                .orElseThrow();

        assertThat(forecast.earliest()).isLessThan(forecast.left());
        assertThat(forecast.latest()).isGreaterThan(forecast.left());
        assertThat(forecast.left()).isBetween(8.0, 12.5);
    }

    @Test
    void nights_before_the_first_sample_and_of_two_weeks_at_most_count_too() {
        DiskForecast forecast = forecast(
                        stats(800, ago -> 800 - 20 * ago), nights(40, 1, ago -> ago > 14 ? 5 : 800 - 20 * ago))
                .orElseThrow();

        assertThat(forecast.fromNights()).isEqualTo(7);
        assertThat(forecast.growth()).isCloseTo(20, Offset.offset(1e-6));
    }

    @Test
    void a_saw_of_compactions_or_of_retention_is_no_growth() {
        assertThat(forecast(stats(960, ago -> 900 + 30 * (ago % 3)), List.of())).isEmpty();
        assertThat(forecast(stats(960, ago -> 900 + 30 * (ago % 2)), nights(14, 8, ago -> 900 + 30 * (ago % 2))))
                .isEmpty();
    }

    @Test
    void one_big_file_is_no_growth() {
        assertThat(forecast(stats(950, ago -> ago < 4 ? 950 : 600), List.of())).isEmpty();
        assertThat(forecast(stats(950, ago -> ago == 0 ? 950 : 600), List.of())).isEmpty();
    }

    @Test
    void room_that_was_made_today_counts_at_once() {
        DiskForecast forecast =
                forecast(stats(300, ago -> 990 - 20 * ago), List.of()).orElseThrow();

        assertThat(forecast.left()).isCloseTo(35, Offset.offset(1e-6));
    }

    @Test
    void a_level_that_earlier_weeks_had_and_came_down_from_is_no_news_until_little_is_left() {
        List<StorageNight> before = nights(40, 15, ago -> ago == 25 ? 900 : 500);

        assertThat(forecast(stats(800, ago -> 800 - 20 * ago), before)).isEmpty();
        assertThat(forecast(stats(800, ago -> 800 - 20 * ago), nights(40, 15, ago -> 500)))
                .isPresent();
        assertThat(forecast(stats(950, ago -> 950 - 20 * ago), nights(40, 15, ago -> 960)))
                .isPresent();
    }

    @Test
    void too_few_days_tell_nothing() {
        TreeMap<Integer, Double> two = new TreeMap<>();
        two.put(0, 900.0);
        two.put(1, 800.0);

        assertThat(forecast(new VolumeStats(100, 900, 900, two), List.of())).isEmpty();
    }
}
