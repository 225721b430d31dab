package io.promwarden.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether the head is cut into blocks as it should be, and isn't about to be: a delete and a clean hold the lock that this
 * needs. Prometheus compacts the head once it spans more than one and a half blocks.
 */
final class HeadTiming {

    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(15);

    private HeadTiming() {}

    static List<Refusal> refusals(PodObservations seen, DeletionBounds bounds) {
        if (bounds.headStart().isEmpty()) {
            return List.of();
        }
        Instant now = bounds.now();
        Instant from = bounds.headStart().get();
        Duration block = bounds.block();
        if (from.isBefore(now.minus(block.multipliedBy(3)))) {
            return List.of(new Refusal(
                    "head-stuck",
                    "its head begins at " + from + ", more than three blocks ago: it is not compacted as it should be",
                    "Its log says why compactions do not happen; without them the WAL grows until the disk is full."));
        }
        Duration margin = least(LONGEST_MARGIN, block.dividedBy(8));
        Instant due = from.plus(block.multipliedBy(3).dividedBy(2));
        if (now.isBefore(due.minus(margin)) || (now.isAfter(due.plus(margin)) && !spansEnough(seen, from, block))) {
            return List.of();
        }
        return List.of(new Refusal(
                "head-compaction-due",
                "its head is compacted at about " + due.truncatedTo(ChronoUnit.SECONDS)
                        + ", and nothing is to be in the way",
                "Run again after "
                        + due.plus(margin).truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofMinutes(5))
                        + ", or move the job's time."));
    }

    /** False where nothing was added for so long that the head will not be compacted. */
    private static boolean spansEnough(PodObservations seen, Instant from, Duration block) {
        OptionalDouble latest = seen.ownMetrics()
                .value()
                .map(own -> own.sum("prometheus_tsdb_head_max_time"))
                .orElse(OptionalDouble.empty());
        Optional<Instant> to = latest.isPresent() && Math.abs(latest.getAsDouble()) < 1e16
                ? Optional.of(Instant.ofEpochMilli((long) latest.getAsDouble()))
                : Optional.empty();
        return to.isEmpty()
                || Duration.between(from, to.get())
                                .compareTo(block.multipliedBy(3).dividedBy(2))
                        > 0;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
