package io.promwarden.catalog.monitor;

import io.promwarden.check.Evidence;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.Indexed;
import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.Service;
import io.promwarden.inventory.Workload;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a monitor selects in a place: a set of namespaces, or everywhere where that is empty. */
final class Selected {

    private Selected() {}

    static List<Service> services(Monitor monitor, Optional<Set<String>> place, ClusterInventory declared) {
        return declared.services()
                .value()
                .map(all -> OperatorMatch.select(all, service -> service.meta().labels(), place, monitor))
                .orElse(List.of());
    }

    static List<Pod> pods(Monitor monitor, Optional<Set<String>> place, ClusterInventory declared) {
        return declared.pods()
                .value()
                .map(all -> OperatorMatch.select(all, pod -> pod.meta().labels(), place, monitor))
                .orElse(List.of());
    }

    /** Workloads whose pods it would select, whether or not one runs now. */
    static List<Workload> workloads(Monitor monitor, Optional<Set<String>> place, Evidence evidence) {
        Templates templates = evidence.derived(Templates.class, Templates::of);
        return OperatorMatch.select(templates.byPodLabels(), Workload::podLabels, place, monitor);
    }

    /** Pods behind a Service with a selector. */
    static List<Pod> behind(Service service, ClusterInventory declared) {
        if (service.selector().isEmpty()) {
            return List.of();
        }
        LabelSelector selector = new LabelSelector(service.selector(), List.of());
        Optional<Set<String>> home = Optional.of(Set.of(service.meta().namespace()));
        return declared.pods()
                .value()
                .map(all -> all.select(home, selector).toList())
                .orElse(List.of());
    }

    /** Workloads whose pods a Service with a selector would have behind it. */
    static List<Workload> templatesBehind(Service service, Evidence evidence) {
        if (service.selector().isEmpty()) {
            return List.of();
        }
        Optional<Set<String>> home = Optional.of(Set.of(service.meta().namespace()));
        return evidence.derived(Templates.class, Templates::of)
                .byPodLabels()
                .select(home, new LabelSelector(service.selector(), List.of()))
                .toList();
    }

    /** Workloads by the labels of their pod templates. */
    record Templates(Indexed<Workload> byPodLabels) {
        static Templates of(Evidence evidence) {
            return new Templates(Indexed.of(
                    evidence.declared().workloads().value().orElse(List.of()),
                    workload -> workload.meta().namespace(),
                    Workload::podLabels));
        }
    }
}
