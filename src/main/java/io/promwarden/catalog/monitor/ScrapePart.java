package io.promwarden.catalog.monitor;

import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What becomes one scrape job: an endpoint of a ServiceMonitor or PodMonitor; a Probe or a ScrapeConfig as a whole.
 *
 * @param path where it stands, e.g. {@code spec.endpoints[0]}
 * @param name tells it from the object's others, from night to night: its port and path; empty where it has no others
 */
record ScrapePart(Monitor monitor, String path, String name, RawObject raw) {

    static List<ScrapePart> of(Monitor monitor) {
        if (monitor.kind() != ObjectKind.SERVICE_MONITOR && monitor.kind() != ObjectKind.POD_MONITOR) {
            return monitor.raw().object("spec").stream()
                    .map(spec -> new ScrapePart(monitor, "spec", "", spec))
                    .toList();
        }
        String list = monitor.kind() == ObjectKind.POD_MONITOR ? "podMetricsEndpoints" : "endpoints";
        List<RawObject> endpoints = monitor.endpoints();
        List<ScrapePart> parts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < endpoints.size(); i++) {
            String name = name(endpoints.get(i));
            if (!names.add(name)) {
                name += " #" + i;
            }
            parts.add(new ScrapePart(monitor, "spec." + list + "[" + i + "]", name, endpoints.get(i)));
        }
        return parts;
    }

    /** The path of one of its fields. */
    String field(String below) {
        return path + "." + below;
    }

    /** How often it is scraped, where it says so. */
    String interval() {
        return raw.text(monitor.kind() == ObjectKind.SCRAPE_CONFIG ? "scrapeInterval" : "interval")
                .orElse("");
    }

    String intervalField() {
        return field(monitor.kind() == ObjectKind.SCRAPE_CONFIG ? "scrapeInterval" : "interval");
    }

    /** The path of the URL that is scraped. */
    String urlPath() {
        return raw.text(monitor.kind() == ObjectKind.SCRAPE_CONFIG ? "metricsPath" : "path")
                .orElse("/metrics");
    }

    private static String name(RawObject endpoint) {
        String port = endpoint.text("port")
                .or(() -> endpoint.text("portNumber"))
                .or(() -> endpoint.text("targetPort"))
                .orElse("any port");
        return port + " " + endpoint.text("path").orElse("/metrics");
    }
}
