package io.promwarden.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.storage.RobustFit.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RobustFitTest {

    private static final Instant START = Instant.parse("2026-11-01T02:10:00Z");

    private static List<Point> days(int count, IntToDoubleFunction value) {
        return IntStream.range(0, count)
                .mapToObj(day -> new Point(START.plus(Duration.ofDays(day)), value.applyAsDouble(day)))
                .toList();
    }

    private static RobustFit fit(List<Point> points) {
        return RobustFit.of(points).orElseThrow();
    }

    @Test
    void a_straight_line_has_its_slope_and_no_doubt() {
        RobustFit fit = fit(days(8, day -> 100 + 7 * day));

        assertThat(fit.slope()).isEqualTo(7);
        assertThat(fit.lowest()).isEqualTo(7);
        assertThat(fit.highest()).isEqualTo(7);
        assertThat(fit.step()).isEqualTo(7);
        assertThat(fit.span()).isEqualTo(Duration.ofDays(7));
        assertThat(fit.grows()).isTrue();
    }

    @Test
    void a_quarter_of_wild_points_does_not_move_it() {
        Random random = new Random(7);
        RobustFit fit = fit(days(20, day -> day % 5 == 2 ? random.nextDouble(-1e6, 1e6) : 100 + 7 * day));

        assertThat(fit.slope()).isCloseTo(7, Offset.offset(0.7));
        assertThat(fit.lowest()).isLessThanOrEqualTo(7);
        assertThat(fit.highest()).isGreaterThanOrEqualTo(7);
    }

    @Test
    void the_interval_holds_the_true_slope_about_nine_times_in_ten() {
        Random random = new Random(11);
        int held = 0;
        for (int i = 0; i < 400; i++) {
            RobustFit fit = fit(days(10, day -> 50 + 3 * day + random.nextGaussian(0, 8)));
            held += fit.lowest() <= 3 && 3 <= fit.highest() ? 1 : 0;
        }

        assertThat(held).isBetween(350, 395);
    }

    @Test
    void noise_without_growth_seldom_grows() {
        Random random = new Random(13);
        int grown = 0;
        for (int i = 0; i < 400; i++) {
            grown += fit(days(8, day -> 1000 + random.nextGaussian(0, 20))).grows() ? 1 : 0;
        }

        assertThat(grown).isLessThan(24);
    }

    @Test
    void one_jump_is_no_growth() {
        assertThat(fit(days(8, day -> day < 4 ? 100 : 500)).grows()).isFalse();
        assertThat(fit(days(8, day -> day < 4 ? 500 : 100)).grows()).isFalse();
    }

    @Test
    void a_sawtooth_is_no_growth_and_a_rising_one_is() {
        assertThat(fit(days(14, day -> 100 + 10 * (day % 3))).grows()).isFalse();
        assertThat(fit(days(14, day -> 100 + 10 * (day % 3) + 20 * day)).grows())
                .isTrue();
    }

    @Test
    void the_order_of_the_points_does_not_matter() {
        List<Point> points = days(6, day -> day * day);

        assertThat(fit(points.reversed())).isEqualTo(fit(points));
    }

    @Test
    void too_few_points_give_no_fit() {
        assertThat(RobustFit.of(List.of())).isEmpty();
        assertThat(RobustFit.of(days(1, day -> 1))).isEmpty();
        assertThat(RobustFit.of(days(4, day -> day))).isEmpty();
        assertThat(RobustFit.of(days(5, day -> day))).isPresent();
        assertThat(RobustFit.of(
                        IntStream.range(0, 9).mapToObj(i -> new Point(START, i)).toList()))
                .isEmpty();
    }
}
