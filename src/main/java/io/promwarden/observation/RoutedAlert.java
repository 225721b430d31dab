package io.promwarden.observation;

import io.promwarden.label.Labels;
import java.time.Instant;
import java.util.List;

/**
 * An alert as Alertmanager holds it.
 *
 * @param fingerprint the same in every Alertmanager of a cluster
 * @param silencedBy ids of silences
 * @param inhibitedBy fingerprints of alerts
 * @param receivers names only
 */
public record RoutedAlert(
        String fingerprint,
        Labels labels,
        Instant startsAt,
        List<String> silencedBy,
        List<String> inhibitedBy,
        List<String> receivers) {
    public RoutedAlert {
        silencedBy = List.copyOf(silencedBy);
        inhibitedBy = List.copyOf(inhibitedBy);
        receivers = List.copyOf(receivers);
    }
}
