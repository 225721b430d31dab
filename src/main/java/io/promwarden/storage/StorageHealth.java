package io.promwarden.storage;

import io.promwarden.observation.Count;
import io.promwarden.observation.DiskUse;
import io.promwarden.observation.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One Prometheus pod's storage, as it describes itself.
 *
 * @param headMinTime empty when the head holds nothing
 * @param at when it was asked; empty in results of older versions, as all that follows
 * @param disk the volume of its data, where a server has the kubelet's figures of it
 * @param seriesByMetric the largest metrics by series in the head, largest first; twenty at most, as the lists after it
 * @param seriesByLabelPair the largest pairs {@code name=value} by series in the head
 * @param valuesByLabel the labels with the most values
 */
public record StorageHealth(
        ServerId server,
        String version,
        String retention,
        OptionalLong headSeries,
        Optional<Instant> headMinTime,
        OptionalLong blocks,
        OptionalLong blockBytes,
        OptionalLong walBytes,
        Optional<Instant> oldestSample,
        OptionalLong compactionsFailed,
        OptionalLong reloadsFailed,
        OptionalLong walCorruptions,
        OptionalDouble samplesPerSecond,
        Optional<Instant> at,
        Optional<DiskUse> disk,
        List<Count> seriesByMetric,
        List<Count> seriesByLabelPair,
        List<Count> valuesByLabel) {

    public StorageHealth {
        seriesByMetric = List.copyOf(seriesByMetric);
        seriesByLabelPair = List.copyOf(seriesByLabelPair);
        valuesByLabel = List.copyOf(valuesByLabel);
    }

    /** The same with the volume that it is on. */
    StorageHealth withDisk(DiskUse use) {
        return new StorageHealth(
                server,
                version,
                retention,
                headSeries,
                headMinTime,
                blocks,
                blockBytes,
                walBytes,
                oldestSample,
                compactionsFailed,
                reloadsFailed,
                walCorruptions,
                samplesPerSecond,
                at,
                Optional.of(use),
                seriesByMetric,
                seriesByLabelPair,
                valuesByLabel);
    }
}
