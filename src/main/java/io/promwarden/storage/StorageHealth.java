package io.promwarden.storage;

import io.promwarden.observation.ServerId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One Prometheus pod's storage, as it describes itself.
 *
 * @param headMinTime empty when the head holds nothing
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
        OptionalDouble samplesPerSecond) {}
