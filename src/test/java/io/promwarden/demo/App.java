package io.promwarden.demo;

import io.promwarden.inventory.RawObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One workload of the demo, as {@code apps.yaml} describes it.
 *
 * @param containers declared ports, by container and port name
 * @param service the Service's name; empty for none
 * @param serves the exposition behind {@code port/path}
 * @param fault what a scrape gets instead of the exposition; empty for none
 * @param faultyPod the only pod with the fault; empty for all of them
 * @param claim the volume claim template's name; empty for none
 */
record App(
        String namespace,
        String name,
        String kind,
        int replicas,
        String image,
        Map<String, String> labels,
        Map<String, String> annotations,
        Map<String, Map<String, Integer>> containers,
        Optional<String> service,
        Map<String, String> serves,
        String fault,
        OptionalInt faultyPod,
        Optional<String> claim,
        String claimSize,
        boolean hostNetwork) {

    static final Set<String> KEYS = Set.of(
            "namespace",
            "name",
            "kind",
            "replicas",
            "image",
            "version",
            "labels",
            "annotations",
            "containers",
            "service",
            "serves",
            "fault",
            "pod",
            "claim",
            "claimSize",
            "hostNetwork",
            "night");

    static App of(RawObject entry, int nodes) {
        if (!KEYS.containsAll(entry.tree().keySet())) {
            throw new IllegalArgumentException("unknown key in " + entry.tree());
        }
        String namespace = entry.text("namespace").orElseThrow();
        String name = entry.text("name").orElseThrow();
        String kind = entry.text("kind").orElse("Deployment");
        String image = entry.text("image")
                .orElseGet(() -> "registry.shop.example/" + namespace + "/" + name + ":"
                        + entry.text("version").orElse("2.4.1"));
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("app.kubernetes.io/name", name);
        labels.put("app.kubernetes.io/part-of", namespace);
        labels.putAll(entry.texts("labels"));
        long replicas =
                kind.equals("DaemonSet") ? nodes : entry.whole("replicas").orElse(2L);
        Optional<Long> pod = entry.whole("pod");
        return new App(
                namespace,
                name,
                kind,
                (int) replicas,
                image,
                labels,
                entry.texts("annotations"),
                containers(entry),
                Optional.of(entry.text("service").orElse(name)).filter(service -> !service.equals("none")),
                entry.texts("serves"),
                entry.text("fault").orElse(""),
                pod.isPresent() ? OptionalInt.of(pod.get().intValue()) : OptionalInt.empty(),
                entry.text("claim"),
                entry.text("claimSize").orElse(""),
                entry.isTrue("hostNetwork"));
    }

    private static Map<String, Map<String, Integer>> containers(RawObject entry) {
        Map<String, Map<String, Integer>> containers = new LinkedHashMap<>();
        for (String container : entry.texts("containers").keySet()) {
            throw new IllegalArgumentException("container " + container + " needs ports");
        }
        RawObject all = entry.object("containers").orElseThrow();
        for (String container : all.tree().keySet()) {
            Map<String, Integer> ports = new LinkedHashMap<>();
            all.texts(container).forEach((port, number) -> ports.put(port, Integer.valueOf(number)));
            containers.put(container, ports);
        }
        return containers;
    }

    /** The image of a container: the app's own for the first one. */
    String imageOf(String container) {
        boolean first = container.equals(containers.keySet().iterator().next());
        return first ? image : "registry.shop.example/sidecars/" + container + ":1.9.0";
    }

    List<String> portNames() {
        return containers.values().stream()
                .flatMap(ports -> ports.keySet().stream())
                .toList();
    }
}
