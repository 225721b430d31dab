package io.promwarden.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExpressionReadingTest {

    @Test
    void a_metric_is_read_where_its_name_stands_as_a_word() {
        assertThat(reads("sum(rate(a_total{job=\"x\"}[5m])) / b:ratio > 0", "a_total"))
                .isTrue();
        assertThat(reads("sum(rate(a_total[5m])) / b:ratio > 0", "b:ratio")).isTrue();
        assertThat(reads("sum(rate(a_total[5m]))", "a")).isFalse();
        assertThat(reads("sum(rate(a_total_more[5m]))", "a_total")).isFalse();
        assertThat(reads("x unless a_total", "a_total")).isTrue();
    }

    @Test
    void strings_comments_and_labels_are_no_metrics() {
        assertThat(reads("label_replace(b, \"x\", \"a_total\", \"\", \"\") # a_total", "a_total"))
                .isFalse();
        assertThat(reads("b{x='\\'a_total'} + `a_total` + \"a\\\"a_total\"", "a_total"))
                .isFalse();
        assertThat(reads("b # { a_total \n + a_total", "a_total")).isTrue();
        assertThat(reads("sum by (pod, a_total) (b) / on (a_total) group_left(a_total) c", "a_total"))
                .isFalse();
        assertThat(reads("b{a_total=\"1\"}", "a_total")).isFalse();
        assertThat(reads("sum without(a_total)(c) + a_total", "a_total")).isTrue();
    }

    @Test
    void names_in_braces_are_read_as_the_matchers_that_they_are() {
        assertThat(reads("{__name__=\"a_total\"}", "a_total")).isTrue();
        assertThat(reads("{__name__=\"a_total\"}", "b_total")).isFalse();
        assertThat(reads("{job=\"x\", __name__=~\"a_.*|c\"}", "a_total")).isTrue();
        assertThat(reads("{__name__=~\"a_.*|c\"}", "b_total")).isFalse();
        assertThat(reads("{\"a_total\", job='x'}", "a_total")).isTrue();
        assertThat(reads("{\"a_total\", job='x'}", "b_total")).isFalse();
    }

    @Test
    void a_selector_without_a_name_may_read_anything() {
        assertThat(reads("count({job=\"x\"})", "a_total")).isTrue();
        assertThat(reads("count({job=\"x\",__name__!=\"b\"})", "a_total")).isTrue();
        assertThat(reads("count(b {job=\"x\"})", "a_total")).isFalse();
        assertThat(reads("{__name__=~\"(\"}", "a_total")).isTrue();
    }

    @Test
    void the_look_back_is_never_shorter_than_what_is_read() {
        assertThat(back("a")).isEqualTo(Duration.ofMinutes(5));
        assertThat(back("rate(a[1h]) / rate(b[1d12h])")).isEqualTo(Duration.ofHours(36));
        assertThat(back("rate(a[1h] offset 30d)")).isEqualTo(Duration.ofDays(30).plusHours(1));
        assertThat(back("rate(a[1h] offset -30d)")).isEqualTo(Duration.ofHours(1));
        assertThat(back("max_over_time(rate(a[5m])[30d:1h])"))
                .isEqualTo(Duration.ofDays(30).plusMinutes(5));
        assertThat(back("max_over_time(avg_over_time(a[7d:])[30d:1h])"))
                .isEqualTo(Duration.ofDays(37).plusMinutes(5));
        assertThat(back("rate(a[7200])")).isEqualTo(Duration.ofHours(2));
        assertThat(back("b{x=\"[90d]\"} # [90d]")).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void a_fixed_time_or_a_range_that_is_computed_tells_no_look_back() {
        assertThat(ExpressionReading.of("a @ 1609746000").lookBack()).isEmpty();
        assertThat(ExpressionReading.of("rate(a[5m + 1h])").lookBack()).isEmpty();
        assertThat(ExpressionReading.of("a offset (5m)").lookBack()).isEmpty();
    }

    @Test
    void an_expression_that_is_cut_off_is_read_to_its_end() {
        for (String broken :
                new String[] {"a_total{", "a_total{x=", "a_total{x=\"", "a_total[", "a_total[5m", "by (", "\""}) {
            assertThat(ExpressionReading.of(broken).words()).isNotNull();
        }
        assertThat(reads("a_total{x=\"", "a_total")).isTrue();
    }

    private static boolean reads(String expression, String metric) {
        return ExpressionReading.of(expression).mayRead(metric);
    }

    private static Duration back(String expression) {
        return ExpressionReading.of(expression).lookBack().orElseThrow();
    }
}
