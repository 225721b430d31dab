package io.promwarden.job;

import java.net.URI;

/**
 * A Prometheus or Alertmanager that the job names itself.
 *
 * @param url http or https, with the route prefix if there is one; never with user info
 */
public record ServerSpec(String name, URI url, Credentials credentials, TlsSpec tls) {}
