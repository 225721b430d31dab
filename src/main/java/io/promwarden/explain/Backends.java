package io.promwarden.explain;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.Container;
import io.promwarden.inventory.EndpointSlice;
import io.promwarden.inventory.Indexed;
import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.Service;
import io.promwarden.inventory.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What stands behind monitors: Services, their endpoints, pods, and the workloads that stand for pods in files. */
final class Backends {

    private static final String MIRRORED = "endpointslicemirroring-controller.k8s.io";
    private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

    private final Answer<Catch<Service>> services;
    private final Answer<Catch<Pod>> pods;
    private final Answer<Indexed<Pod>> podIndex;
    private final Catch<Workload> templates;
    private final Indexed<Workload> templateIndex;
    private final Answer<Map<String, List<EndpointSlice>>> slices;
    private final Map<String, Pod> byName = new HashMap<>();
    private final boolean bare;
    private final boolean endpointsRead;

    /**
     * What stands behind the monitors of a world.
     *
     * @param endpointsRead Endpoints objects were read as well; a cluster is only asked for EndpointSlices
     */
    Backends(ClusterInventory declared, boolean endpointsRead) {
        this.endpointsRead = endpointsRead;
        services = declared.services()
                .map(all -> new Catch<>(
                        all.all(),
                        service -> service.meta().namespace(),
                        service -> service.meta().labels()));
        pods = declared.pods()
                .map(all -> new Catch<>(
                        all.all(),
                        pod -> pod.meta().namespace(),
                        pod -> pod.meta().labels()));
        podIndex = declared.pods();
        podIndex.value()
                .ifPresent(all -> all.all().forEach(pod -> byName.put(pod.meta().key(), pod)));
        List<Workload> workloads = declared.workloads().value().orElse(List.of());
        templates = new Catch<>(workloads, workload -> workload.meta().namespace(), Workload::podLabels);
        templateIndex = Indexed.of(workloads, workload -> workload.meta().namespace(), Workload::podLabels);
        slices = declared.endpointSlices().map(all -> {
            Map<String, List<EndpointSlice>> byService = new HashMap<>();
            all.forEach(slice -> byService
                    .computeIfAbsent(slice.meta().namespace() + "/" + slice.serviceName(), key -> new ArrayList<>())
                    .add(slice));
            return byService;
        });
        bare = podIndex.value().filter(all -> all.size() == 0).isPresent()
                && slices.value().filter(Map::isEmpty).isPresent();
    }

    /** True for files from Git: the world holds no pod and no endpoint, and templates speak for the pods. */
    boolean bare() {
        return bare;
    }

    Answer<Catch<Service>> services() {
        return services;
    }

    Answer<Catch<Pod>> pods() {
        return pods;
    }

    Catch<Workload> templates() {
        return templates;
    }

    /** The pods that a Service's own selector gives it. */
    List<Pod> podsOf(Service service) {
        if (service.selector().isEmpty()) {
            return List.of();
        }
        return podIndex.value().stream()
                .flatMap(all -> all.select(home(service), new LabelSelector(service.selector(), List.of())))
                .toList();
    }

    List<Workload> templatesOf(Service service) {
        return service.selector().isEmpty()
                ? List.of()
                : templateIndex
                        .select(home(service), new LabelSelector(service.selector(), List.of()))
                        .toList();
    }

    /** Containers behind a Service: of its pods, or, in a world without pods, of its workloads' templates. */
    List<Container> containersOf(Service service, boolean slicesRole) {
        Map<String, Pod> behind = new LinkedHashMap<>();
        podsOf(service).forEach(pod -> behind.put(pod.meta().key(), pod));
        endpoints(service, slicesRole).value().stream()
                .flatMap(List::stream)
                .flatMap(slice -> slice.endpoints().stream())
                .forEach(endpoint -> pod(service, endpoint)
                        .ifPresent(pod -> behind.put(pod.meta().key(), pod)));
        if (bare) {
            return templatesOf(service).stream()
                    .flatMap(workload -> workload.containers().stream())
                    .toList();
        }
        return behind.values().stream()
                .flatMap(pod -> pod.containers().stream())
                .toList();
    }

    Optional<Pod> pod(Service service, EndpointSlice.Endpoint endpoint) {
        return endpoint.podName().map(name -> byName.get(service.meta().namespace() + "/" + name));
    }

    /**
     * The endpoints that Prometheus is told of. By the Endpoints role a Service without a selector has only what its
     * Endpoints object says, which Kubernetes mirrors into a slice; who did not read Endpoints takes any slice for one. Where a world has pods and no slice of the Service, the
     * slice is the one that Kubernetes would make.
     *
     * @param slicesRole Prometheus discovers EndpointSlices, not Endpoints
     */
    Answer<List<EndpointSlice>> endpoints(Service service, boolean slicesRole) {
        return slices.map(all -> {
            List<EndpointSlice> own = all.getOrDefault(service.meta().key(), List.of());
            if (endpointsRead && !slicesRole && service.selector().isEmpty()) {
                return own.stream()
                        .filter(slice -> MIRRORED.equals(slice.meta().labels().get(MANAGED_BY)))
                        .toList();
            }
            return own.isEmpty() && !service.type().equals("ExternalName") ? made(service) : own;
        });
    }

