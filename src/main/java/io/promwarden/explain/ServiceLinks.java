package io.promwarden.explain;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.Container;
import io.promwarden.inventory.EndpointSlice;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.Service;
import io.promwarden.inventory.Workload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From a ServiceMonitor's selector to the targets that its relabelings see. */
final class ServiceLinks {

    private static final Set<String> UNKNOWABLE = Set.of(
            "__meta_kubernetes_pod_uid",
            "__meta_kubernetes_pod_host_ip",
            "__meta_kubernetes_pod_controller_",
            "__meta_kubernetes_pod_container_init",
            "__meta_kubernetes_pod_container_id",
            "__meta_kubernetes_node_",
            "__meta_kubernetes_namespace_label",
            "__meta_kubernetes_namespace_annotation",
            "__meta_kubernetes_endpointslice_name",
            "__meta_kubernetes_endpoint_hostname",
            "__meta_kubernetes_service_cluster_ip",
            "__scrape_timeout__",
            "__tmp_hash");

    private static final String ANNOTATIONS = "_annotation";

    private final Backends backends;
    private final Draft draft;
    private final RawObject endpoint;
    private final Optional<WantedPort> wanted;
    private final boolean slicesRole;
    private final boolean runningOnly;

    ServiceLinks(Backends backends, Draft draft, RawObject endpoint) {
        this.backends = backends;
        this.draft = draft;
        this.endpoint = endpoint;
        this.wanted = WantedPort.of(draft.monitor().kind(), endpoint);
        this.slicesRole = draft.slicesRole();
        this.runningOnly = !Boolean.FALSE.equals(endpoint.value("filterRunning"));
    }

    void judge(String relabelings) {
        switch (backends.services()) {
            case Answer.Unknown<Catch<Service>> unknown -> draft.add(Link.unknown(LinkName.MATCHED, unknown.why()));
            case Answer.Known<Catch<Service>> known -> {
                Reach reach = draft.reach();
                OperatorSelector selector = OperatorSelector.of(draft.monitor());
                List<Service> matched = known.known().matching(selector, reach.namespaces());
                if (matched.isEmpty()) {
                    List<Service> elsewhere = known.known().matching(selector, Optional.empty());
                    draft.add(new NearServices(backends, known.known()).unmatched(draft.monitor(), reach, elsewhere));
                    return;
                }
                draft.matched(matched.stream()
                        .map(service -> new Chain.Matched(
                                "Service",
                                service.meta().namespace(),
                                service.meta().name()))
                        .toList());
                draft.add(Link.ok(
                        LinkName.MATCHED,
                        Words.several(
                                "Service",
                                matched.stream().map(one -> one.meta().key()).toList())));
                List<Service> withPort = port(matched);
                if (!draft.isBroken()) {
                    addresses(withPort, relabelings);
                }
            }
        }
    }

    private List<Service> port(List<Service> matched) {
        if (wanted.isEmpty()) {
            draft.add(Link.ok(LinkName.PORT, "no port is named, so every port counts"));
            return matched;
        }
        WantedPort port = wanted.get();
        if (port.ofService()) {
            List<Service> with = matched.stream().filter(this::hasPort).toList();
            if (with.isEmpty()) {
                draft.add(Link.broken(Code.PORT_UNKNOWN, NearPorts.ofServices(port, matched)));
            } else {
                draft.add(Link.ok(LinkName.PORT, some(port.text(), with, matched)));
            }
            return with;
        }
        List<Service> with = new ArrayList<>();
        List<Container> seen = new ArrayList<>();
        for (Service service : matched) {
            List<Container> containers = backends.containersOf(service, slicesRole);
            seen.addAll(containers);
            if (port.declaredBy(containers)) {
                with.add(service);
            }
        }
        if (!with.isEmpty()) {
            draft.add(Link.ok(LinkName.PORT, some(port.text(), with, matched)));
            return with;
        }
        if (!seen.isEmpty()) {
            draft.add(Link.broken(Code.TARGET_PORT_UNDECLARED, NearPorts.ofContainers(port, seen)));
        } else if (backends.bare()) {
            draft.add(Link.unknown(LinkName.PORT, "no workload in the files has the pods of " + names(matched)));
            return matched;
        } else if (backends.pods().reason().isPresent()) {
            draft.add(Link.unknown(LinkName.PORT, backends.pods().reason().get()));
            return matched;
        } else {
            draft.add(Link.ok(LinkName.PORT, "no pod is there that could declare " + port.text()));
            draft.add(Link.broken(
                    Code.NO_ENDPOINTS, "a targetPort is a port of a pod, and no pod is behind " + names(matched)));
        }
        return with;
    }

