package io.promwarden.retention;

import io.promwarden.retention.StillWritten.RuleName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which rules of the same server read the metrics of a deletion. Dashboards are not known.
 *
 * @param unknown why rules could not be looked at; empty when they were
 */
public record ReadBy(List<Reader> rules, Optional<String> unknown) {

    /**
     * A rule that reads one of the metrics.
     *
     * @param metrics the first twenty of the deletion's metrics that its expression names or may match
     * @param lookBack at most how far back it reads; empty where the expression does not tell
     * @param beyondKeep true if it may read what would be deleted
     */
    public record Reader(RuleName rule, List<String> metrics, Optional<Duration> lookBack, boolean beyondKeep) {
        public Reader {
            metrics = List.copyOf(metrics);
        }
    }

    public ReadBy {
        rules = List.copyOf(rules);
    }
}
