package io.promwarden.demo;

import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The scrape configurations that the operator would generate for the world's Prometheus. They differ from its own in
 * how targets are discovered (files instead of an API server) and reached (through the demo's proxy), and in leaving out
 * tokens and certificate authorities.
 */
final class OperatorConfig {

    /** Where the additional scrape configuration for annotated pods looks. */
    private static final List<String> ANNOTATED_NAMESPACES = List.of("platform", "storefront");

    private final World world;
    private final Function<String, String> proxyOfJob;
    private final PrometheusObject prometheus;
    private final Discovery discovery;
    private final Map<String, Map<String, String>> namespaces = new HashMap<>();

    /**
     * Configurations to be.
     *
     * @param proxyOfJob the proxy's URL, by job
     */
    OperatorConfig(World world, Function<String, String> proxyOfJob) {
        this.world = world;
        this.proxyOfJob = proxyOfJob;
        this.discovery = new Discovery(world);
        this.prometheus = PrometheusObject.of(ObjectKind.PROMETHEUS, world.one("Prometheus"));
        world.of("Namespace").forEach(namespace -> namespaces.put(namespace.name(), namespace.labels()));
    }

    /**
     * One scrape configuration.
     *
     * @param offers what its {@code file_sd} file holds: of the role's objects those that the selector matches, as with
     *     the operator's selector mechanism {@code RoleSelector}
     */
    record Job(String name, Map<String, @Nullable Object> configuration, List<Discovery.Offer> offers) {

        static String file(String name) {
            return "sd/" + name.replace('/', '_') + ".json";
        }
    }

    /** All of them, in the operator's order. */
    List<Job> jobs() {
        List<Job> jobs = new ArrayList<>();
        for (ObjectKind kind : List.of(ObjectKind.SERVICE_MONITOR, ObjectKind.POD_MONITOR)) {
            for (RawObject object : world.of(kind.kind())) {
                Monitor monitor = Monitor.of(kind, object);
                if (selected(monitor)
                        && !world.leftOut()
                                .contains(kind.kind() + " " + monitor.meta().key())) {
                    for (int index = 0; index < monitor.endpoints().size(); index++) {
                        jobs.add(job(monitor, monitor.endpoints().get(index), monitor.poolPrefix() + index));
                    }
                }
            }
        }
        jobs.add(annotatedPods());
        return jobs;
    }

    private boolean selected(Monitor monitor) {
        boolean byLabels = prometheus
                .monitorSelector(monitor.kind())
                .map(selector -> selector.matches(monitor.meta().labels()))
                .orElse(false);
        boolean byNamespace = prometheus
                .monitorNamespaceSelector(monitor.kind())
                .map(selector ->
                        selector.matches(namespaces.getOrDefault(monitor.meta().namespace(), Map.of())))
                .orElse(monitor.meta().namespace().equals(prometheus.meta().namespace()));
        return byLabels && byNamespace;
    }

    private Job job(Monitor monitor, RawObject endpoint, String name) {
        boolean pods = monitor.kind() == ObjectKind.POD_MONITOR;
        Map<String, @Nullable Object> job = base(name);
        job.put("honor_labels", endpoint.isTrue("honorLabels"));
        endpoint.text("interval").ifPresent(interval -> job.put("scrape_interval", interval));
        endpoint.text("path").ifPresent(path -> job.put("metrics_path", path));
        endpoint.text("scheme").ifPresent(scheme -> {
            job.put("scheme", scheme);
            job.put("tls_config", Tree.of("insecure_skip_verify", true));
        });
        job.put("relabel_configs", pods ? podRelabeling(monitor, endpoint) : serviceRelabeling(monitor, endpoint));
        monitor.raw().whole("spec", "sampleLimit").ifPresent(limit -> job.put("sample_limit", limit));
        if (!endpoint.objects("metricRelabelings").isEmpty()) {
            job.put("metric_relabel_configs", own(endpoint, "metricRelabelings"));
        }
        LabelSelector selector = monitor.selector().orElseThrow();
        List<Discovery.Offer> offers = new ArrayList<>();
        Set<String> reach = new TreeSet<>(monitor.targetNamespaces().orElse(namespaces.keySet()));
        reach.removeAll(world.unpermitted());
        for (String namespace : reach) {
            offers.addAll(pods ? discovery.pods(namespace, selector) : discovery.endpoints(namespace, selector));
        }
        return new Job(name, job, offers);
    }

    private Map<String, @Nullable Object> base(String name) {
        return Tree.of(
                "job_name",
                name,
                "honor_timestamps",
                true,
                "proxy_url",
                proxyOfJob.apply(name),
                "file_sd_configs",
                List.of(Tree.of("files", List.of(Job.file(name)))));
    }

    private List<Object> serviceRelabeling(Monitor monitor, RawObject endpoint) {
        Optional<String> named = endpoint.text("port");
        String port = named.or(() -> endpoint.text("targetPort")).orElseThrow();
        List<Object> rules = new ArrayList<>();
        rules.add(copy("job", "__tmp_prometheus_job_name"));
        rules.addAll(selection("service", monitor.selector()));
        rules.add(keep(
                port,
                named.isPresent()
                        ? "__meta_kubernetes_endpoint_port_name"
                        : "__meta_kubernetes_pod_container_port_name"));
        rules.add(fromTarget("Node", "node"));
        rules.add(fromTarget("Pod", "pod"));
        rules.add(copy("__meta_kubernetes_namespace", "namespace"));
        rules.add(copy("__meta_kubernetes_service_name", "service"));
        rules.add(copy("__meta_kubernetes_pod_name", "pod"));
        rules.add(copy("__meta_kubernetes_pod_container_name", "container"));
        rules.add(running());
        rules.add(copy("__meta_kubernetes_service_name", "job"));
        monitor.raw()
                .text("spec", "jobLabel")
                .ifPresent(label ->
                        rules.add(present("__meta_kubernetes_service_label_" + Discovery.sanitized(label), "job")));
        rules.add(Tree.of("target_label", "endpoint", "replacement", port));
        rules.addAll(own(endpoint, "relabelings"));
        return rules;
    }

    private List<Object> podRelabeling(Monitor monitor, RawObject endpoint) {
        String port = endpoint.text("port").orElseThrow();
        List<Object> rules = new ArrayList<>();
        rules.add(copy("job", "__tmp_prometheus_job_name"));
        rules.add(running());
        rules.addAll(selection("pod", monitor.selector()));
        rules.add(keep(port, "__meta_kubernetes_pod_container_port_name"));
        rules.add(copy("__meta_kubernetes_namespace", "namespace"));
        rules.add(copy("__meta_kubernetes_pod_container_name", "container"));
        rules.add(copy("__meta_kubernetes_pod_name", "pod"));
        rules.add(Tree.of("target_label", "job", "replacement", monitor.meta().key()));
        rules.add(Tree.of("target_label", "endpoint", "replacement", port));
        rules.addAll(own(endpoint, "relabelings"));
        return rules;
    }

    /** The additional scrape configuration: annotated pods, in two namespaces only. */
    private Job annotatedPods() {
        Map<String, @Nullable Object> job = base("annotated-pods");
        String annotation = "__meta_kubernetes_pod_annotation_prometheus_io_";
        job.put(
                "relabel_configs",
                List.of(
                        keep("true", annotation + "scrape"),
                        present(annotation + "path", "__metrics_path__"),
                        Tree.of(
                                "source_labels",
                                List.of("__address__", annotation + "port"),
                                "regex",
                                "([^:]+)(?::\\d+)?;(\\d+)",
                                "replacement",
                                "$1:$2",
                                "target_label",
                                "__address__"),
                        copy("__meta_kubernetes_namespace", "namespace"),
                        copy("__meta_kubernetes_pod_name", "pod"),
                        copy("__meta_kubernetes_pod_container_name", "container"),
                        copy("__meta_kubernetes_pod_label_app_kubernetes_io_name", "job")));
        LabelSelector everything = new LabelSelector(Map.of(), List.of());
        List<Discovery.Offer> offers = ANNOTATED_NAMESPACES.stream()
                .flatMap(namespace -> discovery.pods(namespace, everything).stream())
                .toList();
        return new Job("annotated-pods", job, offers);
    }

    private static List<Object> selection(String what, Optional<LabelSelector> selector) {
        List<Object> rules = new ArrayList<>();
        selector.orElseThrow().matchLabels().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(wanted -> {
                    String key = Discovery.sanitized(wanted.getKey());
                    rules.add(keep(
                            "(" + wanted.getValue() + ");true",
                            "__meta_kubernetes_" + what + "_label_" + key,
                            "__meta_kubernetes_" + what + "_labelpresent_" + key));
                });
        return rules;
    }

    private static List<Object> own(RawObject endpoint, String field) {
        return endpoint.objects(field).stream()
                .<Object>map(rule -> Tree.of(
                        "source_labels",
                        rule.words("sourceLabels"),
                        "regex",
                        rule.text("regex").orElse(null),
                        "action",
                        rule.text("action").orElse(null),
                        "target_label",
                        rule.text("targetLabel").orElse(null)))
                .toList();
    }

    private static Map<String, @Nullable Object> copy(String from, String to) {
        return Tree.of("source_labels", List.of(from), "target_label", to);
    }

    private static Map<String, @Nullable Object> present(String from, String to) {
        return Tree.of("source_labels", List.of(from), "regex", "(.+)", "target_label", to);
    }

    private static Map<String, @Nullable Object> keep(String regex, String... from) {
        return Tree.of("source_labels", List.of(from), "regex", regex, "action", "keep");
    }

    private static Map<String, @Nullable Object> running() {
        return Tree.of(
                "source_labels",
                List.of("__meta_kubernetes_pod_phase"),
                "regex",
                "(Failed|Succeeded)",
                "action",
                "drop");
    }

    private static Map<String, @Nullable Object> fromTarget(String kind, String to) {
        return Tree.of(
                "source_labels",
                List.of(
                        "__meta_kubernetes_endpoint_address_target_kind",
                        "__meta_kubernetes_endpoint_address_target_name"),
                "regex",
                kind + ";(.*)",
                "target_label",
                to);
    }
}
