/**
 * One client for all servers: time-outs, retries, request limits, authentication, TLS and body caps.
 *
 * <p>Adapters ask an {@link io.promwarden.http.Exchange}, which stands for one server; what is behind it (a direct
 * connection, the API server's pod proxy, a capture) is not their business. Redirects are never followed.
 */
@NullMarked
package io.promwarden.http;

import org.jspecify.annotations.NullMarked;
