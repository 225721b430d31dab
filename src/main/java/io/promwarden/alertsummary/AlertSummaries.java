package io.promwarden.alertsummary;

import io.promwarden.answer.Answer;
import io.promwarden.finding.NotRun;
import io.promwarden.finding.Redaction;
import io.promwarden.observation.Alert;
import io.promwarden.observation.AlertServer;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.RoutedAlert;
import io.promwarden.observation.Rule;
import io.promwarden.observation.RuleGroup;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Servers;
import io.promwarden.observation.Silence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Joins what every Prometheus and every Alertmanager of a cluster says about alerts: the same alert of two replicas is
 * one, and so is the same alert in two Alertmanagers of a mesh.
 */
public final class AlertSummaries {

    private static final String WHAT = "alerts";

    private static final Comparator<AlertSummary.Item> ORDER = Comparator.comparing(AlertSummary.Item::state)
            .reversed()
            .thenComparingInt(item -> rank(item.severity()))
            .thenComparing(AlertSummary.Item::activeAt)
            .thenComparing(AlertSummary.Item::name)
            .thenComparing(item -> item.labels().text());

    private final String cluster;
    private final List<NotRun> notRun = new ArrayList<>();
    private final Map<HeldAlert.Key, HeldAlert> alerts = new LinkedHashMap<>();
    private final Set<AlertSummary.RuleError> errors = new HashSet<>();
    private final Map<String, Integer> rulesByGroup = new HashMap<>();
    private final Map<String, RoutedAlert> routed = new LinkedHashMap<>();
    private final Map<String, Silence> silences = new TreeMap<>();
    private boolean alertmanagerAsked;

    private AlertSummaries(String cluster) {
        this.cluster = cluster;
    }

    /**
     * The summary of one cluster.
     *
     * @param at the instant that ages count from
     */
    public static AlertSummary of(
            String cluster, Servers<MetricsServer> metrics, Servers<AlertServer> alertServers, Instant at) {
        AlertSummaries all = new AlertSummaries(cluster);
        all.readRules(metrics);
        all.readAlertmanagers(alertServers);
        return all.summary(at);
    }

    private void readRules(Servers<MetricsServer> metrics) {
        metrics.unreached().forEach(unreached -> missing(unreached.text()));
        if (metrics.isEmpty()) {
            missing("no Prometheus server was found to ask");
        }
        for (MetricsServer server : metrics.answering()) {
            switch (server.ruleGroups()) {
                case Answer.Unknown<List<RuleGroup>> unknown ->
                    missing(server.id().text() + ": " + unknown.why());
                case Answer.Known<List<RuleGroup>> groups -> groups.known().forEach(group -> read(server.id(), group));
            }
        }
    }

    private void read(ServerId server, RuleGroup group) {
        String identity = server.owner() + "\0" + group.file() + "\0" + group.name();
        rulesByGroup.merge(identity, group.rules().size(), Math::max);
        for (Rule rule : group.rules()) {
            if (rule.health().equals("err")) {
                errors.add(new AlertSummary.RuleError(group.name(), rule.name(), Redaction.text(rule.lastError())));
            }
            for (Alert alert : rule.alerts()) {
                alerts.merge(HeldAlert.Key.of(server.owner(), alert.labels()), HeldAlert.of(alert), HeldAlert::joined);
            }
        }
    }

    private void readAlertmanagers(Servers<AlertServer> alertServers) {
        alertServers.unreached().forEach(unreached -> missing(unreached.text()));
        for (AlertServer server : alertServers.answering()) {
            switch (server.alerts()) {
                case Answer.Unknown<List<RoutedAlert>> unknown ->
                    missing(server.id().text() + ": " + unknown.why());
                case Answer.Known<List<RoutedAlert>> known -> {
                    alertmanagerAsked = true;
                    known.known().forEach(alert -> routed.merge(alert.fingerprint(), alert, AlertSummaries::joined));
                }
            }
            switch (server.silences()) {
                case Answer.Unknown<List<Silence>> unknown ->
                    missing(server.id().text() + ": " + unknown.why());
                case Answer.Known<List<Silence>> known ->
                    known.known().stream()
                            .filter(silence -> !silence.state().equals("expired"))
                            .forEach(silence -> silences.putIfAbsent(silence.id(), silence));
            }
        }
    }

    /** One Alertmanager may not have heard yet of a silence that another one has. */
    private static RoutedAlert joined(RoutedAlert one, RoutedAlert other) {
        return new RoutedAlert(
                one.fingerprint(),
                one.labels(),
                one.startsAt().isBefore(other.startsAt()) ? one.startsAt() : other.startsAt(),
                union(one.silencedBy(), other.silencedBy()),
                union(one.inhibitedBy(), other.inhibitedBy()),
                union(one.receivers(), other.receivers()));
    }

    private static List<String> union(List<String> one, List<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both.stream().sorted().toList();
    }

    private AlertSummary summary(Instant at) {
        RoutedAlerts book = new RoutedAlerts(routed.values());
        Map<String, Integer> holds = new HashMap<>();
        List<AlertSummary.Item> items = new ArrayList<>();
        alerts.values().forEach(held -> {
            Optional<RoutedAlert> there = alertmanagerAsked && held.state() == AlertSummary.State.FIRING
                    ? book.find(held.labels())
                    : Optional.empty();
            there.ifPresent(alert -> alert.silencedBy().forEach(id -> holds.merge(id, 1, Integer::sum)));
            items.add(new AlertSummary.Item(
                    held.labels().value("alertname"),
                    held.state(),
                    held.labels().value("severity"),
                    held.labels().value("namespace"),
                    held.activeAt(),
                    held.labels(),
                    there.map(alert -> !alert.silencedBy().isEmpty()),
                    there.map(alert -> !alert.inhibitedBy().isEmpty())));
        });
        items.sort(ORDER);
        return new AlertSummary(
                cluster,
                at,
                items,
                errors.stream()
                        .sorted(Comparator.comparing(AlertSummary.RuleError::group)
                                .thenComparing(AlertSummary.RuleError::rule)
                                .thenComparing(AlertSummary.RuleError::error))
                        .toList(),
                silences.values().stream()
                        .map(silence -> item(silence, holds.getOrDefault(silence.id(), 0)))
                        .sorted(Comparator.comparing(AlertSummary.SilenceItem::endsAt)
                                .thenComparing(AlertSummary.SilenceItem::id))
                        .toList(),
                rulesByGroup.values().stream().mapToInt(Integer::intValue).sum(),
                rulesByGroup.size(),
                notRun.stream().distinct().sorted().toList());
    }

    private static AlertSummary.SilenceItem item(Silence silence, int holds) {
        return new AlertSummary.SilenceItem(
                silence.id(),
                silence.matchers(),
                silence.createdBy(),
                Redaction.text(silence.comment()),
                silence.endsAt(),
                holds);
    }

    private void missing(String reason) {
        notRun.add(new NotRun(cluster, WHAT, reason));
    }

    /** The usual words, most severe first; what is none of them comes last. */
    private static int rank(String severity) {
        return switch (severity) {
            case "critical", "page", "emergency" -> 0;
            case "error", "major", "high" -> 1;
            case "warning", "minor" -> 2;
            case "info", "low" -> 3;
            case "none" -> 5;
            default -> 4;
        };
    }
}
