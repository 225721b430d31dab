/**
 * What is declared in a cluster: monitors, Prometheus objects, Services, EndpointSlices, pods and workloads.
 *
 * <p>Every object enters as a {@link io.promwarden.inventory.RawObject}, trimmed to the fields that {@link
 * io.promwarden.inventory.ObjectKind} allows, whether it comes from a live cluster, from manifests or from a capture;
 * so all of them read alike. What is running is in {@code observation}.
 */
@NullMarked
package io.promwarden.inventory;

import org.jspecify.annotations.NullMarked;
