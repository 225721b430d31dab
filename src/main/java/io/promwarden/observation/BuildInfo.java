package io.promwarden.observation;

/**
 * What a server says it is.
 *
 * @param application {@code prometheus}, {@code victoriametrics}, {@code mimir}, {@code thanos}, ... as far as the answer
 *     tells; Prometheus itself gives no such field and is recognised by its revision and Go version
 */
public record BuildInfo(String application, String version, String revision) {}
