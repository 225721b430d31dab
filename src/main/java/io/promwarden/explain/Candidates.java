package io.promwarden.explain;

import io.promwarden.inventory.Container;
import io.promwarden.inventory.EndpointSlice;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.Service;
import io.promwarden.inventory.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes the label sets that reach the user's own relabelings: what service discovery says of a target, and what the
 * operator's rules before them add (namespace, service, pod, container, endpoint, job and the copied labels).
 */
final class Candidates {

    /** Where files name no address, the one that stands for it. */
    private static final String SOME_ADDRESS = "0.0.0.0";

    private final Monitor monitor;
    private final PrometheusObject prometheus;
    private final RawObject endpoint;
    private final Optional<WantedPort> wanted;

    Candidates(Monitor monitor, PrometheusObject prometheus, RawObject endpoint) {
        this.monitor = monitor;
        this.prometheus = prometheus;
        this.endpoint = endpoint;
        this.wanted = WantedPort.of(monitor.kind(), endpoint);
    }

    /** A target behind a Service's port. */
    Candidate ofService(
            Service service,
            EndpointSlice.Port port,
            String address,
            boolean ready,
            Optional<Pod> pod,
            Optional<Container> container) {
        Candidate.Draft draft = begin(address + ":" + port.port());
        draft.put("__meta_kubernetes_namespace", service.meta().namespace());
        draft.put("__meta_kubernetes_service_name", service.meta().name());
        draft.put("__meta_kubernetes_endpoints_name", service.meta().name());
        for (String role : List.of("endpoint", "endpointslice")) {
            draft.put("__meta_kubernetes_" + role + "_port_name", port.name());
            draft.put("__meta_kubernetes_" + role + "_port_protocol", "TCP");
            draft.put("__meta_kubernetes_" + role + "_address_target_kind", pod.isPresent() ? "Pod" : "");
            draft.put(
                    "__meta_kubernetes_" + role + "_address_target_name",
                    pod.map(one -> one.meta().name()).orElse(""));
        }
        draft.put("__meta_kubernetes_endpoint_ready", String.valueOf(ready));
        draft.put("__meta_kubernetes_endpointslice_endpoint_conditions_ready", String.valueOf(ready));
        draft.each("__meta_kubernetes_service", "label", service.meta().labels());
        draft.each("__meta_kubernetes_service", "annotation", service.meta().annotations());
        draft.each("__meta_kubernetes_endpoints", "label", service.meta().labels());
        pod.ifPresent(one ->
                pod(draft, one.meta().name(), one.meta().labels(), one.meta().annotations()));
        pod.ifPresent(one -> draft.put("__meta_kubernetes_pod_ip", one.ip())
                .put("__meta_kubernetes_pod_phase", one.phase())
                .put("__meta_kubernetes_pod_node_name", one.node())
                .put("__meta_kubernetes_pod_ready", String.valueOf(one.ready())));
        container.ifPresent(one -> container(draft, one, port.port()));
        draft.put("namespace", service.meta().namespace());
        draft.put("service", service.meta().name());
        draft.put("pod", pod.map(one -> one.meta().name()).orElse(""));
        draft.put("container", container.map(Container::name).orElse(""));
        copy(draft, monitor.raw().words("spec", "targetLabels"), service.meta().labels());
        copyOfPod(draft, pod.map(one -> one.meta().labels()).orElse(Map.of()));
        draft.put("job", jobLabel(service.meta().labels()).orElse(service.meta().name()));
        draft.put("endpoint", wanted.map(WantedPort::value).orElse(""));
        return draft.named(address + ":" + port.port());
    }

    /** A target behind a Service in files, where neither address nor pod is known. */
    Candidate ofTemplate(Service service, Service.Port port, Optional<Workload> workload) {
        int number = port.targetPort().matches("[0-9]{1,5}") ? Integer.parseInt(port.targetPort()) : port.port();
        Candidate some = ofService(
                service,
                new EndpointSlice.Port(port.name(), number),
                SOME_ADDRESS,
                true,
                Optional.empty(),
                Optional.empty());
        Candidate.Draft draft = new Candidate.Draft();
        some.labels().forEach(draft::put);
        workload.ifPresent(one -> draft.each("__meta_kubernetes_pod", "label", one.podLabels())
                .each("__meta_kubernetes_pod", "annotation", one.podAnnotations()));
        return draft.named("port " + (port.name().isEmpty() ? port.port() : port.name()) + " of Service "
                + service.meta().key());
    }

