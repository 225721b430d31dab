/**
 * Checks of ServiceMonitors, PodMonitors, Probes and ScrapeConfigs: who picks them up, and what they really find. What the targets then say is in {@code catalog.target}.
 *
 * <p>One class is one check; {@code MonitorChecks} lists them.
 */
@NullMarked
package io.promwarden.catalog.monitor;

import org.jspecify.annotations.NullMarked;
