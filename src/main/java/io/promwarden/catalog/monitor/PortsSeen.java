package io.promwarden.catalog.monitor;

import io.promwarden.check.Evidence;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.Container;
import io.promwarden.inventory.EndpointSlice;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.Service;
import io.promwarden.inventory.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The ports that a monitor can find: those of the selected Services, and those that containers of the selected pods
 * declare. Where no pod runs, the workloads' templates speak for their pods.
 *
 * @param services selected Services that have endpoints of their own, so none of type ExternalName
 * @param servicePorts names of their ports; for Services without a selector also those of their endpoints
 * @param anyPod there is a pod or a template
 * @param anyContainer there is a pod or a template that could declare a port, or endpoints that are no pods
 */
record PortsSeen(
        List<Service> services,
        Set<String> servicePorts,
        List<Container.Port> containerPorts,
        boolean anyContainer,
        boolean anyPod) {

    private static final int SHOWN = 12;

    static PortsSeen ofServices(List<Service> selected, Evidence evidence) {
        ClusterInventory declared = evidence.declared();
        List<Service> services = selected.stream()
                .filter(service -> !service.type().equals("ExternalName"))
                .toList();
        Slices slices = evidence.derived(Slices.class, Slices::of);
        Set<String> names = new TreeSet<>();
        List<Container> containers = new ArrayList<>();
        boolean any = false;
        for (Service service : services) {
            service.ports().forEach(port -> names.add(port.name()));
            List<EndpointSlice> ofService = slices.of(service);
            ofService.forEach(slice -> slice.ports().forEach(port -> names.add(port.name())));
            List<Pod> pods =
                    service.selector().isEmpty() ? podsOf(ofService, declared) : Selected.behind(service, declared);
            pods.forEach(pod -> containers.addAll(pod.containers()));
            any |= !pods.isEmpty()
                    || ofService.stream().anyMatch(slice -> !slice.endpoints().isEmpty());
            if (pods.isEmpty()) {
                List<Workload> templates = Selected.templatesBehind(service, evidence);
                templates.forEach(workload -> containers.addAll(workload.containers()));
                any |= !templates.isEmpty();
            }
        }
        return new PortsSeen(services, names, ports(containers), any, !containers.isEmpty());
    }

    static PortsSeen ofPods(List<Pod> pods, Supplier<List<Workload>> templates) {
        List<Container> containers = new ArrayList<>();
        pods.forEach(pod -> containers.addAll(pod.containers()));
        if (pods.isEmpty()) {
            templates.get().forEach(workload -> containers.addAll(workload.containers()));
        }
        return new PortsSeen(List.of(), Set.of(), ports(containers), !containers.isEmpty(), !containers.isEmpty());
    }

    boolean anyService() {
        return !services.isEmpty();
    }

    String serviceNames() {
        return shortened(services.stream().map(service -> service.meta().key()).toList());
    }

    String servicePortsText() {
        Set<String> texts = new TreeSet<>();
        services.forEach(service -> service.ports()
                .forEach(port -> texts.add((port.name().isEmpty() ? "(unnamed)" : port.name()) + " " + port.port()
                        + " to " + port.targetPort())));
        return texts.isEmpty() ? "none" : shortened(List.copyOf(texts));
    }

    String containerPortsText() {
        if (containerPorts.isEmpty()) {
            return anyContainer ? "none declared" : "no pods";
        }
        return shortened(containerPorts.stream()
                .map(port -> (port.name().isEmpty() ? "(unnamed)" : port.name()) + " " + port.number())
                .distinct()
                .sorted()
                .toList());
    }

    private static String shortened(List<String> words) {
        String shown = words.stream().distinct().limit(SHOWN).collect(Collectors.joining(", "));
        return words.size() > SHOWN ? shown + " and " + (words.size() - SHOWN) + " more" : shown;
    }

    private static List<Container.Port> ports(List<Container> containers) {
        return containers.stream()
                .flatMap(container -> container.ports().stream())
                .distinct()
                .toList();
    }

    private static List<Pod> podsOf(List<EndpointSlice> slices, ClusterInventory declared) {
        Set<String> names = slices.stream()
                .flatMap(slice -> slice.endpoints().stream())
                .flatMap(endpoint -> endpoint.podName().stream())
                .collect(Collectors.toSet());
        if (names.isEmpty()) {
            return List.of();
        }
        String namespace = slices.get(0).meta().namespace();
        return declared.pods().value().map(all -> all.in(namespace)).orElse(List.of()).stream()
                .filter(pod -> names.contains(pod.meta().name()))
                .toList();
    }

    /** EndpointSlices by their Service. */
    record Slices(Map<String, List<EndpointSlice>> byService) {
        static Slices of(Evidence evidence) {
            Map<String, List<EndpointSlice>> byService = new HashMap<>();
            for (EndpointSlice slice :
                    evidence.declared().endpointSlices().value().orElse(List.of())) {
                byService
                        .computeIfAbsent(slice.meta().namespace() + "/" + slice.serviceName(), key -> new ArrayList<>())
                        .add(slice);
            }
            return new Slices(byService);
        }

        List<EndpointSlice> of(Service service) {
            return byService.getOrDefault(service.meta().key(), List.of());
        }
    }
}
