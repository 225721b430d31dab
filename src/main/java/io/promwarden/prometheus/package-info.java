/**
 * A Prometheus over HTTP: {@link io.promwarden.prometheus.PrometheusServer} reads, {@link
 * io.promwarden.prometheus.PrometheusAdmin} deletes. Both are given an {@code Exchange}, and know neither how the server
 * is reached nor how often it may be asked.
 *
 * <p>Long answers (targets, rules, series) are read element by element, and only what is needed of each is kept. What the
 * answers mean is not judged here.
 */
@NullMarked
package io.promwarden.prometheus;

import org.jspecify.annotations.NullMarked;
