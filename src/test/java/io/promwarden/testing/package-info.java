/**
 * What tests start: real servers (Prometheus, Alertmanager, Pushgateway) on free loopback ports with data directories of
 * their own, back-filled history, a proxy that records what was sent, and a server with scripted answers.
 *
 * <p>Tests of other packages may use all of it. Nothing here knows the product's classes. Missing programs are a failure
 * with its remedy, never a skipped test.
 */
@NullMarked
package io.promwarden.testing;

import org.jspecify.annotations.NullMarked;
