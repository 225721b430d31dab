package io.promwarden.admission;

import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.PrometheusObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a Prometheus selects a monitor, where the world may lack the Namespace objects whose labels decide: then nobody
 * knows, the label apart that the API server gives every namespace.
 */
final class Selecting {

    private static final String OWN_LABEL = "kubernetes.io/metadata.name";

    /** UNKNOWN: it turns on labels of a namespace that was not given. */
    enum Answer {
        YES,
        NO,
        UNKNOWN
    }

    private final Map<String, Map<String, String>> namespaces;

    /** By the labels of the namespaces that are known. */
    Selecting(Map<String, Map<String, String>> namespaces) {
        this.namespaces = namespaces;
    }

    Answer selects(PrometheusObject prometheus, Monitor monitor) {
        Optional<LabelSelector> labels = prometheus.monitorSelector(monitor.kind());
        if (labels.isEmpty() || !labels.get().matches(monitor.meta().labels())) {
            return Answer.NO;
        }
        String home = monitor.meta().namespace();
        Optional<LabelSelector> places = prometheus.monitorNamespaceSelector(monitor.kind());
        if (places.isEmpty()) {
            return prometheus.meta().namespace().equals(home) ? Answer.YES : Answer.NO;
        }
        Map<String, String> known = namespaces.get(home);
        Map<String, String> all = new HashMap<>(known == null ? Map.of() : known);
        all.put(OWN_LABEL, home);
        return known == null ? guess(places.get(), all) : places.get().matches(all) ? Answer.YES : Answer.NO;
    }

    private static Answer guess(LabelSelector selector, Map<String, String> ownLabel) {
        Map<String, String> byName = new HashMap<>(selector.matchLabels());
        byName.keySet().retainAll(List.of(OWN_LABEL));
        List<LabelSelector.Requirement> requirements = selector.matchExpressions().stream()
                .filter(requirement -> requirement.key().equals(OWN_LABEL))
                .toList();
        if (!new LabelSelector(byName, requirements).matches(ownLabel)) {
            return Answer.NO;
        }
        boolean decided = byName.size() == selector.matchLabels().size()
                && requirements.size() == selector.matchExpressions().size();
        return decided ? Answer.YES : Answer.UNKNOWN;
    }
}
