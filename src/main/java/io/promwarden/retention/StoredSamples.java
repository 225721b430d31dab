package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import io.promwarden.label.Matcher;
import io.promwarden.label.SeriesSelector;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one server holds of a selector between two instants, both included: its series, and its samples counted exactly.
 *
 * <p>A range selector includes its left end before Prometheus 3.0 and leaves it out since. Samples are counted metric by
 * metric, as {@code count_over_time} drops names and refuses two series that are alike without theirs, and in windows that
 * no single query takes long for.
 */
final class StoredSamples {

    private static final long SERIES_HOURS_PER_QUERY = 250_000;
    private static final long LONGEST_WINDOW_HOURS = 720;

    private final MetricsServer server;
    private final boolean leftOpen;

    StoredSamples(MetricsServer server, int majorVersion) {
        this.server = server;
        this.leftOpen = majorVersion >= 3;
    }

    /**
     * The series that have a chunk in the range. One whose samples in it were all deleted may still be listed, until its
     * block is rewritten.
     */
    Answer<List<Labels>> series(SeriesSelector selector, Instant start, Instant end) {
        return server.series(selector.text(), start, end);
    }

    /** The samples of all series that are there now. */
    Answer<Long> samples(SeriesSelector selector, Instant start, Instant end) {
        return series(selector, start, end).flatMap(series -> samples(selector, series, start, end));
    }

    /** The samples of series that are known already. */
    Answer<Long> samples(SeriesSelector selector, List<Labels> series, Instant start, Instant end) {
        Map<String, Long> seriesByMetric = series.stream()
                .collect(Collectors.groupingBy(
                        labels -> labels.value(Matcher.METRIC_NAME), TreeMap::new, Collectors.counting()));
        long sum = 0;
        for (Map.Entry<String, Long> metric : seriesByMetric.entrySet()) {
            switch (count(selector.forMetric(metric.getKey()), metric.getValue(), start, end)) {
                case Answer.Unknown<Long> unknown -> {
                    return unknown;
                }
                case Answer.Known<Long> known -> sum += known.known();
            }
        }
        return Answer.known(sum);
    }

    /** How many series of any metrics had a sample in the hour before an instant. */
    Answer<Long> seriesAt(String selector, Instant at) {
        // Of the functions over a range, this one keeps the metrics' names.
        return server.query("count(last_over_time(" + selector + "[1h]))", at).flatMap(StoredSamples::number);
    }

    private Answer<Long> count(SeriesSelector selector, long series, Instant start, Instant end) {
        Duration window = Duration.ofHours(Math.clamp(SERIES_HOURS_PER_QUERY / series, 1, LONGEST_WINDOW_HOURS));
        long sum = 0;
        Instant from = start;
        while (!from.isAfter(end)) {
            Instant to = from.plus(window).minusMillis(1);
            if (!to.isBefore(end.minusMillis(1))) {
                to = end;
            }
            switch (one(selector, from, to)) {
                case Answer.Unknown<Long> unknown -> {
                    return unknown;
                }
                case Answer.Known<Long> known -> sum += known.known();
            }
            from = to.plusMillis(1);
        }
        return Answer.known(sum);
    }

    private Answer<Long> one(SeriesSelector selector, Instant from, Instant to) {
        long millis = Duration.between(from, to).toMillis() + (leftOpen ? 1 : 0);
        String expression = "sum(count_over_time(" + selector.text() + "[" + millis + "ms]))";
        return server.query(expression, to).flatMap(StoredSamples::number);
    }

    /** The value of an aggregation over everything; nothing at all is 0. */
    static Answer<Long> number(List<Sample> vector) {
        if (vector.isEmpty()) {
            return Answer.known(0L);
        }
        double value = vector.getFirst().value();
        return vector.size() == 1 && value >= 0 && value < 1e15
                ? Answer.known((long) value)
                : Answer.unknown("a count came back as " + vector.size() + " values, the first of them " + value);
    }
}
