package io.promwarden.demo;

import io.promwarden.inventory.RawObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Expands apps into the objects that Kubernetes would hold of them, with pods spread over the nodes. */
final class AppObjects {

    private final List<String> nodes;
    private final int[] used;
    private int services = 10;

    AppObjects(List<String> nodes) {
        this.nodes = nodes;
        this.used = new int[nodes.size()];
    }

    /** The address of a node: that of its kubelet and of pods in its network. */
    static String nodeAddress(int node) {
        return "10.0.0." + (11 + node);
    }

    List<RawObject> expand(App app) {
        List<RawObject> objects = new ArrayList<>();
        objects.add(workload(app));
        List<RawObject> pods = new ArrayList<>();
        for (int index = 0; index < app.replicas(); index++) {
            pods.add(pod(app, index));
            claim(app, index).ifPresent(objects::add);
        }
        objects.addAll(pods);
        app.service().ifPresent(name -> {
            objects.add(service(app, name));
            objects.add(slice(app, name, pods));
        });
        return objects;
    }

    private static RawObject workload(App app) {
        Map<String, @Nullable Object> template = Tree.of(
                "metadata",
                Tree.of("labels", app.labels(), "annotations", app.annotations()),
                "spec",
                Tree.of("containers", containers(app), "hostNetwork", app.hostNetwork() ? true : null));
        boolean everywhere = app.kind().equals("DaemonSet");
        return Tree.object(
                "apps/v1",
                app.kind(),
                Tree.of(
                        "metadata",
                        Tree.of("name", app.name(), "namespace", app.namespace(), "labels", app.labels()),
                        "spec",
                        Tree.of(
                                "replicas",
                                everywhere ? null : app.replicas(),
                                "selector",
                                Tree.of("matchLabels", selector(app)),
                                "template",
                                template),
                        "status",
                        everywhere
                                ? Tree.of("desiredNumberScheduled", app.replicas(), "numberReady", app.replicas())
                                : Tree.of("replicas", app.replicas(), "readyReplicas", app.replicas())));
    }

    private RawObject pod(App app, int index) {
        int node = app.kind().equals("DaemonSet") ? index : leastUsed();
        used[node]++;
        String hash = Seed.letters(app.namespace() + "/" + app.name() + app.image(), 10);
        String ip = app.hostNetwork() ? nodeAddress(node) : "10.244." + (node + 1) + "." + (1 + used[node]);
        String name = switch (app.kind()) {
            case "StatefulSet" -> app.name() + "-" + index;
            case "DaemonSet" -> app.name() + "-" + Seed.letters(app.name() + index, 5);
            default -> app.name() + "-" + hash + "-" + Seed.letters(hash + index, 5);
        };
        Map<String, String> labels = new LinkedHashMap<>(app.labels());
        if (app.kind().equals("Deployment")) {
            labels.put("pod-template-hash", hash);
        }
        Map<String, @Nullable Object> owner = app.kind().equals("Deployment")
                ? Tree.of("kind", "ReplicaSet", "name", app.name() + "-" + hash)
                : Tree.of("kind", app.kind(), "name", app.name());
        owner.put("apiVersion", "apps/v1");
        owner.put("uid", Seed.letters(app.namespace() + app.name() + "owner", 12));
        owner.put("controller", true);
        List<Object> volumes = app.claim()
                .map(claim -> List.<Object>of(
                        Tree.of("name", claim, "persistentVolumeClaim", Tree.of("claimName", claim + "-" + name))))
                .orElse(List.of());
        return Tree.object(
                "v1",
                "Pod",
                Tree.of(
                        "metadata",
                        Tree.of(
                                "name",
                                name,
                                "namespace",
                                app.namespace(),
                                "labels",
                                labels,
                                "annotations",
                                app.annotations(),
                                "ownerReferences",
                                List.of(owner)),
                        "spec",
                        Tree.of(
                                "nodeName",
                                nodes.get(node),
                                "hostNetwork",
                                app.hostNetwork() ? true : null,
                                "containers",
                                containers(app),
                                "volumes",
                                volumes),
                        "status",
                        Tree.of(
                                "phase",
                                "Running",
                                "podIP",
                                ip,
                                "hostIP",
                                nodeAddress(node),
                                "conditions",
                                List.of(Tree.of("type", "Ready", "status", "True")))));
    }

