package io.promwarden.observation;

import io.promwarden.label.Labels;
import java.time.Instant;

/** An alert that a Prometheus holds as pending or firing. */
public record Alert(Labels labels, State state, Instant activeAt) {

    public enum State {
        PENDING,
        FIRING
    }

    public String name() {
        return labels.value("alertname");
    }

    public String severity() {
        return labels.value("severity");
    }
}
