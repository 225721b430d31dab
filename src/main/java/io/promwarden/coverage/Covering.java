package io.promwarden.coverage;

import io.promwarden.inventory.Container;
import io.promwarden.inventory.Pod;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.ScrapeConfiguration;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Target;
import io.promwarden.observation.TargetsSeen;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What makes Prometheus scrape a target, by its scrape pool's name and the loaded configuration. */
final class Covering {

    private static final String SCRAPE_ANNOTATION = "__meta_kubernetes_pod_annotation_prometheus_io_scrape";

    private final Map<ServerId, MetricsServer> servers = new HashMap<>();

    Covering(List<MetricsServer> servers) {
        servers.forEach(server -> this.servers.put(server.id(), server));
    }

    Coverage.By by(TargetsSeen.Seen seen) {
        String pool = seen.target().scrapePool();
        if (pool.startsWith("serviceMonitor/")) {
            return Coverage.By.SERVICE_MONITOR;
        }
        if (pool.startsWith("podMonitor/")) {
            return Coverage.By.POD_MONITOR;
        }
        if (pool.startsWith("probe/")) {
            return Coverage.By.PROBE;
        }
        if (pool.startsWith("scrapeConfig/")) {
            return Coverage.By.SCRAPE_CONFIG;
        }
        return readsAnnotation(seen) ? Coverage.By.ANNOTATION : Coverage.By.STATIC;
    }

    /** The object or job behind a target, e.g. {@code ServiceMonitor shop/cart} or {@code job kubernetes-pods}. */
    static String name(Target target) {
        String[] parts = target.scrapePool().split("/", -1);
        String kind = switch (parts[0]) {
            case "serviceMonitor" -> "ServiceMonitor";
            case "podMonitor" -> "PodMonitor";
            case "probe" -> "Probe";
            case "scrapeConfig" -> "ScrapeConfig";
            default -> "";
        };
        return kind.isEmpty() || parts.length < 3
                ? "job " + target.scrapePool()
                : kind + " " + parts[1] + "/" + parts[2];
    }

    private boolean readsAnnotation(TargetsSeen.Seen seen) {
        Optional<ScrapeConfiguration> configuration = Optional.ofNullable(servers.get(seen.server()))
                .flatMap(server -> server.configuration().value());
        return configuration
                .map(known -> known.annotationJobs().contains(seen.target().scrapePool()))
                .orElseGet(() ->
                        seen.target().discovered().value(SCRAPE_ANNOTATION).equals("true"));
    }

    /** True if the scraped port belongs to an exporter that stands beside the container that does the work. */
    static boolean sidecar(Pod pod, Target target) {
        String named = target.discovered().value("__meta_kubernetes_pod_container_name");
        int port = TargetsSeen.port(target.address());
        Optional<Container> scraped = pod.containers().stream()
                .filter(container -> named.isEmpty()
                        ? container.ports().stream().anyMatch(declared -> declared.number() == port)
                        : container.name().equals(named))
                .findFirst();
        return scraped.filter(Covering::exporter).isPresent()
                && pod.containers().stream().anyMatch(other -> !exporter(other) && !proxy(other));
    }

    private static boolean exporter(Container container) {
        String image = container.image().substring(container.image().lastIndexOf('/') + 1);
        return (container.name() + " " + image).toLowerCase(Locale.ROOT).contains("exporter");
    }

    private static boolean proxy(Container container) {
        return container.name().toLowerCase(Locale.ROOT).contains("proxy");
    }
}