    /** True if a slice names this Service that only the EndpointSlice role would see. */
    boolean onlyBySlices(Service service) {
        return service.selector().isEmpty()
                && endpoints(service, true).value().stream().anyMatch(all -> !all.isEmpty())
                && endpoints(service, false).value().stream().anyMatch(List::isEmpty);
    }

    private List<EndpointSlice> made(Service service) {
        List<EndpointSlice> made = new ArrayList<>();
        for (Pod pod : podsOf(service)) {
            if (pod.ip().isEmpty() || pod.finished()) {
                continue;
            }
            List<EndpointSlice.Port> ports = new ArrayList<>();
            for (Service.Port port : service.ports()) {
                number(port, pod).ifPresent(number -> ports.add(new EndpointSlice.Port(port.name(), number)));
            }
            made.add(new EndpointSlice(
                    service.meta(),
                    service.meta().name(),
                    ports,
                    List.of(new EndpointSlice.Endpoint(
                            List.of(pod.ip()),
                            pod.ready(),
                            Optional.of(pod.meta().name())))));
        }
        return made;
    }

    private static Optional<Integer> number(Service.Port port, Pod pod) {
        if (port.targetPort().matches("[0-9]{1,5}")) {
            return Optional.of(Integer.valueOf(port.targetPort()));
        }
        return pod.containers().stream()
                .flatMap(container -> container.findPort(port.targetPort()).stream())
                .map(Container.Port::number)
                .findFirst();
    }

    private static Optional<Set<String>> home(Service service) {
        return Optional.of(Set.of(service.meta().namespace()));
    }

    /** The object itself, and what it is scraped by: a workload's pods, and the Services of pods. */
    Set<Chain.Matched> reachedBy(Chain.Matched wanted) {
        Set<Chain.Matched> all = new HashSet<>();
        all.add(wanted);
        List<Map<String, String>> podLabels = new ArrayList<>();
        for (Pod pod :
                podIndex.value().map(index -> index.in(wanted.namespace())).orElse(List.of())) {
            boolean owned = pod.owner()
                    .filter(owner ->
                            owner.kind().equals(wanted.kind()) && owner.name().equals(wanted.name()))
                    .isPresent();
            if (owned || (wanted.kind().equals("Pod") && pod.meta().name().equals(wanted.name()))) {
                all.add(new Chain.Matched("Pod", wanted.namespace(), pod.meta().name()));
                podLabels.add(pod.meta().labels());
            }
        }
        templateIndex.in(wanted.namespace()).stream()
                .filter(workload -> workload.kind().equals(wanted.kind())
                        && workload.meta().name().equals(wanted.name()))
                .forEach(workload -> podLabels.add(workload.podLabels()));
        for (Service service : services.value().map(Catch::all).orElse(List.of())) {
            boolean behind = service.meta().namespace().equals(wanted.namespace())
                    && !service.selector().isEmpty()
                    && podLabels.stream()
                            .anyMatch(labels -> labels.entrySet()
                                    .containsAll(service.selector().entrySet()));
            if (behind) {
                all.add(new Chain.Matched(
                        "Service", wanted.namespace(), service.meta().name()));
            }
        }
        return all;
    }

    boolean has(Chain.Matched wanted) {
        return switch (wanted.kind()) {
            case "Service" ->
                services.value().map(Catch::all).orElse(List.of()).stream()
                        .anyMatch(one -> one.meta().namespace().equals(wanted.namespace())
                                && one.meta().name().equals(wanted.name()));
            case "Pod" -> byName.containsKey(wanted.namespace() + "/" + wanted.name());
            default ->
                templateIndex.in(wanted.namespace()).stream()
                        .anyMatch(one -> one.kind().equals(wanted.kind())
                                && one.meta().name().equals(wanted.name()));
        };
    }

    /** What the monitor's selector matches where the monitor itself looks, whoever selects it. */
    Stream<Chain.Matched> matchedBy(Monitor monitor) {
        OperatorSelector selector = OperatorSelector.of(monitor);
        Optional<Set<String>> place = monitor.targetNamespaces();
        return switch (monitor.kind()) {
            case SERVICE_MONITOR ->
                services.value().map(all -> all.matching(selector, place)).orElse(List.of()).stream()
                        .map(one -> new Chain.Matched(
                                "Service", one.meta().namespace(), one.meta().name()));
            case POD_MONITOR ->
                Stream.concat(
                        pods.value().map(all -> all.matching(selector, place)).orElse(List.of()).stream()
                                .map(one -> new Chain.Matched(
                                        "Pod",
                                        one.meta().namespace(),
                                        one.meta().name())),
                        templates.matching(selector, place).stream()
                                .map(one -> new Chain.Matched(
                                        one.kind(),
                                        one.meta().namespace(),
                                        one.meta().name())));
            default -> Stream.of();
        };
    }
}
