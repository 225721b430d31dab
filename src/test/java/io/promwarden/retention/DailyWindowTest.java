package io.promwarden.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DailyWindowTest {

    @Test
    void a_window_begins_with_its_first_minute_and_ends_before_its_last() {
        DailyWindow window = DailyWindow.parse("01:00-05:30").orElseThrow();
        assertThat(window.contains(Instant.parse("2026-11-22T00:59:59Z"))).isFalse();
        assertThat(window.contains(Instant.parse("2026-11-22T01:00:00Z"))).isTrue();
        assertThat(window.contains(Instant.parse("2026-11-22T05:29:59Z"))).isTrue();
        assertThat(window.contains(Instant.parse("2026-11-22T05:30:00Z"))).isFalse();
    }

    @Test
    void a_window_may_span_midnight() {
        DailyWindow window = DailyWindow.parse("22:00-04:00").orElseThrow();
        assertThat(window.contains(Instant.parse("2026-11-22T21:59:00Z"))).isFalse();
        assertThat(window.contains(Instant.parse("2026-11-22T23:00:00Z"))).isTrue();
        assertThat(window.contains(Instant.parse("2026-11-23T03:59:00Z"))).isTrue();
        assertThat(window.contains(Instant.parse("2026-11-23T04:00:00Z"))).isFalse();
    }

    @Test
    void what_is_no_part_of_a_day_is_no_window() {
        assertThat(DailyWindow.parse("1-5")).isEmpty();
        assertThat(DailyWindow.parse("25:00-26:00")).isEmpty();
        assertThat(DailyWindow.parse("03:00-03:00")).isEmpty();
        assertThat(DailyWindow.parse("03:00")).isEmpty();
    }
}
