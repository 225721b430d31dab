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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    private static final String USED_UP = "the query budget is used up (queryBudget in the job)";
    private static final long SERIES_HOURS_PER_QUERY = 250_000;
    private static final long LONGEST_WINDOW_HOURS = 720;

    private final MetricsServer server;
    private final boolean leftOpen;
    private final QueryBudget budget;

    /**
     * What was counted of a range, metric by metric and window by window.
     *
     * @param samples that were counted
     * @param early those of them up to the instant that was asked for
     * @param hours hours times series that were counted
     * @param dense those of them in windows that had a sample
     * @param whole hours times series of the whole range
     * @param stopped why not everything was counted; empty when it was
     */
    record Counted(long samples, long early, double hours, double dense, double whole, Optional<String> stopped) {

        boolean complete() {
            return stopped.isEmpty();
        }

        /** What there is in the whole range, and how that is known. */
        Figure figure(long series) {
            if (stopped.isEmpty()) {
                return Figure.exact(samples, "counted");
            }
            if (dense == 0) {
                return Figure.unknown(stopped.get());
            }
            return Figure.estimate(
                    Math.round(samples + (whole - hours) * samples / dense),
                    String.format(
                            Locale.ROOT,
                            "counted %,.0f of %,.0f hours, the rest at the same rate: %s",
                            hours / series,
                            whole / series,
                            stopped.get()));
        }
    }

    StoredSamples(MetricsServer server, int majorVersion) {
        this(server, majorVersion, QueryBudget.unlimited());
    }

    StoredSamples(MetricsServer server, int majorVersion, QueryBudget budget) {
        this.server = server;
        this.leftOpen = majorVersion >= 3;
        this.budget = budget;
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

    /** The samples of series that are known already; unknown when the budget does not last for all of them. */
    Answer<Long> samples(SeriesSelector selector, List<Labels> series, Instant start, Instant end) {
        return count(selector, series, start, end, end, 0)
                .flatMap(counted -> counted.complete() ? Answer.known(counted.samples()) : Answer.unknown(USED_UP));
    }

    /** The same, but not counted again where this run has counted them, as the plan did, and nothing was sent since. */
    Answer<Long> samplesBefore(SeriesSelector selector, List<Labels> series, Instant start, Instant end) {
        return budget.remembered(selector.text(), start, end)
                .map(Answer::known)
                .orElseGet(() -> samples(selector, series, start, end));
    }

    /** To be called before a call is sent: two selectors may meet on the same series, so that no earlier count holds. */
    void forgetCounts() {
        budget.forget();
    }

    /**
     * Counts as much as the budget allows.
     *
     * @param early an instant in the range up to which samples are also told apart; if there are none, nothing after it is
     *     counted
     * @param reserve samples that are to be left of the budget
     */
    Answer<Counted> count(
            SeriesSelector selector, List<Labels> series, Instant start, Instant end, Instant early, long reserve) {
        Map<String, Long> seriesByMetric = series.stream()
                .collect(Collectors.groupingBy(
                        labels -> labels.value(Matcher.METRIC_NAME), TreeMap::new, Collectors.counting()));
        Tally tally = new Tally();
        Optional<String> problem = each(selector, seriesByMetric, start, early, reserve, tally);
        tally.early = tally.samples;
        if (problem.isPresent()) {
            return Answer.unknown(problem.get());
        }
        // Where nothing is early enough nobody asks for the rest.
        boolean rest = early.isBefore(end) && (tally.early > 0 || tally.stopped.isPresent());
        if (rest) {
            each(selector, seriesByMetric, early.plusMillis(1), end, reserve, tally)
                    .ifPresent(why -> tally.stopped = Optional.of(why));
        }
        Counted counted = tally.counted();
        if (counted.complete() && (rest || !early.isBefore(end))) {
            budget.remember(selector.text(), start, end, counted.samples());
        }
        return Answer.known(counted);
    }

    /**
     * How many series of any metrics were there at an instant: those with a sample in the five minutes before it, which is as
     * cheap as looking at all of them can be. Not asked once the budget is used up.
     */
    Answer<Long> seriesAt(String selector, Instant at) {
        if (budget.left() == 0) {
            return Answer.unknown(USED_UP);
        }
        Answer<Long> series = server.query("count(" + selector + ")", at).flatMap(StoredSamples::number);
        series.value().ifPresent(budget::spend);
        return series;
    }

    /** The samples of a selector that names one metric, within so short a range that one query does. */
    Answer<Long> samplesOfMetric(SeriesSelector selector, Instant start, Instant end) {
        Answer<Long> samples = one(selector, start, end);
        samples.value().ifPresent(budget::spend);
        return samples;
    }

    /** Every metric between two instants. */
    private Optional<String> each(
            SeriesSelector selector,
            Map<String, Long> seriesByMetric,
            Instant start,
            Instant end,
            long reserve,
            Tally tally) {
        for (Map.Entry<String, Long> metric : seriesByMetric.entrySet()) {
            Optional<String> problem = count(
                    new Part(
                            metric.getKey(),
                            selector.forMetric(metric.getKey()),
                            metric.getValue(),
                            start,
                            end,
                            reserve),
                    tally);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** One metric between two instants. */
    private record Part(String metric, SeriesSelector selector, long series, Instant start, Instant end, long reserve) {
        double hours(Instant from, Instant to) {
            return series * Math.max(1, Duration.between(from, to).toMillis()) / 3_600_000d;
        }
    }

    private static final class Tally {
        private long samples;
        private long early;
        private double hours;
        private double dense;
        private double whole;
        private Optional<String> stopped = Optional.empty();

        Counted counted() {
            return new Counted(samples, early, hours, dense, whole, stopped);
        }
    }

    /** Empty, or why it could not be counted. */
    private Optional<String> count(Part part, Tally tally) {
        tally.whole += part.hours(part.start(), part.end());
        long usual = Math.clamp(SERIES_HOURS_PER_QUERY / part.series(), 1, LONGEST_WINDOW_HOURS);
        Instant from = part.start();
        while (!from.isAfter(part.end())) {
            long hours = Math.min(usual, budget.hours(part.metric(), part.series(), part.reserve()));
            if (hours < 1) {
                tally.stopped = Optional.of(USED_UP);
                return Optional.empty();
            }
            Instant to = from.plus(Duration.ofHours(hours)).minusMillis(1);
            if (!to.isBefore(part.end().minusMillis(1))) {
                to = part.end();
            }
            switch (one(part.selector(), from, to)) {
                case Answer.Unknown<Long> unknown -> {
                    return Optional.of(unknown.why());
                }
                case Answer.Known<Long> known -> {
                    double counted = part.hours(from, to);
                    budget.spend(part.metric(), known.known(), counted);
                    tally.samples += known.known();
                    tally.hours += counted;
                    tally.dense += known.known() > 0 ? counted : 0;
                }
            }
            from = to.plusMillis(1);
        }
        return Optional.empty();
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