    private boolean hasPort(Service service) {
        WantedPort port = wanted.orElseThrow();
        return service.ports().stream().anyMatch(one -> port.names(one.name()))
                || (service.selector().isEmpty()
                        && backends.endpoints(service, slicesRole).value().stream()
                                .flatMap(List::stream)
                                .flatMap(slice -> slice.ports().stream())
                                .anyMatch(one -> port.names(one.name())));
    }

    private static List<String> some(String port, List<Service> with, List<Service> matched) {
        List<String> evidence = new ArrayList<>();
        evidence.add(port);
        matched.stream()
                .filter(service -> !with.contains(service))
                .limit(5)
                .forEach(service -> evidence.add("Service " + service.meta().key() + " has no such port"));
        return evidence;
    }

    /** What is behind a port, and what of it a pod that has ended takes away. */
    private static final class Addresses {
        final List<Candidate> targets = new ArrayList<>();
        final Set<String> places = new LinkedHashSet<>();
        final List<String> without = new ArrayList<>();
        int notReady;
        int ended;
    }

    private void addresses(List<Service> services, String relabelings) {
        if (backends.bare()) {
            draft.add(Link.unknown(LinkName.ADDRESSES, "the files hold no pods and no endpoints"));
            draft.add(new RelabelingLink(
                            draft.prometheus(), draft.scrapeClass(), endpoint.objects("relabelings"), relabelings)
                    .judge(templates(services), unknowable(true)));
            return;
        }
        Addresses found = new Addresses();
        for (Service service : services) {
            switch (backends.endpoints(service, slicesRole)) {
                case Answer.Unknown<List<EndpointSlice>> unknown -> {
                    draft.add(Link.unknown(LinkName.ADDRESSES, unknown.why()));
                    return;
                }
                case Answer.Known<List<EndpointSlice>> known -> collect(service, known.known(), found);
            }
        }
        if (found.targets.isEmpty()) {
            draft.add(
                    found.ended > 0
                            ? Link.broken(
                                    Code.PODS_NOT_RUNNING,
                                    "the " + found.ended + " addresses belong to pods that have ended")
                            : Link.broken(Code.NO_ENDPOINTS, none(services)));
            return;
        }
        List<String> evidence = new ArrayList<>();
        evidence.add(Words.several("address", List.copyOf(found.places)));
        if (found.notReady > 0) {
            evidence.add(found.notReady + " of them not ready, which does not keep Prometheus from scraping");
        }
        evidence.addAll(found.without);
        draft.add(Link.ok(LinkName.ADDRESSES, evidence));
        draft.add(new RelabelingLink(
                        draft.prometheus(), draft.scrapeClass(), endpoint.objects("relabelings"), relabelings)
                .judge(found.targets, unknowable(false)));
    }

    private void collect(Service service, List<EndpointSlice> slices, Addresses found) {
        int before = found.targets.size();
        for (EndpointSlice slice : slices) {
            for (EndpointSlice.Endpoint one : slice.endpoints()) {
                Optional<Pod> pod = backends.pod(service, one);
                List<EndpointSlice.Port> ports = ports(slice, pod);
                for (String address : one.addresses()) {
                    if (ports.isEmpty()) {
                        continue;
                    }
                    if (runningOnly && pod.filter(Pod::finished).isPresent()) {
                        found.ended++;
                        continue;
                    }
                    found.places.add(address + ":" + ports.get(0).port());
                    found.notReady += one.ready() ? 0 : 1;
                    ports.forEach(port -> found.targets.add(candidates()
                            .ofService(service, port, address, one.ready(), pod, container(pod, port.port()))));
                }
            }
        }
        if (found.targets.size() == before && found.without.size() < 5) {
            found.without.add("Service " + service.meta().key() + " has no address behind the port");
        }
    }

