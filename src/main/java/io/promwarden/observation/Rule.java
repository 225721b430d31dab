package io.promwarden.observation;

import io.promwarden.label.Labels;
import java.time.Duration;
import java.util.List;

/**
 * A rule as it is loaded.
 *
 * @param health {@code ok}, {@code err} or {@code unknown} (not yet evaluated)
 * @param holdFor the rule's {@code for}; zero for a recording rule
 * @param alerts what is pending or firing by it now; empty for a recording rule
 */
public record Rule(
        Kind kind,
        String name,
        String expression,
        Labels labels,
        Duration holdFor,
        String health,
        String lastError,
        Duration evaluationTime,
        List<Alert> alerts) {

    public enum Kind {
        ALERTING,
        RECORDING
    }

    public Rule {
        alerts = List.copyOf(alerts);
    }
}
