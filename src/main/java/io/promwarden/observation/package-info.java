/**
 * What is running: targets, rules, alerts, silences and a server's own metrics, as the servers themselves report them.
 *
 * <p>The ports {@link io.promwarden.observation.MetricsServer} and {@link io.promwarden.observation.AlertServer} ask one
 * server process each: every replica of every shard is a server of its own. What is declared is in {@code inventory}.
 */
@NullMarked
package io.promwarden.observation;

import org.jspecify.annotations.NullMarked;
