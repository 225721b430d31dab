package io.promwarden.catalog.target;

import java.util.regex.Pattern;

/** What a target's last error says, without what differs from one target to the next. */
final class ScrapeError {

    private static final Pattern REQUEST = Pattern.compile("^(Get|Post) \"[^\"]*\": ");
    private static final Pattern ADDRESS =
            Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}(:\\d+)?|\\[[0-9a-fA-F:]+\\](:\\d+)?");
    private static final int LONGEST = 200;

    private ScrapeError() {}

    static String generalised(String error) {
        String general = ADDRESS.matcher(REQUEST.matcher(error).replaceFirst(""))
                .replaceAll("<address>")
                .replace("<address>-><address>", "<address>");
        if (general.isBlank()) {
            return "no error was given";
        }
        return general.length() > LONGEST ? general.substring(0, LONGEST) + "..." : general;
    }

    /** What is usually behind an error of this kind. */
    static String advice(String error) {
        if (error.contains("connection refused")) {
            return "See that the process runs and listens on this port on all addresses, not on 127.0.0.1 alone.";
        }
        if (error.contains("deadline exceeded") || error.contains("Timeout")) {
            return "See whether a NetworkPolicy drops the scrape; else make /metrics faster, or raise scrapeTimeout.";
        }
        if (error.contains("HTTP status 401") || error.contains("HTTP status 403")) {
            return "Give the endpoint credentials (authorization, basicAuth), or Prometheus' service account the right to"
                    + " read it.";
        }
        if (error.contains("HTTP status 404")) {
            return "Correct the endpoint's path: metrics are not there (Spring Boot has them on /actuator/prometheus).";
        }
        if (error.contains("x509") || error.contains("certificate") || error.contains("tls:")) {
            return "Give the endpoint's tlsConfig the right CA and serverName, or renew the certificate.";
        }
        if (error.contains("HTTP response to HTTPS client")) {
            return "Set the endpoint's scheme to http.";
        }
        if (error.contains("malformed HTTP") || error.contains("HTTP request to an HTTPS server")) {
            return "Set the endpoint's scheme to https.";
        }
        if (error.contains("no such host") || error.contains("server misbehaving")) {
            return "Correct the host name, or see whether name resolution works in Prometheus' pod.";
        }
        if (error.contains("no route to host") || error.contains("network is unreachable")) {
            return "See whether the node is up and the network between it and Prometheus works.";
        }
        if (error.contains("body size limit") || error.contains("sample limit") || error.contains("label")) {
            return "Make the target expose less, or raise the limit that it exceeds.";
        }
        if (error.contains("expected") || error.contains("invalid") || error.contains("unsupported Content-Type")) {
            return "See what the path answers: it is not in Prometheus' exposition format.";
        }
        return "Open the target's address from Prometheus' pod and see what it answers.";
    }
}
