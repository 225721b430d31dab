package io.promwarden.catalog.monitor;

import io.promwarden.check.Evidence;
import io.promwarden.explain.Chain;
import io.promwarden.explain.OperatorSelector;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.Indexed;
import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.Service;
import io.promwarden.inventory.Workload;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether nothing is behind a monitor because nothing is meant to run now. */
final class Idle {

    private final ClusterInventory declared;
    private final Set<String> namespaces = new HashSet<>();

    private Idle(Evidence evidence) {
        declared = evidence.declared();
        declared.namespaces().value().orElse(List.of()).forEach(namespace -> namespaces.add(namespace.name()));
    }

    static Idle of(Evidence evidence) {
        return evidence.derived(Idle.class, Idle::new);
    }

    /**
     * There are workloads whose pods it would scrape, and all are scaled to zero; or it is for a part of the control plane
     * that somebody else runs: charts make such Services everywhere, and a managed cluster has no pod for them.
     */
    boolean onPurpose(Chain chain) {
        boolean controlPlane = !chain.matched().isEmpty()
                && services(chain)
                        .allMatch(service -> service.meta().namespace().equals("kube-system"))
                && empty(chain);
        return controlPlane || atZero(chain);
    }

    private boolean atZero(Chain chain) {
        List<Workload> behind = chain.monitor().kind() == ObjectKind.POD_MONITOR
                ? selected(chain.monitor())
                : services(chain).flatMap(this::behind).toList();
        return !behind.isEmpty() && behind.stream().allMatch(workload -> workload.replicas() == 0);
    }

    /**
     * Nothing is there that could be meant: no Service where it looks, though the namespaces exist, or no pod and no
     * workload behind those that it matches.
     */
    boolean empty(Chain chain) {
        if (!chain.matched().isEmpty()) {
            return services(chain)
                    .allMatch(service -> !service.selector().isEmpty()
                            && pods(service).findAny().isEmpty()
                            && behind(service).findAny().isEmpty());
        }
        Optional<Set<String>> places = chain.monitor().targetNamespaces();
        return places.isPresent()
                && namespaces.containsAll(places.get())
                && places.get().stream()
                        .allMatch(
                                place -> in(declared.services().value(), place).isEmpty()
                                        && in(declared.pods().value(), place).isEmpty());
    }

    private List<Workload> selected(Monitor monitor) {
        OperatorSelector selector = OperatorSelector.of(monitor);
        Optional<Set<String>> places = monitor.targetNamespaces();
        return workloads()
                .filter(workload -> places.map(
                                names -> names.contains(workload.meta().namespace()))
                        .orElse(true))
                .filter(workload -> selector.matches(workload.podLabels()))
                .toList();
    }

    private Stream<Service> services(Chain chain) {
        Set<Chain.Matched> matched = Set.copyOf(chain.matched());
        return declared.services().value().stream()
                .flatMap(all -> all.all().stream())
                .filter(service -> matched.contains(new Chain.Matched(
                        "Service", service.meta().namespace(), service.meta().name())));
    }

    private Stream<Workload> behind(Service service) {
        LabelSelector selector = new LabelSelector(service.selector(), List.of());
        return service.selector().isEmpty()
                ? Stream.empty()
                : workloads()
                        .filter(workload -> workload.meta()
                                .namespace()
                                .equals(service.meta().namespace()))
                        .filter(workload -> selector.matches(workload.podLabels()));
    }

    private Stream<Pod> pods(Service service) {
        return declared.pods().value().stream()
                .flatMap(all -> all.select(
                        Optional.of(Set.of(service.meta().namespace())),
                        new LabelSelector(service.selector(), List.of())));
    }

    private Stream<Workload> workloads() {
        return declared.workloads().value().orElse(List.of()).stream();
    }

    private static <T> List<T> in(Optional<Indexed<T>> all, String namespace) {
        return all.map(index -> index.in(namespace)).orElse(List.of());
    }
}
