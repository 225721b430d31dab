package io.promwarden.retention;

/**
 * Why nothing is deleted.
 *
 * @param code stable, e.g. {@code admin-api-off}, {@code thanos-sidecar}, {@code above-series-cap}
 * @param reason one sentence
 * @param remedy what to do, with a patch to copy where there is one; empty where there is nothing to do
 */
public record Refusal(String code, String reason, String remedy) {}
