package io.promwarden.demo;

import io.promwarden.inventory.RawObject;
import java.util.ArrayList;
import java.util.List;

/** What kube-state-metrics says of the world, and the kubelets of its volumes. */
final class KubeState {

    private KubeState() {}

    /** The exposition of kube-state-metrics; a pod that hangs isn't ready. */
    static Exposition objects(World world) {
        List<Exposition.Series> series = new ArrayList<>();
        for (RawObject pod : world.of("Pod")) {
            String labels = "namespace=\"" + pod.namespace() + "\",pod=\"" + pod.name() + "\"";
            boolean ready = !notReady(world, pod);
            line(
                    series,
                    "kube_pod_info",
                    labels + ",node=\"" + pod.text("spec", "nodeName").orElse("") + "\"",
                    1);
            line(series, "kube_pod_status_ready", labels + ",condition=\"true\"", ready ? 1 : 0);
            for (RawObject container : pod.objects("spec", "containers")) {
                String name = ",container=\"" + container.text("name").orElse("") + "\"";
                String image = ",image=\"" + container.text("image").orElse("") + "\"";
                line(series, "kube_pod_container_info", labels + name + image, 1);
                line(series, "kube_pod_container_status_restarts_total", labels + name, 0);
            }
        }
        for (RawObject deployment : world.of("Deployment")) {
            String labels = "namespace=\"" + deployment.namespace() + "\",deployment=\"" + deployment.name() + "\"";
            double wanted = deployment.whole("spec", "replicas").orElse(1L).doubleValue();
            boolean missing = world.apps().stream()
                    .anyMatch(app -> app.fault().equals("hang")
                            && app.namespace().equals(deployment.namespace())
                            && app.name().equals(deployment.name()));
            line(series, "kube_deployment_spec_replicas", labels, wanted);
            line(series, "kube_deployment_status_replicas_ready", labels, missing ? wanted - 1 : wanted);
        }
        for (String node : world.nodes()) {
            line(series, "kube_node_status_condition", "node=\"" + node + "\",condition=\"Ready\",status=\"true\"", 1);
        }
        return new Exposition(series);
    }

    /** The volumes of one node's pods, as its kubelet measures them. */
    static List<Exposition.Series> volumes(World world, String node) {
        List<Exposition.Series> series = new ArrayList<>();
        for (RawObject pod : world.of("Pod")) {
            if (pod.text("spec", "nodeName").filter(node::equals).isEmpty()) {
                continue;
            }
            for (RawObject volume : pod.objects("spec", "volumes")) {
                String claim = volume.text("persistentVolumeClaim", "claimName").orElse("");
                String labels = "namespace=\"" + pod.namespace() + "\",persistentvolumeclaim=\"" + claim + "\"";
                double share = claim.startsWith("data-payments-db") ? 0.06 : 0.35 + 0.4 * Seed.share(claim);
                line(series, "kubelet_volume_stats_capacity_bytes", labels, 2.0e11);
                double available = Math.floor(2.0e11 * share);
                line(series, "kubelet_volume_stats_available_bytes", labels, available);
                line(series, "kubelet_volume_stats_used_bytes", labels, 2.0e11 - available);
            }
        }
        return series;
    }

    private static boolean notReady(World world, RawObject pod) {
        return world.apps().stream()
                .filter(app -> app.fault().equals("hang"))
                .anyMatch(app -> Exporters.isFaulty(app, world, pod));
    }

    private static void line(List<Exposition.Series> series, String name, String labels, double value) {
        series.add(new Exposition.Series(name, "{" + labels + "}", "const", value, 0, false));
    }
}
