package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * By how much a server's own counters grew in the last 24 h. Its exposition tells of the time since its start only; what
 * came of an older process is asked of its own history, where it scrapes itself.
 */
final class LastDay {

    static final String COMPACTIONS_FAILED = "prometheus_tsdb_compactions_failed_total";
    static final String RELOADS_FAILED = "prometheus_tsdb_reloads_failures_total";
    static final String TRUNCATIONS_FAILED = "prometheus_tsdb_head_truncations_failed_total";
    static final String VERTICAL_COMPACTIONS = "prometheus_tsdb_vertical_compactions_total";

    static final List<String> COUNTERS =
            List.of(COMPACTIONS_FAILED, RELOADS_FAILED, TRUNCATIONS_FAILED, VERTICAL_COMPACTIONS);

    static final String PROCESS_START = "process_start_time_seconds";

    private static final Duration DAY = Duration.ofDays(1);

    private LastDay() {}

    static Map<String, Answer<Double>> of(MetricsServer server, Answer<OwnMetrics> own, Instant now) {
        Map<String, Answer<Double>> grown = new HashMap<>();
        COUNTERS.forEach(counter -> grown.put(counter, own.flatMap(metrics -> grown(server, metrics, counter, now))));
        return grown;
    }

    private static Answer<Double> grown(MetricsServer server, OwnMetrics own, String counter, Instant now) {
        OptionalDouble total = own.sum(counter);
        if (total.isEmpty() || !Double.isFinite(total.getAsDouble())) {
            return Answer.unknown("its own metrics lack " + counter);
        }
        if (total.getAsDouble() <= 0) {
            return Answer.known(0d);
        }
        OptionalDouble start = own.sum(PROCESS_START);
        if (start.isEmpty()) {
            return Answer.unknown("its own metrics lack " + PROCESS_START);
        }
        if (start.getAsDouble() > now.minus(DAY).getEpochSecond()) {
            return Answer.known(total.getAsDouble());
        }
        // Of all servers that it scrapes, itself is the one that started in the same hundredth of a second.
        String expression = "(" + counter + " - " + counter + " offset 1d) and on (job, instance) (" + PROCESS_START
                + " == " + start.getAsDouble() + ")";
        return server.query(expression, now).flatMap(samples -> largest(samples, counter, total.getAsDouble()));
    }

    private static Answer<Double> largest(List<Sample> samples, String counter, double total) {
        OptionalDouble largest = samples.stream()
                .mapToDouble(Sample::value)
                .filter(Double::isFinite)
                .max();
        return largest.isPresent()
                ? Answer.known(Math.max(0, largest.getAsDouble()))
                : Answer.unknown(
                        counter + " is " + (long) total
                                + " since its start, and it has no history of its own that tells whether that was in the last day");
    }
}
