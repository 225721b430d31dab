package io.promwarden.catalog.tsdb;

import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.OwnMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one server says of its own TSDB.
 *
 * @param flags empty where they are not known
 */
record Tsdb(OwnMetrics own, Map<String, String> flags) {

    static final String PREFIX = "prometheus_tsdb_";
    static final String HEAD_SERIES = PREFIX + "head_series";

    /** A block of the head, unless a flag says otherwise. */
    private static final Duration USUAL_BLOCK = Duration.ofHours(2);

    /** The year 9999: an empty head gives the largest integer for its oldest sample. */
    private static final double LAST_SECOND = 253_402_300_799d;

    /** Empty if its own metrics are not known; the runner has told why. */
    static Optional<Tsdb> of(MetricsServer server) {
        return server.ownMetrics()
                .value()
                .map(own -> new Tsdb(own, server.flags().value().orElse(Map.of())));
    }

    /** The sum over all label sets; empty where it isn't exposed, or is no number. */
    OptionalDouble value(String metric) {
        OptionalDouble sum = own.sum(metric);
        return sum.isPresent() && Double.isFinite(sum.getAsDouble()) ? sum : OptionalDouble.empty();
    }

    /** The time that a block straight from the head stands for. */
    Duration block() {
        return Retention.time(flags.getOrDefault("storage.tsdb.min-block-duration", ""))
                .filter(Duration::isPositive)
                .orElse(USUAL_BLOCK);
    }

    /** The head's oldest sample; empty if the head is, or it isn't told. */
    Optional<Instant> headFrom() {
        return instant("head_min_time");
    }

    /** The head's newest sample. */
    Optional<Instant> headTo() {
        return instant("head_max_time");
    }

    /** From the head's oldest sample to its newest. */
    Optional<Duration> head() {
        return headFrom().flatMap(from -> headTo().filter(from::isBefore).map(to -> Duration.between(from, to)));
    }

    /** When the process began. */
    Optional<Instant> started() {
        OptionalDouble start = value("process_start_time_seconds");
        return start.isPresent() && start.getAsDouble() > 0 && start.getAsDouble() < LAST_SECOND
                ? Optional.of(Instant.ofEpochMilli((long) (start.getAsDouble() * 1000)))
                : Optional.empty();
    }

    /** Prometheus gives these times in milliseconds, and in seconds under a longer name. */
    Optional<Instant> instant(String name) {
        OptionalDouble seconds = value(PREFIX + name + "_seconds");
        OptionalDouble millis = value(PREFIX + name);
        double known = seconds.isPresent() ? seconds.getAsDouble() : millis.orElse(0) / 1000;
        return known > 0 && known < LAST_SECOND
                ? Optional.of(Instant.ofEpochMilli((long) (known * 1000)))
                : Optional.empty();
    }
}
