/**
 * Checks of rules as Prometheus has loaded them.
 *
 * <p>One class is one check; {@code RuleChecks} lists them.
 */
@NullMarked
package io.promwarden.catalog.rule;

import org.jspecify.annotations.NullMarked;