    /** A target at a declared port of a pod, or at a pod that declares none. */
    Candidate ofPod(Pod pod, Optional<Container> container, Optional<Container.Port> port) {
        String address = pod.ip() + port.map(one -> ":" + one.number()).orElse("");
        Candidate.Draft draft = begin(address);
        draft.put("__meta_kubernetes_namespace", pod.meta().namespace());
        pod(draft, pod.meta().name(), pod.meta().labels(), pod.meta().annotations());
        draft.put("__meta_kubernetes_pod_ip", pod.ip())
                .put("__meta_kubernetes_pod_phase", pod.phase())
                .put("__meta_kubernetes_pod_node_name", pod.node())
                .put("__meta_kubernetes_pod_ready", String.valueOf(pod.ready()));
        podTail(
                draft,
                pod.meta().namespace(),
                pod.meta().name(),
                container,
                port,
                pod.meta().labels());
        return draft.named(address);
    }

    Candidate ofTemplate(Workload workload, Optional<Container> container, Optional<Container.Port> port) {
        Candidate.Draft draft =
                begin(SOME_ADDRESS + port.map(one -> ":" + one.number()).orElse(""));
        draft.put("__meta_kubernetes_namespace", workload.meta().namespace());
        pod(draft, workload.meta().name(), workload.podLabels(), workload.podAnnotations());
        podTail(draft, workload.meta().namespace(), workload.meta().name(), container, port, workload.podLabels());
        return draft.named("pods of " + workload.kind() + " " + workload.meta().key());
    }

    /** A target that is written down. */
    Candidate ofStatic(String address, Map<String, String> labels) {
        Candidate.Draft draft = begin(address);
        labels.forEach(draft::put);
        return draft.named(address);
    }

    private Candidate.Draft begin(String address) {
        Candidate.Draft draft = new Candidate.Draft();
        draft.put("__address__", address);
        draft.put("__scheme__", endpoint.text("scheme").orElse("http").toLowerCase(java.util.Locale.ROOT));
        draft.put(
                "__metrics_path__",
                endpoint.text("path").filter(path -> !path.isEmpty()).orElse("/metrics"));
        String interval = endpoint.text("interval")
                .filter(text -> !text.isEmpty())
                .or(() -> prometheus.raw().text("spec", "scrapeInterval"))
                .orElse("30s");
        draft.put("__scrape_interval__", interval);
        return draft;
    }

    private static void pod(
            Candidate.Draft draft, String name, Map<String, String> labels, Map<String, String> annotations) {
        draft.put("__meta_kubernetes_pod_name", name);
        draft.each("__meta_kubernetes_pod", "label", labels);
        draft.each("__meta_kubernetes_pod", "annotation", annotations);
    }

    private static void container(Candidate.Draft draft, Container container, int port) {
        draft.put("__meta_kubernetes_pod_container_name", container.name());
        draft.put("__meta_kubernetes_pod_container_image", container.image());
        draft.put("__meta_kubernetes_pod_container_port_number", String.valueOf(port));
        draft.put("__meta_kubernetes_pod_container_port_protocol", "TCP");
        container.ports().stream()
                .filter(declared -> declared.number() == port)
                .findFirst()
                .ifPresent(declared -> draft.put("__meta_kubernetes_pod_container_port_name", declared.name()));
    }

    private void podTail(
            Candidate.Draft draft,
            String namespace,
            String pod,
            Optional<Container> container,
            Optional<Container.Port> port,
            Map<String, String> podLabels) {
        container.ifPresent(
                one -> container(draft, one, port.map(Container.Port::number).orElse(0)));
        draft.put("namespace", namespace);
        draft.put("pod", pod);
        draft.put("container", container.map(Container::name).orElse(""));
        copyOfPod(draft, podLabels);
        draft.put("job", jobLabel(podLabels).orElse(monitor.meta().key()));
        draft.put("endpoint", wanted.map(WantedPort::value).orElse(""));
    }

    /** The monitor's own list, and the one that the Prometheus has for all. */
    private void copyOfPod(Candidate.Draft draft, Map<String, String> podLabels) {
        copy(draft, monitor.raw().words("spec", "podTargetLabels"), podLabels);
        copy(draft, prometheus.raw().words("spec", "podTargetLabels"), podLabels);
    }

    private static void copy(Candidate.Draft draft, List<String> keys, Map<String, String> from) {
        Map<String, String> plain = plain(from);
        keys.forEach(key -> {
            String value = plain.getOrDefault(OperatorSelector.sanitized(key), "");
            if (!value.isEmpty()) {
                draft.put(OperatorSelector.sanitized(key), value);
            }
        });
    }

    private Optional<String> jobLabel(Map<String, String> labels) {
        return monitor.raw()
                .text("spec", "jobLabel")
                .map(key -> plain(labels).getOrDefault(OperatorSelector.sanitized(key), ""))
                .filter(value -> !value.isEmpty());
    }

    private static Map<String, String> plain(Map<String, String> labels) {
        Map<String, String> plain = new TreeMap<>();
        labels.forEach((key, value) -> plain.put(OperatorSelector.sanitized(key), value));
        return plain;
    }
}
