package io.promwarden.kubernetes;

import io.promwarden.observation.ServerId;
import java.net.URI;

/** A Prometheus or Alertmanager process that a custom resource asks for. */
public sealed interface DiscoveredServer {

    ServerId id();

    Kind kind();

    /** What it is. An agent has targets, and neither rules nor a TSDB that can be asked. */
    enum Kind {
        PROMETHEUS("Prometheus"),
        PROMETHEUS_AGENT("PrometheusAgent"),
        ALERTMANAGER("Alertmanager");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The custom resource's kind. */
        public String word() {
            return word;
        }
    }

    /**
     * A pod that runs and has an address.
     *
     * @param address an IP address
     * @param routePrefix {@code /}, or a plain path without a slash at its end
     * @param https the server speaks TLS
     * @param dnsName the pod's name in the cluster's DNS, for which its certificate has to be
     */
    record Reachable(
            ServerId id,
            Kind kind,
            String namespace,
            String pod,
            String address,
            int port,
            String routePrefix,
            boolean https,
            String dnsName)
            implements DiscoveredServer {

        /** Where the server is asked from inside the cluster: by name where a certificate has to fit, else by address. */
        public URI uri() {
            String host = https ? dnsName : address.contains(":") ? "[" + address + "]" : address;
            return URI.create((https ? "https://" : "http://") + host + ":" + port
                    + (routePrefix.equals("/") ? "" : routePrefix));
        }
    }

    /**
     * A process that should be there and can't be asked.
     *
     * @param reason in words that a person on call understands
     */
    record Unreachable(ServerId id, Kind kind, String reason) implements DiscoveredServer {}
}
