package io.promwarden.explain;

import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.Service;
import io.promwarden.inventory.Workload;
import io.promwarden.label.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a selector that matches no Service nearly matches. */
final class NearServices {

    private final Backends backends;
    private final Catch<Service> services;

    NearServices(Backends backends, Catch<Service> services) {
        this.backends = backends;
        this.services = services;
    }

    Link unmatched(Monitor monitor, Reach reach, List<Service> elsewhere) {
        List<String> evidence = new ArrayList<>();
        LabelSelector selector = monitor.selector().orElse(new LabelSelector(Map.of(), List.of()));
        evidence.add("selector " + selector.text() + ", looked for in " + reach.text());
        if (!elsewhere.isEmpty()) {
            TreeSet<String> homes = new TreeSet<>();
            elsewhere.forEach(service -> homes.add(service.meta().namespace()));
            evidence.add("it matches "
                    + Words.several(
                            "Service",
                            elsewhere.stream().map(one -> one.meta().key()).toList()));
            if (reach.ignored()) {
                evidence.add("its Prometheus has ignoreNamespaceSelectors: true");
            }
            return Link.broken(Code.SERVICE_IN_OTHER_NAMESPACE, evidence);
        }
        nearest(selector, services.in(reach.namespaces()).stream())
                .map(Near::text)
                .or(() -> nearest(selector, services.all().stream()).map(Near::text))
                .ifPresent(evidence::add);
        List<Pod> pods = backends.pods()
                .value()
                .map(all -> all.matching(OperatorSelector.of(monitor), reach.namespaces()))
                .orElse(List.of());
        if (!pods.isEmpty() && !selector.isEmpty()) {
            evidence.add(pods.size() + " pods have these labels, such as "
                    + pods.get(0).meta().key() + ": a ServiceMonitor selects Services by their own labels");
        }
        return Link.broken(Code.NO_MATCHING_SERVICE, evidence);
    }

    /** An object of which a single label is different. */
    record Near(Service service, String key, String wanted, Optional<String> there) {
        String text() {
            return "Service " + service.meta().key()
                    + there.map(value -> " has " + key + "=" + value + ", not " + key + "=" + wanted)
                            .orElse(" lacks the label " + key + "=" + wanted);
        }
    }

    static Optional<Near> nearest(LabelSelector selector, Stream<Service> candidates) {
        return candidates
                .flatMap(service -> difference(selector, service).stream())
                .min(Comparator.<Near, Boolean>comparing(near -> near.there().isEmpty())
                        .thenComparing(near -> near.service().meta().key()));
    }

    private static Optional<Near> difference(LabelSelector selector, Service service) {
        Map<String, String> labels = service.meta().labels();
        List<Map.Entry<String, String>> unmet = selector.matchLabels().entrySet().stream()
                .filter(wanted -> !wanted.getValue().equals(labels.get(wanted.getKey())))
                .toList();
        if (unmet.size() != 1 || !new LabelSelector(Map.of(), selector.matchExpressions()).matches(labels)) {
            return Optional.empty();
        }
        String key = unmet.get(0).getKey();
        String value = unmet.get(0).getValue();
        String there = labels.get(key);
        boolean several = selector.matchLabels().size() > 1;
        if (there == null) {
            boolean byPods = value.equals(service.selector().get(key))
                    || service.meta().name().equals(value);
            return several || byPods ? Optional.of(new Near(service, key, value, Optional.empty())) : Optional.empty();
        }
        return several || Nearest.alike(value, there)
                ? Optional.of(new Near(service, key, value, Optional.of(there)))
                : Optional.empty();
    }

    /** The pods or templates whose labels a Service's selector nearly matches. */
    static Optional<String> pods(Service service, Backends backends) {
        return nearPodLabels(service, backends).map(labels -> "there are pods with " + Words.labels(labels));
    }

    /** Labels of pods in the Service's namespace that have the selector's keys, with one alike value. */
    static Optional<Map<String, String>> nearPodLabels(Service service, Backends backends) {
        Optional<java.util.Set<String>> home =
                Optional.of(java.util.Set.of(service.meta().namespace()));
        Stream<Map<String, String>> pods = backends.pods().value().stream()
                .flatMap(all -> all.in(home).stream())
                .map(pod -> pod.meta().labels());
        Stream<Map<String, String>> templates =
                backends.templates().in(home).stream().map(Workload::podLabels);
        return Stream.concat(pods, templates)
                .filter(labels -> labels.keySet().containsAll(service.selector().keySet()))
                .filter(labels -> {
                    List<String> different = service.selector().entrySet().stream()
                            .filter(wanted -> !wanted.getValue().equals(labels.get(wanted.getKey())))
                            .map(Map.Entry::getKey)
                            .toList();
                    return different.size() == 1
                            && (service.selector().size() > 1
                                    || Nearest.alike(
                                            service.selector().getOrDefault(different.get(0), ""),
                                            labels.getOrDefault(different.get(0), "")));
                })
                .map(labels -> {
                    Map<String, String> wanted = new java.util.TreeMap<>(labels);
                    wanted.keySet().retainAll(service.selector().keySet());
                    return wanted;
                })
                .findFirst();
    }
}
