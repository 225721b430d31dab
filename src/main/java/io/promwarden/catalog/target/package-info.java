/**
 * Checks of targets that Prometheus has. Why it has none is in {@code catalog.monitor}.
 *
 * <p>One class is one check; {@code TargetChecks} lists them.
 */
@NullMarked
package io.promwarden.catalog.target;

import org.jspecify.annotations.NullMarked;
