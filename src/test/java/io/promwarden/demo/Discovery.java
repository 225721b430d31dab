package io.promwarden.demo;

import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.RawObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The targets that Prometheus' Kubernetes discovery would offer to a job, with its labels. It is relabeling in the real
 * process that decides what becomes of each.
 */
final class Discovery {

    private static final String META = "__meta_kubernetes_";

    private final World world;
    private final Map<String, RawObject> pods = new HashMap<>();
    private final Map<String, RawObject> services = new HashMap<>();

    Discovery(World world) {
        this.world = world;
        world.of("Pod").forEach(pod -> pods.put(pod.namespace() + "/" + pod.name(), pod));
        world.of("Service").forEach(service -> services.put(service.namespace() + "/" + service.name(), service));
    }

    /** One entry of a file_sd file. */
    record Offer(String address, Map<String, String> labels) {
        Map<String, @Nullable Object> tree() {
            return Tree.of("targets", List.of(address), "labels", labels);
        }
    }

    /** The role {@code endpoints} in one namespace, of Services that a selector matches. */
    List<Offer> endpoints(String namespace, LabelSelector selector) {
        List<Offer> offers = new ArrayList<>();
        for (RawObject slice : world.of("EndpointSlice")) {
            String service = slice.labels().getOrDefault("kubernetes.io/service-name", "");
            RawObject selected = services.get(slice.namespace() + "/" + service);
            if (slice.namespace().equals(namespace) && selected != null && selector.matches(selected.labels())) {
                Map<String, String> common = serviceLabels(namespace, service);
                for (RawObject endpoint : slice.objects("endpoints")) {
                    slice.objects("ports").forEach(port -> offers.add(offer(endpoint, port, common)));
                }
            }
        }
        return offers;
    }

    /** The role {@code pod} in one namespace, of pods that a selector matches: one target per declared port. */
    List<Offer> pods(String namespace, LabelSelector selector) {
        List<Offer> offers = new ArrayList<>();
        for (RawObject pod : world.of("Pod")) {
            if (pod.namespace().equals(namespace) && selector.matches(pod.labels())) {
                for (RawObject container : pod.objects("spec", "containers")) {
                    for (RawObject port : container.objects("ports")) {
                        Map<String, String> labels = podLabels(pod);
                        labels.put(META + "namespace", namespace);
                        labels.putAll(containerLabels(container, port));
                        offers.add(new Offer(address(pod.text("status", "podIP").orElseThrow(), port), labels));
                    }
                }
            }
        }
        return offers;
    }

    private Offer offer(RawObject endpoint, RawObject port, Map<String, String> common) {
        Map<String, String> labels = new TreeMap<>(common);
        labels.put(META + "endpoint_port_name", port.text("name").orElse(""));
        labels.put(META + "endpoint_port_protocol", port.text("protocol").orElse("TCP"));
        labels.put(META + "endpoint_ready", endpoint.text("conditions", "ready").orElse("true"));
        endpoint.text("nodeName").ifPresent(node -> labels.put(META + "endpoint_node_name", node));
        Optional<String> target = endpoint.text("targetRef", "name");
        target.ifPresent(name -> {
            labels.put(
                    META + "endpoint_address_target_kind",
                    endpoint.text("targetRef", "kind").orElse(""));
            labels.put(META + "endpoint_address_target_name", name);
        });
        RawObject pod = pods.get(common.get(META + "namespace") + "/" + target.orElse(""));
        if (pod != null) {
            labels.putAll(podLabels(pod));
            for (RawObject container : pod.objects("spec", "containers")) {
                container.objects("ports").stream()
                        .filter(declared -> declared.text("name").equals(port.text("name")))
                        .forEach(declared -> labels.putAll(containerLabels(container, declared)));
            }
        }
        return new Offer(
                endpoint.words("addresses").getFirst() + ":"
                        + port.whole("port").orElseThrow(),
                labels);
    }

    private Map<String, String> serviceLabels(String namespace, String name) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(META + "namespace", namespace);
        labels.put(META + "service_name", name);
        labels.put(META + "endpoints_name", name);
        RawObject service = services.get(namespace + "/" + name);
        if (service != null) {
            labels.putAll(mapped("service_label", service.labels()));
        }
        return labels;
    }

    private static Map<String, String> podLabels(RawObject pod) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(META + "pod_name", pod.name());
        labels.put(META + "pod_ip", pod.text("status", "podIP").orElse(""));
        labels.put(META + "pod_phase", pod.text("status", "phase").orElse(""));
        labels.put(META + "pod_ready", "true");
        labels.put(META + "pod_node_name", pod.text("spec", "nodeName").orElse(""));
        labels.put(META + "pod_host_ip", pod.text("status", "hostIP").orElse(""));
        pod.objects("metadata", "ownerReferences").forEach(owner -> {
            labels.put(META + "pod_controller_kind", owner.text("kind").orElse(""));
            labels.put(META + "pod_controller_name", owner.text("name").orElse(""));
        });
        labels.putAll(mapped("pod_label", pod.labels()));
        labels.putAll(mapped("pod_annotation", pod.annotations()));
        return labels;
    }

    private static Map<String, String> containerLabels(RawObject container, RawObject port) {
        return Map.of(
                META + "pod_container_name", container.text("name").orElse(""),
                META + "pod_container_image", container.text("image").orElse(""),
                META + "pod_container_port_name", port.text("name").orElse(""),
                META + "pod_container_port_number", port.text("containerPort").orElse(""),
                META + "pod_container_port_protocol", port.text("protocol").orElse("TCP"));
    }

    private static Map<String, String> mapped(String what, Map<String, String> from) {
        Map<String, String> labels = new LinkedHashMap<>();
        from.forEach((key, value) -> {
            labels.put(META + what + "_" + sanitized(key), value);
            labels.put(META + what + "present_" + sanitized(key), "true");
        });
        return labels;
    }

    /** A label's name as discovery and the operator write it. */
    static String sanitized(String key) {
        return key.replaceAll("[^a-zA-Z0-9_]", "_");
    }

    private static String address(String ip, RawObject port) {
        return ip + ":" + port.whole("containerPort").orElseThrow();
    }
}
