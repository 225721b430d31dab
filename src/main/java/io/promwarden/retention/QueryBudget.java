package io.promwarden.retention;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many samples one server may be made to read for counting in one run. What counts return is what they cost; a window
 * is only counted when no more is expected of it than is left.
 */
final class QueryBudget {

    /** One sample a second: as dense as a series is expected to be while nothing is known of it. */
    private static final double DENSEST = 3600;

    /** Series get denser when somebody shortens a scrape interval. */
    private static final double MARGIN = 1.25;

    private long left;
    private final Map<String, Double> rates = new HashMap<>();
    private final Map<Range, Long> counted = new HashMap<>();
    private boolean sent;

    private record Range(String selector, Instant start, Instant end) {}

    QueryBudget(long samples) {
        left = samples;
    }

    static QueryBudget unlimited() {
        return new QueryBudget(Long.MAX_VALUE / 4);
    }

    long left() {
        return left;
    }

    /**
     * Whole hours of a metric that may be counted at once.
     *
     * @param reserve samples that must be left afterwards
     */
    long hours(String metric, long series, long reserve) {
        double anHour = series * rates.getOrDefault(metric, DENSEST);
        return (long) Math.max(0, (left - reserve) / anHour);
    }

    /** For what says nothing of how dense a metric's series are. */
    void spend(long samples) {
        left = Math.max(0, left - samples);
    }

    void spend(String metric, long samples, double seriesHours) {
        spend(samples);
        if (samples > 0) {
            rates.merge(metric, samples / seriesHours * MARGIN, Math::max);
        }
    }

    /** Notes a count that was exact, so that it isn't made again before the server is changed. */
    void remember(String selector, Instant start, Instant end, long samples) {
        if (!sent) {
            counted.put(new Range(selector, start, end), samples);
        }
    }

    /** A call was sent to the server: what it held before says nothing any more, whichever selector it was counted for. */
    void forget() {
        sent = true;
        counted.clear();
    }

    /** What was counted in this run already; empty once something was sent to the server. */
    Optional<Long> remembered(String selector, Instant start, Instant end) {
        return Optional.ofNullable(counted.get(new Range(selector, start, end)));
    }
}
