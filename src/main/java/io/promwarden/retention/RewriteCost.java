package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.observation.Block;
import io.promwarden.observation.OwnMetrics;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What rewriting a server's blocks costs, and what may come back by it: from its blocks where it lists them (3.6 and later),
 * else from all of its blocks together.
 */
final class RewriteCost {

    private static final String NO_LIST = "all its blocks: it does not list them";

    /** Bytes a second that a rewrite reads and writes, and seconds for each block, as seen on small and on large disks. */
    private static final double SLOW = 5e6;

    private static final double FAST = 50e6;
    private static final double A_BLOCK = 0.05;

    private final Answer<List<Block>> blocks;
    private final TsdbMeasure measure;
    private final OptionalDouble bytesPerSample;

    RewriteCost(Answer<List<Block>> blocks, Answer<OwnMetrics> own) {
        this.blocks = blocks;
        this.measure = TsdbMeasure.of(own);
        this.bytesPerSample = own.value().map(RewriteCost::bytesPerSample).orElse(OptionalDouble.empty());
    }

    /** Of a deletion between two instants. */
    Effect of(Figure samples, Instant start, Instant end) {
        Figure affected = affected(start, end);
        return new Effect(
                samples, affected, bytesBack(samples), bytesNeeded(start, end), seconds(affected, start, end));
    }

    /** Blocks that have samples in a range, of any series: those are rewritten in which some series matches. */
    Figure affected(Instant start, Instant end) {
        return blocks.value()
                .map(all -> Figure.between(
                        0,
                        touched(all, start, end).size(),
                        "blocks whose time meets the range; some may hold no series"))
                .orElseGet(() -> measure.blocks() < 0
                        ? Figure.unknown("its own metrics do not tell how many blocks it has")
                        : Figure.between(0, measure.blocks(), NO_LIST));
    }

    /** Bytes of all blocks. */
    Figure bytes() {
        return measure.bytes() < 0
                ? Figure.unknown("its own metrics do not tell how large its blocks are")
                : Figure.exact(measure.bytes(), "prometheus_tsdb_storage_blocks_bytes");
    }

    private Figure bytesBack(Figure samples) {
        if (!samples.known()) {
            return Figure.unknown("the samples are not known");
        }
        long most = measure.bytes() < 0 ? Long.MAX_VALUE : measure.bytes();
        if (bytesPerSample.isEmpty()) {
            return Figure.between(
                    Math.min(most, samples.low()),
                    Math.min(most, 2 * samples.high()),
                    "a rule of thumb: 1 to 2 bytes a sample");
        }
        double mean = bytesPerSample.getAsDouble();
        return Figure.between(
                Math.min(most, (long) (samples.low() * mean / 2)),
                Math.min(most, (long) (samples.high() * mean * 2)),
                String.format(
                        Locale.ROOT,
                        "half to twice the %.2f bytes that a sample of this server takes on average",
                        mean));
    }

    private Figure bytesNeeded(Instant start, Instant end) {
        if (measure.bytes() < 0) {
            return Figure.unknown("its own metrics do not tell how large its blocks are");
        }
        Optional<Long> largest = largest(start, end);
        return largest.map(bytes -> Figure.between(
                        bytes, 2 * bytes, "the largest block that is met, by its share of all samples, once to twice"))
                .orElseGet(() -> Figure.between(0, measure.bytes(), NO_LIST));
    }

    private Figure seconds(Figure affected, Instant start, Instant end) {
        if (measure.bytes() < 0 || !affected.known()) {
            return Figure.unknown("its own metrics do not tell how large its blocks are");
        }
        double bytes = share(start, end).orElse(1.0) * measure.bytes();
        double each = A_BLOCK * affected.high();
        return Figure.between(
                Math.round(bytes / FAST),
                (long) Math.ceil(bytes / SLOW + each),
                "a rule of thumb: 5 to 50 MB a second, and up to 0.05 s for each block");
    }

    /** The part of all samples that blocks hold whose time meets a range. */
    private Optional<Double> share(Instant start, Instant end) {
        return blocks.value()
                .filter(all -> samples(all) > 0)
                .map(all -> samples(touched(all, start, end)) / samples(all));
    }

    private Optional<Long> largest(Instant start, Instant end) {
        return blocks.value().filter(all -> samples(all) > 0).map(all -> (long) (measure.bytes()
                * touched(all, start, end).stream()
                        .mapToDouble(Block::samples)
                        .max()
                        .orElse(0)
                / samples(all)));
    }

    private static double samples(List<Block> blocks) {
        return blocks.stream().mapToDouble(Block::samples).sum();
    }

    private static List<Block> touched(List<Block> all, Instant start, Instant end) {
        return all.stream()
                .filter(block ->
                        !block.minTime().isAfter(end) && block.maxTime().isAfter(start))
                .toList();
    }

    /** By the chunks that compactions of this process wrote. */
    private static OptionalDouble bytesPerSample(OwnMetrics own) {
        double bytes =
                own.sum("prometheus_tsdb_compaction_chunk_size_bytes_sum").orElse(0);
        double samples = own.sum("prometheus_tsdb_compaction_chunk_samples_sum").orElse(0);
        return bytes > 0 && samples > 0 ? OptionalDouble.of(bytes / samples) : OptionalDouble.empty();
    }
}
