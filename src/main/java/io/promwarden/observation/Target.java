package io.promwarden.observation;

import io.promwarden.label.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An active target.
 *
 * @param scrapePool the job block that it belongs to, e.g. {@code serviceMonitor/shop/cart/0}
 * @param discovered labels before relabeling; of Kubernetes annotations only {@code prometheus_io_*}
 * @param labels labels after relabeling
 * @param address host and port that are scraped
 * @param lastScrape empty before the first scrape
 */
public record Target(
        String scrapePool,
        Labels discovered,
        Labels labels,
        String scheme,
        String address,
        String path,
        Health health,
        String lastError,
        Optional<Instant> lastScrape,
        Duration lastDuration,
        Duration interval) {

    /** As Prometheus reports it; UNKNOWN before the first scrape. */
    public enum Health {
        UP,
        DOWN,
        UNKNOWN
    }

    public String job() {
        return labels.value("job");
    }

    public String instance() {
        return labels.value("instance");
    }

    /** The namespace that service discovery or the final labels name; empty for a static target. */
    public String namespace() {
        return discovered.find("__meta_kubernetes_namespace").orElseGet(() -> labels.value("namespace"));
    }

    /** The pod that service discovery or the final labels name; empty where there is none. */
    public String pod() {
        return discovered.find("__meta_kubernetes_pod_name").orElseGet(() -> labels.value("pod"));
    }

    /** The Service that service discovery or the final labels name; empty where there is none. */
    public String service() {
        return discovered.find("__meta_kubernetes_service_name").orElseGet(() -> labels.value("service"));
    }
}
