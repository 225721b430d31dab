package io.promwarden.report;

/**
 * A server that the run looked at, or tried to.
 *
 * @param kind {@code Prometheus}, {@code Alertmanager} or {@code Kubernetes}
 * @param version empty when it did not answer
 * @param reason why it could not be asked; empty when it could
 */
public record ServerSeen(String cluster, String kind, String name, String version, String reason) {}
