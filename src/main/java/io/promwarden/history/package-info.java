/**
 * What is kept of every run: {@link io.promwarden.history.Store} opens an H2 file, a PostgreSQL database or plain memory,
 * brings its tables up to date and holds the lock that lets one run at a time in; the ports of {@code report}, {@code
 * delivery} and {@code retention} are implemented over it.
 *
 * <p>Text from the cluster reaches SQL as a bound parameter only. Nothing here decides what a result means.
 */
@NullMarked
package io.promwarden.history;

import org.jspecify.annotations.NullMarked;
