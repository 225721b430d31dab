package io.promwarden.observation;

import java.time.Instant;

/**
 * A snapshot that a run has made, and of which nobody has said yet that it is gone.
 *
 * @param name the folder below {@code snapshots} in the data directory
 * @param run the id of the run that made it
 */
public record LeftSnapshot(ServerId server, String name, Instant madeAt, String run) {}
