package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.Rule;
import io.promwarden.observation.RuleGroup;
import io.promwarden.retention.ReadBy.Reader;
import io.promwarden.retention.StillWritten.RuleName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rules that a server has loaded, and what their expressions read. Those of other servers are not known. */
final class LoadedRules {

    /** A rule that reads more of a deletion's metrics is named with the first of them. */
    private static final int MOST_METRICS = 20;

    private final List<Loaded> rules = new ArrayList<>();
    private final Optional<String> unknown;

    private record Loaded(RuleName name, boolean records, ExpressionReading reading) {}

    private LoadedRules(Answer<List<RuleGroup>> groups) {
        unknown = groups.reason();
        for (RuleGroup group : groups.value().orElse(List.of())) {
            for (Rule rule : group.rules()) {
                rules.add(new Loaded(
                        new RuleName(group.file(), group.name(), rule.name()),
                        rule.kind() == Rule.Kind.RECORDING,
                        ExpressionReading.of(rule.expression())));
            }
        }
    }

    static LoadedRules of(MetricsServer server) {
        return new LoadedRules(server.ruleGroups());
    }

    /** Why they are not known; empty when they are. */
    Optional<String> unknown() {
        return unknown;
    }

    /** Those of some metrics that a rule records and another one reads. */
    Set<String> recordedAndRead(Collection<String> metrics) {
        Set<String> recorded = rules.stream()
                .filter(Loaded::records)
                .map(rule -> rule.name().rule())
                .collect(Collectors.toSet());
        return metrics.stream()
                .filter(recorded::contains)
                .filter(metric -> rules.stream()
                        .anyMatch(rule -> !rule.name().rule().equals(metric)
                                && rule.reading().mayRead(metric)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The rules that record some of these metrics. */
    List<RuleName> writers(Collection<String> metrics) {
        Set<String> wanted = Set.copyOf(metrics);
        return rules.stream()
                .filter(rule -> rule.records() && wanted.contains(rule.name().rule()))
                .map(Loaded::name)
                .distinct()
                .toList();
    }

    /** The rules that read some of these metrics, those first that may read what is older than is kept. */
    ReadBy readers(Collection<String> metrics, Duration keep) {
        List<Reader> readers = new ArrayList<>();
        for (Loaded rule : rules) {
            List<String> read = metrics.stream()
                    .filter(metric -> rule.reading().mayRead(metric))
                    .limit(MOST_METRICS)
                    .toList();
            if (!read.isEmpty()) {
                Optional<Duration> back = rule.reading().lookBack();
                boolean beyond = back.map(far -> far.compareTo(keep) > 0).orElse(true);
                readers.add(new Reader(rule.name(), read, back, beyond));
            }
        }
        readers.sort(Comparator.comparing(Reader::beyondKeep).reversed());
        return new ReadBy(readers, unknown);
    }
}
