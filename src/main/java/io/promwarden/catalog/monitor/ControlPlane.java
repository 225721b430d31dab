package io.promwarden.catalog.monitor;

import io.promwarden.check.Evidence;
import io.promwarden.coverage.Sightings;
import io.promwarden.inventory.EndpointSlice;
import io.promwarden.inventory.Indexed;
import io.promwarden.inventory.Pod;
import io.promwarden.observation.Target;
import io.promwarden.observation.TargetsSeen;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The components that every cluster has, whoever manages it, and how a target of each is recognised. */
enum ControlPlane {
    KUBELET(
            "the kubelet",
            "node and pod state as the kubelet sees it, volumes, runtime errors",
            "kubelet:\n  enabled: true\n"),
    CADVISOR(
            "the kubelet's cAdvisor",
            "CPU, memory and network of every container",
            "kubelet:\n  enabled: true\n  serviceMonitor:\n    cAdvisor: true\n"),
    API_SERVER(
            "the API server", "latency, errors and saturation of the API server", "kubeApiServer:\n  enabled: true\n"),
    CORE_DNS("CoreDNS", "latency and errors of name resolution", "coreDns:\n  enabled: true\n");

    private static final Set<Integer> KUBELET_PORTS = Set.of(10250, 10255);

    private final String word;
    private final String gives;
    private final String patch;

    ControlPlane(String word, String gives, String patch) {
        this.word = word;
        this.gives = gives;
        this.patch = patch;
    }

    String word() {
        return word;
    }

    /** What is not known without it. */
    String gives() {
        return gives;
    }

    /** The values of kube-prometheus-stack that switch it on. */
    String patch() {
        return patch;
    }

    /** CoreDNS only where it runs: a managed cluster may have another name server. */
    boolean applies(Evidence evidence) {
        return this != CORE_DNS || !corednsPods(evidence).isEmpty();
    }

    boolean scraped(Evidence evidence) {
        TargetsSeen targets = evidence.targets();
        return switch (this) {
            case KUBELET -> targets.all().stream().anyMatch(seen -> kubelet(seen.target()));
            case CADVISOR -> targets.all().stream().anyMatch(seen -> cadvisor(seen.target()));
            case API_SERVER -> {
                Set<String> addresses = apiServers(evidence);
                yield targets.all().stream().anyMatch(seen -> apiServer(seen.target(), addresses));
            }
            case CORE_DNS ->
                targets.all().stream()
                                .anyMatch(seen -> jobHas(seen.target(), "coredns") || jobHas(seen.target(), "kube-dns"))
                        || corednsPods(evidence).stream()
                                .anyMatch(pod -> !Sightings.at(targets, pod).isEmpty());
        };
    }

    private static boolean kubelet(Target target) {
        boolean own = target.path().endsWith("/metrics");
        boolean node = KUBELET_PORTS.contains(TargetsSeen.port(target.address()))
                || target.service().contains("kubelet")
                || jobHas(target, "kubelet")
                || target.path().matches(".*/nodes/[^/]+/proxy/metrics");
        return own && node;
    }

    private static boolean cadvisor(Target target) {
        return target.path().endsWith("/metrics/cadvisor") || jobHas(target, "cadvisor");
    }

    private static boolean apiServer(Target target, Set<String> addresses) {
        boolean proxied = target.path().contains("/proxy/");
        boolean service =
                target.service().equals("kubernetes") && target.namespace().equals("default");
        return !proxied
                && target.path().endsWith("/metrics")
                && (service || jobHas(target, "apiserver") || addresses.contains(target.address()));
    }

    private static boolean jobHas(Target target, String word) {
        return target.job().toLowerCase(Locale.ROOT).contains(word);
    }

    private static Set<String> apiServers(Evidence evidence) {
        Set<String> addresses = new HashSet<>();
        for (EndpointSlice slice : evidence.declared().endpointSlices().value().orElse(List.of())) {
            if (!slice.meta().namespace().equals("default")
                    || !slice.serviceName().equals("kubernetes")) {
                continue;
            }
            slice.endpoints().stream()
                    .flatMap(endpoint -> endpoint.addresses().stream())
                    .forEach(address -> slice.ports().forEach(port -> addresses.add(address + ":" + port.port())));
        }
        return addresses;
    }

    private static List<Pod> corednsPods(Evidence evidence) {
        return evidence.declared().pods().value().map(Indexed::all).orElse(List.of()).stream()
                .filter(Pod::running)
                .filter(pod -> pod.meta().namespace().equals("kube-system")
                        || pod.meta().namespace().equals("openshift-dns"))
                .filter(pod -> pod.containers().stream()
                        .anyMatch(container -> container.name().equals("coredns")
                                || container.image().contains("coredns")
                                || container.name().equals("dns")))
                .toList();
    }
}
