package io.promwarden.observation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What one night recorded of one server's storage. What it did not record is empty.
 *
 * @param at when the server was asked
 * @param blockBytes of all blocks
 * @param walBytes of the write-ahead log
 * @param disk the volume of its data
 * @param samplesPerSecond the mean since its process started
 * @param seriesByMetric the largest metrics by series in the head
 * @param seriesByLabelPair the largest pairs {@code name=value} by series in the head
 * @param valuesByLabel the labels with the most values
 */
public record StorageNight(
        Instant at,
        OptionalLong headSeries,
        OptionalLong blockBytes,
        OptionalLong walBytes,
        Optional<DiskUse> disk,
        OptionalDouble samplesPerSecond,
        List<Count> seriesByMetric,
        List<Count> seriesByLabelPair,
        List<Count> valuesByLabel) {
    public StorageNight {
        seriesByMetric = List.copyOf(seriesByMetric);
        seriesByLabelPair = List.copyOf(seriesByLabelPair);
        valuesByLabel = List.copyOf(valuesByLabel);
    }
}
