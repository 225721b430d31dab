package io.promwarden.demo;

import io.promwarden.inventory.RawObject;
import io.promwarden.testing.RealPrometheus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** One of the world's Prometheus pods, as a real process. */
final class Replica {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final World world;
    private final ExporterProxy proxy;
    private final int nobody;
    private final String alertmanager;

    /**
     * What all replicas have in common.
     *
     * @param nobody a port on which nothing listens: jobs whose pods refuse connections get it as their proxy
     * @param alertmanager host and port
     */
    Replica(World world, ExporterProxy proxy, int nobody, String alertmanager) {
        this.world = world;
        this.proxy = proxy;
        this.nobody = nobody;
        this.alertmanager = alertmanager;
    }

    /** Starts the pod's process in a folder whose {@code data} may have been back-filled. */
    RealPrometheus start(String pod, Path folder, String interval) {
        RealPrometheus.Builder builder = RealPrometheus.in(folder)
                .configuration(configuration(pod, interval))
                .flag("--storage.tsdb.retention.time=" + spec("retention"))
                .flag("--storage.tsdb.retention.size=" + spec("retentionSize"))
                .flag("--storage.tsdb.wal-compression")
                .flag("--rules.alert.for-grace-period=0s")
                .flag("--web.external-url=http://kps-prometheus.monitoring:9090/")
                .flag("--web.route-prefix=/");
        for (OperatorConfig.Job job : jobs()) {
            builder.file(
                    OperatorConfig.Job.file(job.name()),
                    JSON.writeValueAsString(
                            job.offers().stream().map(Discovery.Offer::tree).toList()));
        }
        for (RawObject rule : world.of("PrometheusRule")) {
            String uid = rule.text("metadata", "uid").orElseThrow();
            builder.file(
                    "rules/" + rule.namespace() + "-" + rule.name() + "-" + uid + ".yaml",
                    yaml(rule.object("spec").orElseThrow().tree()));
        }
        return builder.start();
    }

    private String spec(String field) {
        return world.one("Prometheus").text("spec", field).orElseThrow();
    }

    private String configuration(String pod, String interval) {
        RawObject prometheus = world.one("Prometheus");
        Map<String, @Nullable Object> labels = Tree.of(
                "cluster",
                prometheus.text("spec", "externalLabels", "cluster").orElseThrow(),
                "prometheus",
                prometheus.namespace() + "/" + prometheus.name(),
                "prometheus_replica",
                pod);
        return yaml(Tree.of(
                "global",
                Tree.of("scrape_interval", interval, "evaluation_interval", interval, "external_labels", labels),
                "alerting",
                Tree.of(
                        "alert_relabel_configs",
                        List.of(Tree.of("regex", "prometheus_replica", "action", "labeldrop")),
                        "alertmanagers",
                        List.of(Tree.of(
                                "api_version",
                                "v2",
                                "static_configs",
                                List.of(Tree.of("targets", List.of(alertmanager)))))),
                "rule_files",
                List.of("rules/*.yaml"),
                "scrape_configs",
                jobs().stream().map(OperatorConfig.Job::configuration).toList()));
    }

    private List<OperatorConfig.Job> jobs() {
        return new OperatorConfig(world, this::proxyOf).jobs();
    }

    private String proxyOf(String job) {
        boolean refused = world.apps().stream()
                .filter(app -> app.fault().equals("refuse"))
                .anyMatch(app -> job.contains("/" + app.namespace() + "/" + app.name() + "/"));
        return refused ? "http://127.0.0.1:" + nobody : proxy.url();
    }

    private static String yaml(Object tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setDereferenceAliases(true);
        options.setSplitLines(false);
        return new Yaml(options).dump(tree);
    }
}
