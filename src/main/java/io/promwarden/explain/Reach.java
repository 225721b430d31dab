package io.promwarden.explain;

import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.PrometheusObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a monitor's targets may live for a Prometheus.
 *
 * @param namespaces empty means everywhere
 * @param ignored the Prometheus ignores the monitor's namespaceSelector
 */
record Reach(Optional<Set<String>> namespaces, boolean ignored) {

    static Reach of(Monitor monitor, PrometheusObject prometheus) {
        boolean ignored = prometheus.raw().isTrue("spec", "ignoreNamespaceSelectors");
        return new Reach(
                ignored ? Optional.of(Set.of(monitor.meta().namespace())) : monitor.targetNamespaces(), ignored);
    }

    boolean holds(String namespace) {
        return namespaces.map(names -> names.contains(namespace)).orElse(true);
    }

    String text() {
        return namespaces
                .map(names -> (names.size() == 1 ? "namespace " : "namespaces ")
                        + String.join(", ", List.copyOf(new TreeSet<>(names))))
                .orElse("any namespace");
    }
}
