/**
 * Why a monitor is not scraped: the chain from its declaration to fresh samples, link by link, the first broken one, and the
 * patch that mends it. Judges what it is given and fetches nothing: a world from a cluster, a capture or files, and the
 * answers of its Prometheus servers where there are any.
 */
@NullMarked
package io.promwarden.explain;

import org.jspecify.annotations.NullMarked;
