package io.promwarden.admission;

import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectMeta;
import io.promwarden.inventory.PrometheusObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which Prometheus or PrometheusAgent picks up which monitor, as the operator decides it: by the monitor's labels and by
 * its namespace's labels. A selector that is missing picks nothing; a namespace selector that is missing means the
 * Prometheus' own namespace.
 */
public final class Selection {

    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private final List<PrometheusObject> prometheuses;
    private final Map<String, Map<String, String>> namespaceLabels = new HashMap<>();

    /** Whether something fits; UNKNOWN where the labels of a namespace decide it and it is not in the world. */
    public enum Fit {
        YES,
        NO,
        UNKNOWN
    }

    /**
     * How one Prometheus sees one monitor.
     *
     * @param why what it wants instead, or what is not known; empty if it picks the monitor up
     */
    public record Choice(PrometheusObject prometheus, boolean labels, Fit namespace, String why) {

        /** YES if it picks the monitor up. */
        public Fit picked() {
            return labels ? namespace : Fit.NO;
        }
    }

    /**
     * A selection among these Prometheus objects.
     *
     * @param namespaces those of the world; one that is not among them has no known label but its name
     */
    public Selection(List<PrometheusObject> prometheuses, List<ObjectMeta> namespaces) {
        this.prometheuses = List.copyOf(prometheuses);
        namespaces.forEach(namespace -> namespaceLabels.put(namespace.name(), namespace.labels()));
    }

    /** The selection of what a cluster declares; a kind that could not be read is empty here. */
    public static Selection of(ClusterInventory declared) {
        return new Selection(
                declared.prometheuses().value().orElse(List.of()),
                declared.namespaces().value().orElse(List.of()));
    }

    public List<PrometheusObject> prometheuses() {
        return prometheuses;
    }

    /** One choice for every Prometheus, in their order. */
    public List<Choice> choices(Monitor monitor) {
        return prometheuses.stream().map(one -> choice(one, monitor)).toList();
    }

    /** Those that pick the monitor up for certain. */
    public List<PrometheusObject> pickedBy(Monitor monitor) {
        return choices(monitor).stream()
                .filter(choice -> choice.picked() == Fit.YES)
                .map(Choice::prometheus)
                .toList();
    }

    public Choice choice(PrometheusObject prometheus, Monitor monitor) {
        Optional<LabelSelector> selector = prometheus.monitorSelector(monitor.kind());
        if (selector.isEmpty()) {
            return new Choice(
                    prometheus,
                    false,
                    Fit.NO,
                    "has no selector for the kind " + monitor.kind().kind() + ", which picks up none at all");
        }
        boolean labels = selector.get().matches(monitor.meta().labels());
        Optional<LabelSelector> wanted = prometheus.monitorNamespaceSelector(monitor.kind());
        String home = monitor.meta().namespace();
        Fit namespace = wanted.map(labelled -> fit(labelled, home))
                .orElseGet(() -> prometheus.meta().namespace().equals(home) ? Fit.YES : Fit.NO);
        StringBuilder why = new StringBuilder();
        if (!labels) {
            why.append("wants the labels ").append(selector.get().text());
        }
        if (namespace != Fit.YES) {
            why.append(why.isEmpty() ? "" : ", and ")
                    .append(wanted.map(labelled -> "looks only in namespaces with the labels " + labelled.text())
                            .orElse("looks only in its own namespace"));
        }
        if (namespace == Fit.UNKNOWN) {
            why.append("; the labels of namespace ").append(home).append(" are not known");
        }
        return new Choice(prometheus, labels, namespace, why.toString());
    }

    /** The namespace's labels, with the one that the API server gives each. */
    public Map<String, String> labelsOf(String namespace) {
        Map<String, String> labels = new HashMap<>(namespaceLabels.getOrDefault(namespace, Map.of()));
        labels.put(NAME_LABEL, namespace);
        return labels;
    }

    public boolean exists(String namespace) {
        return namespaceLabels.containsKey(namespace);
    }

    private Fit fit(LabelSelector selector, String namespace) {
        Map<String, String> labels = labelsOf(namespace);
        if (exists(namespace)) {
            return selector.matches(labels) ? Fit.YES : Fit.NO;
        }
        boolean unknown = false;
        for (Map.Entry<String, String> wanted : selector.matchLabels().entrySet()) {
            if (!wanted.getKey().equals(NAME_LABEL)) {
                unknown = true;
            } else if (!wanted.getValue().equals(namespace)) {
                return Fit.NO;
            }
        }
        for (LabelSelector.Requirement wanted : selector.matchExpressions()) {
            if (!wanted.key().equals(NAME_LABEL)) {
                unknown = true;
            } else if (!new LabelSelector(Map.of(), List.of(wanted)).matches(labels)) {
                return Fit.NO;
            }
        }
        return unknown ? Fit.UNKNOWN : Fit.YES;
    }
}
