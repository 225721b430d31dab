package io.promwarden.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A rule group as it is loaded.
 *
 * @param file the rule file's path on the server; with the operator it holds namespace, name and UID of the PrometheusRule
 */
public record RuleGroup(
        String name,
        String file,
        Duration interval,
        Duration evaluationTime,
        Optional<Instant> lastEvaluation,
        List<Rule> rules) {
    public RuleGroup {
        rules = List.copyOf(rules);
    }
}
