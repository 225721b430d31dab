/**
 * A live cluster, through fabric8's client: lists of objects, the discovery of Prometheus and Alertmanager pods, and the
 * way to a pod through the API server.
 *
 * <p>Objects are only ever listed, never watched and never fetched one by one, so a role needs one verb. What is kept of
 * an object is decided in {@code inventory}; how a server is asked that is reached directly, in {@code http}.
 */
@NullMarked
package io.promwarden.kubernetes;

import org.jspecify.annotations.NullMarked;
