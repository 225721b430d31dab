/**
 * The run's own metrics: what {@code docs/metrics.md} lists, as simpleclient writes it, posted to a Pushgateway and written
 * for node_exporter's textfile collector.
 *
 * <p>What the metrics of the watched servers say is not here; that is {@code observation}.
 */
@NullMarked
package io.promwarden.selfmetrics;

import org.jspecify.annotations.NullMarked;
