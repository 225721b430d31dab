/**
 * Kubernetes objects from YAML and JSON files, with their positions: {@link io.promwarden.manifests.ManifestReader} reads
 * them, {@link io.promwarden.manifests.ManifestSource} offers them as an inventory.
 *
 * <p>Reads as kubectl does (YAML 1.1). Charts and overlays are rendered before they come here. A live cluster is in
 * {@code kubernetes}.
 */
@NullMarked
package io.promwarden.manifests;

import org.jspecify.annotations.NullMarked;
