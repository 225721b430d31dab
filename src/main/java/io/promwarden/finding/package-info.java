/**
 * What Promwarden has to say: a {@link Finding} about a {@link Subject}, with its {@link Severity}.
 *
 * <p>Knows nothing of Kubernetes or Prometheus clients. {@link Redaction} lives here because every text that ends in
 * a finding, a log or a capture passes through it.
 */
@NullMarked
package io.promwarden.finding;

import org.jspecify.annotations.NullMarked;
