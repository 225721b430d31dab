package io.promwarden.observation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a server's head block holds, and what most of it is, from {@code /api/v1/status/tsdb}. Blocks are not counted.
 * Each list has the largest first; how long it is is up to the server (10 before 2.45).
 *
 * @param labelPairs distinct pairs of a label's name and value
 * @param minTime the oldest sample; empty if the head is
 * @param maxTime the newest sample; empty if the head is
 * @param seriesByMetric series by metric name
 * @param seriesByLabelPair series by {@code name=value}
 * @param valuesByLabel distinct values by label name
 * @param memoryByLabel bytes of all distinct values by label name
 */
public record HeadStatistics(
        long series,
        long labelPairs,
        long chunks,
        Optional<Instant> minTime,
        Optional<Instant> maxTime,
        List<Count> seriesByMetric,
        List<Count> seriesByLabelPair,
        List<Count> valuesByLabel,
        List<Count> memoryByLabel) {

    public HeadStatistics {
        seriesByMetric = List.copyOf(seriesByMetric);
        seriesByLabelPair = List.copyOf(seriesByLabelPair);
        valuesByLabel = List.copyOf(valuesByLabel);
        memoryByLabel = List.copyOf(memoryByLabel);
    }
}
