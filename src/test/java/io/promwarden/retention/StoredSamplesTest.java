package io.promwarden.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import io.promwarden.label.ParsedSelector;
import io.promwarden.label.SeriesSelector;
import io.promwarden.observation.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StoredSamplesTest {

    private static final Instant START = Instant.parse("2026-10-13T12:00:00Z");

    private final RecordedPrometheus server = new RecordedPrometheus("a", "a");

    @Test
    void before_3_a_window_includes_both_ends_and_the_next_begins_a_millisecond_later() {
        assertWindowsAreGapless(2, START.plus(Duration.ofDays(90)), 100);
        assertWindowsAreGapless(2, START.plusSeconds(1), 100);
        assertWindowsAreGapless(2, START.plus(Duration.ofDays(30)), 1);
        assertWindowsAreGapless(2, START.plus(Duration.ofDays(30)).minusSeconds(1), 1);
    }

    @Test
    void since_3_a_window_is_a_millisecond_longer_as_its_left_end_is_left_out() {
        assertWindowsAreGapless(3, START.plus(Duration.ofDays(90)), 100);
        assertWindowsAreGapless(3, START.plusSeconds(1), 100);
    }

    @Test
    void many_series_are_counted_in_short_windows() {
        assertThat(assertWindowsAreGapless(2, START.plus(Duration.ofDays(2)), 100_000))
                .isEqualTo(24);
        assertThat(assertWindowsAreGapless(2, START.plus(Duration.ofDays(2)), 100))
                .isEqualTo(1);
    }

    @Test
    void each_metric_is_counted_by_itself_and_summed() {
        server.queries = (expression, at) -> RecordedPrometheus.number(expression.contains("(http_a{") ? 5 : 7);
        List<Labels> series = List.of(
                Labels.of(Map.of("__name__", "http_a", "pod", "x")),
                Labels.of(Map.of("__name__", "http_b", "pod", "x")));

        Answer<Long> count = new StoredSamples(server, 2)
                .samples(selector("{__name__=~\"http_.*\",pod=\"x\"}"), series, START, START.plusSeconds(60));

        assertThat(count).isEqualTo(Answer.known(12L));
        assertThat(server.asked)
                .extracting(RecordedPrometheus.Asked::expression)
                .containsExactly(
                        "sum(count_over_time(http_a{pod=\"x\"}[60000ms]))",
                        "sum(count_over_time(http_b{pod=\"x\"}[60000ms]))");
    }

    @Test
    void a_window_that_could_not_be_counted_makes_the_count_unknown() {
        server.queries = (expression, at) ->
                at.equals(START.plus(Duration.ofDays(90))) ? Answer.unknown("timed out") : RecordedPrometheus.number(1);

        assertThat(new StoredSamples(server, 2)
                        .samples(selector("a"), series(100), START, START.plus(Duration.ofDays(90))))
                .isEqualTo(Answer.unknown("timed out"));
    }

    @Test
    void no_series_means_no_samples_and_no_query() {
        assertThat(new StoredSamples(server, 2).samples(selector("a"), START, START.plusSeconds(1)))
                .isEqualTo(Answer.known(0L));
        assertThat(server.asked).isEmpty();
    }

    @Test
    void an_answer_that_is_no_count_is_unknown() {
        assertThat(StoredSamples.number(List.of(new Sample(Labels.EMPTY, Double.NaN))))
                .isInstanceOf(Answer.Unknown.class);
        assertThat(StoredSamples.number(List.of(new Sample(Labels.EMPTY, 1), new Sample(Labels.EMPTY, 2))))
                .isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void a_count_that_the_budget_ends_is_extrapolated_and_says_so() {
        // 100 series with one sample a minute: 6,000 an hour.
        server.queries = RecordedPrometheus.perHour(6_000);
        QueryBudget budget = new QueryBudget(3_600_000);
        StoredSamples.Counted counted = counted(budget, 0);

        assertThat(counted.complete()).isFalse();
        assertThat(counted.samples()).isBetween(1L, 3_600_000L);
        assertThat(budget.left()).isEqualTo(3_600_000 - counted.samples());
        assertThat(server.asked).isNotEmpty();
        Figure figure = counted.figure(100);
        assertThat(figure.certainty()).isEqualTo(Figure.Certainty.ESTIMATE);
        assertThat(figure.low()).isBetween(12_950_000L, 12_970_000L);
        assertThat(figure.how()).contains("of 2,160 hours");
    }

    @Test
    void a_reserve_is_left_untouched_and_what_is_too_little_for_an_hour_asks_nothing() {
        server.queries = RecordedPrometheus.perHour(6_000);
        QueryBudget budget = new QueryBudget(10_000_000);
        StoredSamples.Counted counted = counted(budget, 9_800_000);
        assertThat(server.asked).isEmpty();
        assertThat(counted.figure(100).known()).isFalse();
        assertThat(budget.left()).isEqualTo(10_000_000);
    }

    @Test
    void no_count_takes_more_than_is_left_though_the_metric_begins_late() {
        server.queries = (expression, at) -> at.isBefore(START.plus(Duration.ofDays(60)))
                ? RecordedPrometheus.number(0)
                : RecordedPrometheus.perHour(6_000).apply(expression, at);
        QueryBudget budget = new QueryBudget(2_000_000);
        StoredSamples.Counted counted = counted(budget, 0);
        assertThat(counted.samples()).isBetween(1L, 2_000_000L);
    }

    @Test
    void early_samples_are_told_apart_in_the_same_pass() {
        server.queries = RecordedPrometheus.perHour(6_000);
        Instant end = START.plus(Duration.ofDays(10));
        Answer<StoredSamples.Counted> count = new StoredSamples(server, 2)
                .count(selector("a"), series(100), START, end, end.minus(Duration.ofHours(2)), 0);
        StoredSamples.Counted counted = count.value().orElseThrow();
        assertThat(counted.samples() - counted.early()).isBetween(11_990L, 12_010L);
        assertThat(counted.figure(100)).isEqualTo(Figure.exact(counted.samples(), "counted"));
    }

    @Test
    void what_a_run_has_counted_whole_is_not_counted_again_before_the_deletion() {
        server.queries = RecordedPrometheus.perHour(6_000);
        StoredSamples stored = new StoredSamples(server, 2, new QueryBudget(100_000_000));
        Instant end = START.plus(Duration.ofDays(10));
        Answer<Long> first = stored.samples(selector("a"), series(100), START, end);
        int asked = server.asked.size();
        assertThat(stored.samplesBefore(selector("a"), series(100), START, end)).isEqualTo(first);
        assertThat(server.asked).hasSize(asked);
        stored.samples(selector("a"), series(100), START, end);
        assertThat(server.asked).hasSize(2 * asked);
    }

    private StoredSamples.Counted counted(QueryBudget budget, long reserve) {
        Instant end = START.plus(Duration.ofDays(90));
        return new StoredSamples(server, 2, budget)
                .count(selector("a"), series(100), START, end, end, reserve)
                .value()
                .orElseThrow();
    }

    /** Returns how many windows there were. */
    private int assertWindowsAreGapless(int major, Instant end, int seriesCount) {
        server.asked.clear();
        new StoredSamples(server, major).samples(selector("a"), series(seriesCount), START, end);
        Instant next = START;
        for (RecordedPrometheus.Asked asked : server.asked) {
            Matcher range = Pattern.compile("\\[(\\d+)ms]").matcher(asked.expression());
            assertThat(range.find()).isTrue();
            long millis = Long.parseLong(range.group(1));
            assertThat(millis).isPositive();
            Instant first = asked.at().minusMillis(millis).plusMillis(major >= 3 ? 1 : 0);
            assertThat(first).isEqualTo(next);
            next = asked.at().plusMillis(1);
        }
        assertThat(next).isEqualTo(end.plusMillis(1));
        return server.asked.size();
    }

    private static List<Labels> series(int count) {
        List<Labels> series = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            series.add(Labels.of(Map.of("__name__", "a", "n", String.valueOf(i))));
        }
        return series;
    }

    private static SeriesSelector selector(String text) {
        return ((ParsedSelector.Selected) SeriesSelector.parse(text)).selector();
    }
}
