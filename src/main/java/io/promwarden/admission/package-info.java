/**
 * What happens to a ServiceMonitor, PodMonitor, Probe or ScrapeConfig on its way into a Prometheus' configuration: whether
 * the API server takes it (the CRD's schema), whether the operator then accepts it for a certain Prometheus or leaves it out
 * without a word, and which of its fields are left out. Who selects it is not decided here, and neither is what it finds.
 */
@NullMarked
package io.promwarden.admission;

import org.jspecify.annotations.NullMarked;
