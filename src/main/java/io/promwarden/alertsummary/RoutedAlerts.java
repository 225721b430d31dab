package io.promwarden.alertsummary;

import io.promwarden.label.Labels;
import io.promwarden.observation.RoutedAlert;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Alertmanager's alerts, found by the labels that they have in Prometheus: Alertmanager's have the external labels, too.
 * Buckets by a few labels that tell most alerts apart keep the search from being quadratic.
 */
final class RoutedAlerts {

    private static final List<String> TELLING = List.of("alertname", "namespace", "pod", "instance", "service");

    private final Map<List<String>, List<RoutedAlert>> buckets = new HashMap<>();

    RoutedAlerts(Collection<RoutedAlert> alerts) {
        alerts.forEach(alert -> buckets.computeIfAbsent(bucket(alert.labels()), key -> new ArrayList<>())
                .add(alert));
    }

    /** The alert that has all these labels, and as few others as possible. */
    Optional<RoutedAlert> find(Labels labels) {
        return buckets.getOrDefault(bucket(labels), List.of()).stream()
                .filter(alert -> alert.labels()
                        .byName()
                        .entrySet()
                        .containsAll(labels.byName().entrySet()))
                .min(Comparator.<RoutedAlert>comparingInt(
                                alert -> alert.labels().byName().size())
                        .thenComparing(RoutedAlert::fingerprint));
    }

    private static List<String> bucket(Labels labels) {
        return TELLING.stream().map(labels::value).toList();
    }
}
