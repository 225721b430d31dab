package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.observation.OwnMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Between which instants a server's samples may be deleted at all.
 *
 * @param now the smaller of its clock and ours
 * @param oldest its oldest sample; empty when it holds none
 * @param headStart the head's oldest sample; empty when there is no head
 * @param block how long its shortest block is
 */
record DeletionBounds(Instant now, Optional<Instant> oldest, Optional<Instant> headStart, Duration block) {

    static final String MIN_BLOCK = "storage.tsdb.min-block-duration";
    static final String MAX_BLOCK = "storage.tsdb.max-block-duration";

    /** Nothing that Prometheus stores is older, and an end in the wrong unit lands far outside. */
    static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final double LAST_MILLI = 253_402_300_799_000d;

    /** Both ends inclusive, whole seconds. */
    record Range(Instant start, Instant end) {}

    /**
     * Computes them.
     *
     * @param refusals takes what stands against it
     * @return empty when something that they depend on is not known or not sound
     */
    static Optional<DeletionBounds> compute(PodObservations seen, List<Refusal> refusals) {
        List<Refusal> found = new ArrayList<>();
        switch (seen.serverTime()) {
            case Answer.Unknown<Instant> unknown ->
                found.add(new Refusal(
                        "time-unknown",
                        "its clock could not be read: " + unknown.why(),
                        "Make it answer queries; what is not known is refused."));
            case Answer.Known<Instant> known -> {
                Duration apart = Duration.between(known.known(), seen.ourTime()).abs();
                if (apart.compareTo(SKEW) > 0) {
                    found.add(new Refusal(
                            "clock-skew",
                            "its clock and ours differ by " + apart.toSeconds() + " s: what is old cannot be told",
                            "Set the clocks right: more than a minute is refused."));
                }
            }
        }
        Optional<Duration> block =
                seen.flags().value().flatMap(flags -> PrometheusDuration.parse(flags.getOrDefault(MIN_BLOCK, "")));
        Optional<OwnMetrics> metrics = seen.ownMetrics().value();
        OptionalDouble head =
                metrics.map(own -> own.sum("prometheus_tsdb_head_min_time")).orElse(OptionalDouble.empty());
        OptionalDouble oldest =
                metrics.map(own -> own.sum("prometheus_tsdb_lowest_timestamp")).orElse(OptionalDouble.empty());
        if (metrics.isPresent() && (missing(head) || missing(oldest))) {
            found.add(new Refusal(
                    "tsdb-times-unknown",
                    "its own metrics lack prometheus_tsdb_head_min_time or prometheus_tsdb_lowest_timestamp",
                    "Check its /metrics; what is not known is refused."));
        }
        refusals.addAll(found);
        if (!found.isEmpty() || block.isEmpty() || missing(head) || missing(oldest)) {
            return Optional.empty();
        }
        return Optional.of(new DeletionBounds(
                seen.now(), instant(oldest.getAsDouble()), instant(head.getAsDouble()), block.get()));
    }

    /** What is older than a policy keeps, and may be touched; empty when nothing is. */
    Optional<Range> olderThan(Duration keep) {
        Duration least = keep.compareTo(block) > 0 ? keep : block;
        Instant end = now.minus(least);
        if (headStart.isPresent() && headStart.get().minus(block).isBefore(end)) {
            end = headStart.get().minus(block);
        }
        end = end.truncatedTo(ChronoUnit.SECONDS);
        if (oldest.isEmpty()) {
            return Optional.empty();
        }
        Instant start =
                oldest.get().isBefore(EARLIEST) ? EARLIEST : oldest.get().truncatedTo(ChronoUnit.SECONDS);
        return start.isBefore(end) ? Optional.of(new Range(start, end)) : Optional.empty();
    }

    private static boolean missing(OptionalDouble value) {
        return value.isEmpty() || Double.isNaN(value.getAsDouble());
    }

    /** Milliseconds; an empty head or database gives the largest integer. */
    private static Optional<Instant> instant(double millis) {
        return millis > LAST_MILLI ? Optional.empty() : Optional.of(Instant.ofEpochMilli((long) millis));
    }
}
