package io.promwarden.catalog.monitor;

import io.promwarden.explain.Code;

/** What usually helps where no patch to an object does. */
final class Advice {

    private Advice() {}

    static String of(Code code) {
        return switch (code) {
            case NOTHING_DECLARED -> "Give it an endpoint, or remove it.";
            case NOT_SELECTED, NAMESPACE_NOT_SELECTED ->
                "Give it the labels that a Prometheus wants, in a namespace where that one looks.";
            case REJECTED_BY_OPERATOR -> "Correct what is named here.";
            case PROMETHEUS_PAUSED -> "Let the operator manage the Prometheus again.";
            case RBAC_MISSING ->
                "Give Prometheus' service account a Role in the namespace: get, list and watch services, endpoints and pods.";
            case NO_MATCHING_SERVICE, NO_MATCHING_POD, SERVICE_IN_OTHER_NAMESPACE, POD_IN_OTHER_NAMESPACE ->
                "Correct the selector or the namespaceSelector, or remove the monitor.";
            case PORT_UNKNOWN, TARGET_PORT_UNDECLARED -> "Name a port that is there, or declare the one that is named.";
            case NO_ENDPOINTS, PODS_NOT_RUNNING -> "See why no pod runs behind it, or correct the Service's selector.";
            case DROPPED_BY_RELABELING -> "Correct the rule that drops the targets.";
            case CONFIG_NOT_LOADED ->
                "See the log of the operator, of Prometheus and of its config-reloader for why it was not loaded.";
            case CONNECTION_REFUSED ->
                "See that the process runs and listens on this port on all addresses, not on 127.0.0.1 alone.";
            case TIMEOUT ->
                "See whether a NetworkPolicy drops the scrape; else make the answer faster, or allow more time.";
            case NAME_RESOLUTION -> "Correct the host name, or see whether name resolution works in Prometheus' pod.";
            case TLS_FAILURE -> "Give the endpoint's tlsConfig the right CA and serverName, or renew the certificate.";
            case UNAUTHORIZED ->
                "Give the endpoint credentials (authorization, basicAuth), or Prometheus' service account the right to read.";
            case PATH_NOT_FOUND -> "Correct the endpoint's path: Spring Boot, for one, has /actuator/prometheus.";
            case HTTP_ERROR -> "Open the target's address from Prometheus' pod and see what it answers.";
            case NOT_AN_EXPOSITION -> "See what the path answers: it is not in Prometheus' exposition format.";
            case SAMPLE_LIMIT, BODY_SIZE_LIMIT, LABEL_LIMIT ->
                "Make the target expose less, or raise the limit that it exceeds.";
            case ALL_SAMPLES_DROPPED -> "Correct the metric relabeling that drops every sample.";
            case STALE ->
                "See whether the target gives timestamps of its own, and whether its clock and Prometheus' agree.";
        };
    }
}
