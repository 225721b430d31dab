/**
 * Prometheus' relabeling: a list of rules and a label set in; the label set afterwards, or the rule that dropped it, out.
 *
 * <p>Pure functions of what they are given. What the operator writes into a configuration, and which labels discovery
 * gives a target, is not known here.
 */
@NullMarked
package io.promwarden.relabel;

import org.jspecify.annotations.NullMarked;
