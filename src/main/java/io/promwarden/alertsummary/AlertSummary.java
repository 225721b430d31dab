package io.promwarden.alertsummary;

import io.promwarden.finding.NotRun;
import io.promwarden.label.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The alerts of one cluster at one instant.
 *
 * @param at the instant that ages count from
 * @param alerts firing and pending, the same alert of two replicas once; most severe and oldest first
 * @param ruleErrors rules whose last evaluation failed
 * @param silences active and pending silences
 * @param notRun servers that could not be asked
 */
public record AlertSummary(
        String cluster,
        Instant at,
        List<Item> alerts,
        List<RuleError> ruleErrors,
        List<SilenceItem> silences,
        int rules,
        int groups,
        List<NotRun> notRun) {

    public enum State {
        PENDING,
        FIRING
    }

    /**
     * One alert.
     *
     * @param silenced empty when no Alertmanager could be asked, or none holds it, as for every pending alert
     * @param inhibited likewise
     */
    public record Item(
            String name,
            State state,
            String severity,
            String namespace,
            Instant activeAt,
            Labels labels,
            Optional<Boolean> silenced,
            Optional<Boolean> inhibited) {}

    /** A rule whose last evaluation failed. */
    public record RuleError(String group, String rule, String error) {}

    /** A silence that is active or pending, and how many of the alerts above it holds back. */
    public record SilenceItem(
            String id, List<String> matchers, String createdBy, String comment, Instant endsAt, int holds) {
        public SilenceItem {
            matchers = List.copyOf(matchers);
        }
    }

    public AlertSummary {
        alerts = List.copyOf(alerts);
        ruleErrors = List.copyOf(ruleErrors);
        silences = List.copyOf(silences);
        notRun = List.copyOf(notRun);
    }
}
