package io.promwarden.catalog.monitor;

import io.promwarden.finding.Fix;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.Indexed;
import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.ObjectMeta;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.Service;
import io.promwarden.label.Nearest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a selector that matches nothing may have been meant to match.
 *
 * @param fact the object that comes nearest, and what is different there
 */
record SelectionHint(String fact, Fix fix) {

    static Optional<SelectionHint> of(
            Monitor monitor, Optional<Set<String>> place, boolean ignored, ClusterInventory declared) {
        LabelSelector selector = monitor.selector().orElse(new LabelSelector(Map.of(), List.of()));
        boolean services = monitor.kind() == ObjectKind.SERVICE_MONITOR;
        return elsewhere(monitor, place, ignored, declared)
                .or(() -> services ? unlabelled(selector, place, declared) : Optional.empty())
                .or(() -> services ? podsOnly(monitor, place, declared) : servicesOnly(monitor, place, declared))
                .or(() -> similar(selector, place, services, declared));
    }

    /** It matches, but in a namespace where it does not look. */
    private static Optional<SelectionHint> elsewhere(
            Monitor monitor, Optional<Set<String>> place, boolean ignored, ClusterInventory declared) {
        LabelSelector selector = monitor.selector().orElse(new LabelSelector(Map.of(), List.of()));
        if (place.isEmpty() || selector.isEmpty()) {
            return Optional.empty();
        }
        Set<String> found = new TreeSet<>();
        if (monitor.kind() == ObjectKind.SERVICE_MONITOR) {
            Selected.services(monitor, Optional.empty(), declared)
                    .forEach(service -> found.add(service.meta().namespace()));
        } else {
            Selected.pods(monitor, Optional.empty(), declared)
                    .forEach(pod -> found.add(pod.meta().namespace()));
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String fact = "it would match in namespace " + String.join(", ", found);
        if (ignored) {
            return Optional.of(new SelectionHint(
                    fact,
                    Fix.of("Move the monitor to that namespace: its Prometheus has ignoreNamespaceSelectors set.")));
        }
        StringBuilder patch = new StringBuilder("spec:\n  namespaceSelector:\n    matchNames:\n");
        found.forEach(name -> patch.append("      - ").append(Patch.yaml(name)).append('\n'));
        return Optional.of(new SelectionHint(
                fact, Fix.of("Name the namespace in the monitor's namespaceSelector.", patch.toString())));
    }

    /** The labels are on the pods behind a Service, and not on the Service. */
    private static Optional<SelectionHint> unlabelled(
            LabelSelector selector, Optional<Set<String>> place, ClusterInventory declared) {
        return services(place, declared)
                .filter(service -> !service.selector().isEmpty() && selector.matches(service.selector()))
                .min(Comparator.comparing(service -> service.meta().key()))
                .map(service -> {
                    Map<String, String> lacking = new HashMap<>(selector.matchLabels());
                    lacking.entrySet().removeAll(service.meta().labels().entrySet());
                    Fix fix = lacking.isEmpty()
                            ? Fix.of("Give the Service the labels that the monitor selects.")
                            : Fix.of(
                                    "Label the Service: a ServiceMonitor selects by the Service's own labels.",
                                    Patch.label(
                                            "service",
                                            service.meta().namespace(),
                                            service.meta().name(),
                                            lacking));
                    return new SelectionHint(
                            "Service " + service.meta().key()
                                    + " selects pods with these labels, but does not carry them itself",
                            fix);
                });
    }

    private static Optional<SelectionHint> podsOnly(
            Monitor monitor, Optional<Set<String>> place, ClusterInventory declared) {
        List<Pod> pods = Selected.pods(monitor, place, declared);
        return pods.isEmpty()
                ? Optional.empty()
                : Optional.of(new SelectionHint(
                        pods.size() + " pods have these labels, such as "
                                + pods.get(0).meta().key(),
                        Fix.of("Give these pods a Service with the labels, or use a PodMonitor.")));
    }

    private static Optional<SelectionHint> servicesOnly(
            Monitor monitor, Optional<Set<String>> place, ClusterInventory declared) {
        List<Service> services = Selected.services(monitor, place, declared);
        return services.isEmpty()
                ? Optional.empty()
                : Optional.of(new SelectionHint(
                        "Service " + services.get(0).meta().key() + " has these labels, its pods have not",
                        Fix.of("Select by the pods' labels, or use a ServiceMonitor.")));
    }

    /** The same but for one label. */
    private static Optional<SelectionHint> similar(
            LabelSelector selector, Optional<Set<String>> place, boolean services, ClusterInventory declared) {
        String kind = services ? "Service " : "pod ";
        Stream<ObjectMeta> candidates = services
                ? services(place, declared).map(Service::meta)
                : declared.pods().value().stream()
                        .flatMap(all -> all.select(place, new LabelSelector(Map.of(), List.of())))
                        .map(Pod::meta);
        return candidates
                .flatMap(meta -> difference(selector, meta).stream()
                        .map(difference -> new SelectionHint(
                                kind + meta.key() + " " + difference,
                                Fix.of("Correct the selector, or the label of " + kind + meta.key() + "."))))
                .min(Comparator.comparing(SelectionHint::fact));
    }

    /** What is different when exactly one wanted label is, and is alike. */
    private static Optional<String> difference(LabelSelector selector, ObjectMeta meta) {
        List<Map.Entry<String, String>> unmet = selector.matchLabels().entrySet().stream()
                .filter(wanted -> !wanted.getValue().equals(meta.labels().get(wanted.getKey())))
                .toList();
        LabelSelector rest = new LabelSelector(Map.of(), selector.matchExpressions());
        if (unmet.size() != 1 || !rest.matches(meta.labels())) {
            return Optional.empty();
        }
        String key = unmet.get(0).getKey();
        String value = unmet.get(0).getValue();
        String there = meta.labels().get(key);
        if (there != null
                && (Nearest.alike(value, there) || selector.matchLabels().size() > 1)) {
            return Optional.of("has " + key + "=" + there + ", not " + key + "=" + value);
        }
        return meta.labels().entrySet().stream()
                .filter(label -> label.getValue().equals(value))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .map(other -> "has " + other + "=" + value + ", not " + key + "=" + value);
    }

    private static Stream<Service> services(Optional<Set<String>> place, ClusterInventory declared) {
        Indexed<Service> all = declared.services()
                .value()
                .orElseGet(() -> Indexed.of(
                        List.of(),
                        service -> service.meta().namespace(),
                        service -> service.meta().labels()));
        return all.select(place, new LabelSelector(Map.of(), List.of()));
    }
}
