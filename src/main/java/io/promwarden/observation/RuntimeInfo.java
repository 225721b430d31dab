package io.promwarden.observation;

import java.time.Instant;
import java.util.Optional;

/**
 * From {@code /api/v1/status/runtimeinfo}.
 *
 * @param storageRetention as the server writes it, e.g. {@code 30d or 30GiB}
 */
public record RuntimeInfo(
        Optional<Instant> startTime, boolean reloadConfigSuccess, long corruptionCount, String storageRetention) {}
