package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.observation.Block;
import io.promwarden.observation.OwnMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Whether the disk can hold what a rewrite needs: twice the largest block, the WAL's growth meanwhile and a fifth more, and
 * all blocks once more where a snapshot pins them.
 */
final class Room {

    private static final double RESERVE = 1.2;

    /** Slow for a disk, so that the WAL's growth comes out large. */
    private static final double REWRITTEN_BYTES_PER_SECOND = 10_000_000;

    private static final double WAL_BYTES_PER_SAMPLE = 8;
    private static final double LEAST_SECONDS = 600;

    private Room() {}

    static List<Refusal> refusals(PodObservations seen) {
        return switch (seen.condition().freeBytes()) {
            case Answer.Unknown<Double> unknown -> List.of(unknown(unknown.why()));
            case Answer.Known<Double> free ->
                seen.ownMetrics()
                        .value()
                        .map(own -> judged(seen, own, free.known()))
                        .orElse(List.of());
        };
    }

    private static List<Refusal> judged(PodObservations seen, OwnMetrics own, double free) {
        OptionalDouble all = own.sum("prometheus_tsdb_storage_blocks_bytes");
        if (all.isEmpty()) {
            return List.of(unknown("its own metrics lack prometheus_tsdb_storage_blocks_bytes"));
        }
        double bytes = all.getAsDouble();
        double largest = largest(seen.condition().blocks(), bytes);
        double wal = walGrowth(own, seen.now(), largest);
        double pinned = seen.condition().snapshot() ? bytes : 0;
        double needed = (2 * largest + wal + pinned) * RESERVE;
        if (free >= needed) {
            return List.of();
        }
        String what = seen.condition().blocks().value().isPresent()
                ? "the largest block"
                : "all blocks, as its version " + "does not tell how large one is";
        return List.of(new Refusal(
                "free-space-too-small",
                megabytes(free) + " are free, and " + megabytes(needed) + " may be needed: twice " + megabytes(largest)
                        + " (" + what + "), " + megabytes(wal) + " of WAL meanwhile"
                        + (pinned > 0 ? ", " + megabytes(pinned) + " that the snapshot holds on to" : "")
                        + ", and a fifth more",
                "Give the volume more room, or let Prometheus' own retention free some first."));
    }

    /** By its share of samples or series, whichever is larger; no API tells bytes. */
    private static double largest(Answer<List<Block>> blocks, double all) {
        List<Block> known = blocks.value().orElse(List.of());
        double samples = known.stream().mapToLong(Block::samples).sum();
        double series = known.stream().mapToLong(Block::series).sum();
        if (samples <= 0 || series <= 0) {
            return all;
        }
        return known.stream()
                .mapToDouble(block -> all * Math.max(block.samples() / samples, block.series() / series))
                .max()
                .orElse(all);
    }

    private static double walGrowth(OwnMetrics own, Instant now, double rewritten) {
        double appended = own.sum("prometheus_tsdb_head_samples_appended_total").orElse(0);
        Instant start =
                Instant.ofEpochSecond((long) own.sum(LastDay.PROCESS_START).orElse(0));
        double up = Math.max(1, Duration.between(start, now).toSeconds());
        double seconds = Math.max(LEAST_SECONDS, rewritten / REWRITTEN_BYTES_PER_SECOND);
        return appended / up * seconds * WAL_BYTES_PER_SAMPLE;
    }

    private static Refusal unknown(String why) {
        return new Refusal(
                "free-space-unknown",
                "how much room its disk has is not known: " + why,
                "Let this Prometheus scrape the kubelet, or give the retention step freeSpace: with an expression that has"
                        + " one value.");
    }

    private static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }
}
