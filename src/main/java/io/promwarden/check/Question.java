package io.promwarden.check;

import io.promwarden.observation.ServerId;

/**
 * A query that a check wants answered by one server, at the instant of the evidence.
 *
 * @param expression values from the world enter it through {@link io.promwarden.label.PromQuote} only
 */
public record Question(ServerId server, String expression) {}
