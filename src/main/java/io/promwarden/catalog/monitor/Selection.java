package io.promwarden.catalog.monitor;

import io.promwarden.check.Evidence;
import io.promwarden.check.Need;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectMeta;
import io.promwarden.inventory.PrometheusObject;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which Prometheus or PrometheusAgent picks up which monitor, as the operator decides it: by the monitor's labels and by
 * its namespace's labels. A selector that is missing picks nothing; a namespace selector that is missing means the
 * Prometheus' own namespace.
 */
final class Selection {

    /** What has to be known to decide. */
    static final Set<Need> NEEDS = Set.of(Need.PROMETHEUSES, Need.NAMESPACES);

    private final List<PrometheusObject> prometheuses;
    private final Map<String, Map<String, String>> namespaceLabels = new HashMap<>();

    /** How one Prometheus sees one monitor. */
    record Verdict(PrometheusObject prometheus, boolean labelsFit, boolean namespaceFits, String why) {
        boolean picked() {
            return labelsFit && namespaceFits;
        }
    }

    private Selection(ClusterInventory declared) {
        prometheuses = declared.prometheuses().value().orElse(List.of());
        for (ObjectMeta namespace : declared.namespaces().value().orElse(List.of())) {
            namespaceLabels.put(namespace.name(), namespace.labels());
        }
    }

    static Selection of(Evidence evidence) {
        return evidence.derived(Selection.class, seen -> new Selection(seen.declared()));
    }

    List<PrometheusObject> prometheuses() {
        return prometheuses;
    }

    List<Verdict> verdicts(Monitor monitor) {
        return prometheuses.stream().map(one -> verdict(one, monitor)).toList();
    }

    List<PrometheusObject> pickedBy(Monitor monitor) {
        return verdicts(monitor).stream()
                .filter(Verdict::picked)
                .map(Verdict::prometheus)
                .toList();
    }

    /**
     * Where a monitor's targets may live, for each Prometheus that picks it up, each answer once; an empty set of
     * namespaces means everywhere. A monitor that nobody picks up is taken at its word.
     */
    Set<Optional<Set<String>>> places(Monitor monitor) {
        Set<Optional<Set<String>>> places = new LinkedHashSet<>();
        for (PrometheusObject prometheus : pickedBy(monitor)) {
            places.add(
                    prometheus.raw().isTrue("spec", "ignoreNamespaceSelectors")
                            ? Optional.of(Set.of(monitor.meta().namespace()))
                            : monitor.targetNamespaces());
        }
        return places.isEmpty() ? Set.of(monitor.targetNamespaces()) : places;
    }

    boolean exists(String namespace) {
        return namespaceLabels.containsKey(namespace);
    }

    private Verdict verdict(PrometheusObject prometheus, Monitor monitor) {
        Optional<LabelSelector> selector = prometheus.monitorSelector(monitor.kind());
        if (selector.isEmpty()) {
            return new Verdict(
                    prometheus, false, false, "picks up no " + monitor.kind().kind() + " at all");
        }
        boolean labels = selector.get().matches(monitor.meta().labels());
        Optional<LabelSelector> namespaces = prometheus.monitorNamespaceSelector(monitor.kind());
        String home = monitor.meta().namespace();
        boolean namespace = namespaces
                .map(wanted -> wanted.matches(labelsOf(home)))
                .orElseGet(() -> prometheus.meta().namespace().equals(home));
        StringBuilder why = new StringBuilder();
        if (!labels) {
            why.append("wants the labels ").append(selector.get().text());
        }
        if (!namespace) {
            why.append(why.isEmpty() ? "" : ", and ")
                    .append(namespaces
                            .map(wanted -> "looks only in namespaces with the labels " + wanted.text())
                            .orElse("looks only in its own namespace"));
        }
        return new Verdict(prometheus, labels, namespace, why.toString());
    }

    /** The API server gives every namespace a label with its name; files often leave it out. */
    private Map<String, String> labelsOf(String namespace) {
        Map<String, String> labels = new HashMap<>(namespaceLabels.getOrDefault(namespace, Map.of()));
        labels.put("kubernetes.io/metadata.name", namespace);
        return labels;
    }
}
