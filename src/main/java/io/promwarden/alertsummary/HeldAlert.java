package io.promwarden.alertsummary;

import io.promwarden.label.Labels;
import io.promwarden.observation.Alert;
import java.time.Instant;

/**
 * An alert of one Prometheus object, over its replicas.
 *
 * @param activeAt the earliest that a replica tells
 */
record HeldAlert(Labels labels, AlertSummary.State state, Instant activeAt) {

    /** What makes an alert the same in two replicas. Two Prometheus objects never have the same alert. */
    record Key(String owner, Labels labels) {
        static Key of(String owner, Labels labels) {
            return new Key(owner, withoutReplica(labels));
        }
    }

    static HeldAlert of(Alert alert) {
        AlertSummary.State state = switch (alert.state()) {
            case PENDING -> AlertSummary.State.PENDING;
            case FIRING -> AlertSummary.State.FIRING;
        };
        return new HeldAlert(withoutReplica(alert.labels()), state, alert.activeAt());
    }

    HeldAlert joined(HeldAlert other) {
        return new HeldAlert(
                labels,
                state == AlertSummary.State.FIRING ? state : other.state(),
                activeAt.isBefore(other.activeAt()) ? activeAt : other.activeAt());
    }

    static Labels withoutReplica(Labels labels) {
        return labels.without("prometheus_replica");
    }
}