    private int leastUsed() {
        int least = 0;
        for (int node = 1; node < used.length; node++) {
            if (used[node] < used[least]) {
                least = node;
            }
        }
        return least;
    }

    private static List<Object> containers(App app) {
        List<Object> containers = new ArrayList<>();
        app.containers().forEach((name, ports) -> {
            List<Object> declared = new ArrayList<>();
            ports.forEach((port, number) ->
                    declared.add(Tree.of("name", port, "containerPort", number, "protocol", protocol(port))));
            containers.add(Tree.of("name", name, "image", app.imageOf(name), "ports", declared));
        });
        return containers;
    }

    private static Optional<RawObject> claim(App app, int index) {
        return app.claim().map(claim -> {
            Map<String, String> size = Map.of("storage", app.claimSize());
            return Tree.object(
                    "v1",
                    "PersistentVolumeClaim",
                    Tree.of(
                            "metadata",
                            Tree.of(
                                    "name",
                                    claim + "-" + app.name() + "-" + index,
                                    "namespace",
                                    app.namespace(),
                                    "labels",
                                    selector(app)),
                            "spec",
                            Tree.of("resources", Tree.of("requests", size)),
                            "status",
                            Tree.of("phase", "Bound", "capacity", size)));
        });
    }

    private RawObject service(App app, String name) {
        List<Object> ports = new ArrayList<>();
        app.containers()
                .values()
                .forEach(declared -> declared.forEach((port, number) -> ports.add(
                        Tree.of("name", port, "port", number, "targetPort", port, "protocol", protocol(port)))));
        return Tree.object(
                "v1",
                "Service",
                Tree.of(
                        "metadata",
                        Tree.of("name", name, "namespace", app.namespace(), "labels", app.labels()),
                        "spec",
                        Tree.of(
                                "type",
                                "ClusterIP",
                                "clusterIP",
                                app.kind().equals("StatefulSet") ? "None" : "10.96.12." + services++,
                                "selector",
                                selector(app),
                                "ports",
                                ports)));
    }

    private static RawObject slice(App app, String service, List<RawObject> pods) {
        Map<String, String> labels = new LinkedHashMap<>(app.labels());
        labels.put("kubernetes.io/service-name", service);
        List<Object> ports = new ArrayList<>();
        app.containers()
                .values()
                .forEach(declared -> declared.forEach((port, number) ->
                        ports.add(Tree.of("name", port, "port", number, "protocol", protocol(port)))));
        List<Object> endpoints = pods.stream()
                .<Object>map(pod -> Tree.of(
                        "addresses",
                        List.of(pod.text("status", "podIP").orElseThrow()),
                        "conditions",
                        Tree.of("ready", true),
                        "nodeName",
                        pod.text("spec", "nodeName").orElseThrow(),
                        "targetRef",
                        Tree.of("kind", "Pod", "name", pod.name(), "namespace", pod.namespace())))
                .toList();
        return Tree.object(
                "discovery.k8s.io/v1",
                "EndpointSlice",
                Tree.of(
                        "metadata",
                        Tree.of(
                                "name",
                                service + "-" + Seed.letters(app.namespace() + service, 5),
                                "namespace",
                                app.namespace(),
                                "labels",
                                labels),
                        "addressType",
                        "IPv4",
                        "ports",
                        ports,
                        "endpoints",
                        endpoints));
    }

    private static Map<String, String> selector(App app) {
        return Map.of("app.kubernetes.io/name", app.labels().getOrDefault("app.kubernetes.io/name", app.name()));
    }

    private static String protocol(String port) {
        return port.equals("dns") ? "UDP" : "TCP";
    }
}
