/**
 * Checks of a Prometheus server's own storage: compaction, retention and the disk that it has for it.
 *
 * <p>One class is one check; {@code TsdbChecks} lists them.
 */
@NullMarked
package io.promwarden.catalog.tsdb;

import org.jspecify.annotations.NullMarked;
