package io.promwarden.job;

import io.promwarden.job.ClusterSpec.Access;
import io.promwarden.job.ClusterSpec.Kubernetes;
import io.promwarden.job.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code clusters}. */
final class ClusterReading {

    private static final Kubernetes USUAL = new Kubernetes(Optional.empty(), Optional.empty(), true, Access.AUTO);

    private final Values values;
    private final ServerReading servers;

    ClusterReading(Values values) {
        this.values = values;
        this.servers = new ServerReading(values);
    }

    List<ClusterSpec> clusters(Fields job) {
        if (!job.has("clusters")) {
            return List.of(new ClusterSpec("default", Optional.of(USUAL), List.of(), List.of()));
        }
        List<Fields> all = Fields.each(job.list("clusters"));
        servers.unique("clusters", all);
        Map<String, Integer> prometheus = new HashMap<>();
        Map<String, Integer> alertmanagers = new HashMap<>();
        List<ClusterSpec> clusters = new ArrayList<>();
        for (Fields cluster : all) {
            // Unique in the whole job: applyTo and policies name a server without its cluster.
            servers.unique("Prometheus servers", Fields.each(cluster.list("prometheus")), prometheus);
            servers.unique("Alertmanagers", Fields.each(cluster.list("alertmanagers")), alertmanagers);
            clusters.add(cluster(cluster));
        }
        return clusters;
    }

    private ClusterSpec cluster(Fields fields) {
        String name = fields.text("name").flatMap(values::name).orElse("");
        Optional<Kubernetes> kubernetes = fields.map("kubernetes").map(this::kubernetes);
        List<ServerSpec> prometheus = named(fields.list("prometheus"));
        List<ServerSpec> alertmanagers = named(fields.list("alertmanagers"));
        if (!fields.has("kubernetes")
                && fields.list("prometheus").isEmpty()
                && fields.list("alertmanagers").isEmpty()) {
            values.problems()
                    .add(
                            fields.at(),
                            "there is nothing to look at in this cluster",
                            "Add kubernetes: {} for the API server, or URLs under prometheus or alertmanagers.");
        }
        return new ClusterSpec(name, kubernetes, prometheus, alertmanagers);
    }

    private List<ServerSpec> named(List<YamlNode> nodes) {
        return Fields.each(nodes).stream()
                .flatMap(fields -> servers.named(fields).stream())
                .toList();
    }

    private Kubernetes kubernetes(Fields fields) {
        Access access = switch (fields.text("access").map(Scalar::text).orElse("auto")) {
            case "direct" -> Access.DIRECT;
            case "pod-proxy" -> Access.POD_PROXY;
            default -> Access.AUTO;
        };
        return new Kubernetes(
                fields.text("kubeconfig").flatMap(values::path),
                fields.text("context").map(Scalar::text),
                fields.flag("discover", true),
                access);
    }
}
