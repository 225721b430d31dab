/**
 * Checks of Prometheus and PrometheusAgent objects, and of what their servers say about themselves. What they store is in
 * {@code catalog.tsdb}.
 *
 * <p>One class is one check; {@code PrometheusChecks} lists them.
 */
@NullMarked
package io.promwarden.catalog.prometheus;

import org.jspecify.annotations.NullMarked;
