package io.promwarden.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StorageTrendsTest {

    @Test
    void a_course_is_drawn_between_its_least_and_its_most() {
        assertThat(StorageTrends.spark(List.of(100L, 200L, 300L, 800L))).isEqualTo("▁▂▃█");
        assertThat(StorageTrends.spark(List.of(5L, 5L, 5L))).isEqualTo("▁▁▁");
    }

    @Test
    void what_was_not_recorded_is_no_zero() {
        assertThat(StorageTrends.spark(List.of(-1L, 100L, -1L, 200L))).isEqualTo("·▁·█");
    }

    @Test
    void one_figure_has_no_course() {
        assertThat(StorageTrends.spark(List.of(-1L, 100L))).isEmpty();
        assertThat(StorageTrends.spark(List.of())).isEmpty();
    }
}
