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