    /** The ports of one address that become targets: the slice's, and for a targetPort those that its pod declares. */
    private List<EndpointSlice.Port> ports(EndpointSlice slice, Optional<Pod> pod) {
        if (wanted.isEmpty()) {
            return slice.ports();
        }
        WantedPort port = wanted.get();
        if (port.ofService()) {
            return slice.ports().stream().filter(one -> port.names(one.name())).toList();
        }
        if (slice.ports().isEmpty()) {
            return List.of();
        }
        return pod.stream()
                .flatMap(one -> one.containers().stream())
                .flatMap(container -> port.ports(container).stream())
                .map(declared -> slice.ports().stream()
                        .filter(one -> one.port() == declared.number())
                        .findFirst()
                        .orElse(new EndpointSlice.Port("", declared.number())))
                .toList();
    }

    private static Optional<Container> container(Optional<Pod> pod, int port) {
        return pod.stream()
                .flatMap(one -> one.containers().stream())
                .filter(container -> container.ports().stream().anyMatch(declared -> declared.number() == port))
                .findFirst();
    }

    private List<Candidate> templates(List<Service> services) {
        List<Candidate> some = new ArrayList<>();
        for (Service service : services) {
            Optional<Workload> workload = backends.templatesOf(service).stream().findFirst();
            service.ports().stream()
                    .filter(port -> wanted.isEmpty()
                            || !wanted.get().ofService()
                            || wanted.get().names(port.name()))
                    .forEach(port -> some.add(candidates().ofTemplate(service, port, workload)));
        }
        return some;
    }

    private List<String> none(List<Service> services) {
        List<String> evidence = new ArrayList<>();
        for (Service service : services.subList(0, Math.min(5, services.size()))) {
            String name = "Service " + service.meta().key();
            if (service.type().equals("ExternalName")) {
                evidence.add(name + " is an ExternalName, which has no endpoints");
            } else if (!slicesRole && backends.onlyBySlices(service)) {
                evidence.add(name + " has an EndpointSlice made by hand, which only the EndpointSlice role discovers");
            } else if (service.selector().isEmpty()) {
                evidence.add(name + " has no selector, and nobody gave it endpoints");
            } else if (backends.podsOf(service).isEmpty()) {
                evidence.add(name + " selects no pod (" + Words.labels(service.selector()) + ")");
                NearServices.pods(service, backends).ifPresent(evidence::add);
            } else {
                evidence.add(name + ": " + unserved(service));
            }
        }
        return evidence;
    }

    private String unserved(Service service) {
        List<Pod> pods = backends.podsOf(service);
        for (Service.Port port : service.ports()) {
            boolean asked = wanted.map(one -> !one.ofService() || one.names(port.name()))
                    .orElse(true);
            boolean named = !port.targetPort().matches("[0-9]+");
            boolean there = pods.stream()
                    .flatMap(pod -> pod.containers().stream())
                    .anyMatch(container -> container.findPort(port.targetPort()).isPresent());
            if (asked && named && !there) {
                return "its port leads to the container port '" + port.targetPort() + "', which no pod has";
            }
        }
        return "none of its " + pods.size() + " pods has an address";
    }

    private Set<String> unknowable(boolean bare) {
        Set<String> all = new LinkedHashSet<>(UNKNOWABLE);
        for (String of : List.of("service", "pod", "endpoints")) {
            all.add("__meta_kubernetes_" + of + ANNOTATIONS);
        }
        if (bare) {
            all.addAll(List.of(
                    "__address__",
                    "pod",
                    "container",
                    "__meta_kubernetes_pod_name",
                    "__meta_kubernetes_pod_ip",
                    "__meta_kubernetes_pod_node_name",
                    "__meta_kubernetes_pod_phase",
                    "__meta_kubernetes_pod_ready",
                    "__meta_kubernetes_pod_container",
                    "__meta_kubernetes_endpoint_",
                    "__meta_kubernetes_endpointslice_"));
        }
        return all;
    }

    private Candidates candidates() {
        return new Candidates(draft.monitor(), draft.prometheus(), endpoint);
    }

    private static String names(List<Service> services) {
        return Words.several(
                "Service", services.stream().map(one -> one.meta().key()).toList());
    }
}
