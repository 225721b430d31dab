package io.promwarden.catalog.tsdb;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.ScrapeConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** Replicas that run different configurations or rules, or hold different data. */
public final class ReplicasDisagree implements Check<Replicas> {

    private static final String RELOADED = "prometheus_config_last_reload_success_timestamp_seconds";
    private static final String RELOAD_FAILED = "prometheus_config_last_reload_successful";

    /** A change reaches one replica after the other. */
    private static final Duration ROLLOUT = Duration.ofMinutes(10);

    /** Replicas cut their heads at different times, and series that ended go then. */
    private static final double SERIES = 0.25;

    private static final double WORTH_KNOWING = 5_000;
    private static final Duration WARM = Duration.ofHours(4);

    /** Blocks are deleted whole, and the largest is a tenth of the retention. */
    private static final double AGE = 0.1;

    private static final double A_DAY = 86_400;

    private static final int SHOWN = 3;

    @Override
    public Subjects<Replicas> subject() {
        return TsdbSubjects.REPLICAS;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.OWN_METRICS);
    }

    @Override
    public Set<Need> wants() {
        return Set.of(Need.CONFIGURATION, Need.RULES);
    }

    @Override
    public Inspection inspect(Replicas replicas, Evidence evidence) {
        Map<MetricsServer, Tsdb> known = new LinkedHashMap<>();
        replicas.servers().forEach(server -> Tsdb.of(server).ifPresent(tsdb -> known.put(server, tsdb)));
        List<Finding> findings = new ArrayList<>();
        boolean rolling = known.values().stream()
                .flatMap(tsdb -> tsdb.value(RELOADED).stream().boxed())
                .anyMatch(seconds -> seconds > evidence.at().minus(ROLLOUT).getEpochSecond());
        if (!rolling) {
            configuration(replicas, known, evidence).ifPresent(findings::add);
            rules(replicas, evidence).ifPresent(findings::add);
        }
        series(replicas, known, evidence).ifPresent(findings::add);
        oldest(replicas, known, evidence).ifPresent(findings::add);
        deletions(replicas, known, evidence).ifPresent(findings::add);
        return Inspection.found(findings);
    }

    private Optional<Finding> configuration(Replicas replicas, Map<MetricsServer, Tsdb> known, Evidence evidence) {
        Map<MetricsServer, ScrapeConfiguration> configurations = new LinkedHashMap<>();
        replicas.servers()
                .forEach(server -> server.configuration().value().ifPresent(it -> configurations.put(server, it)));
        if (configurations.values().stream()
                        .map(ScrapeConfiguration::fingerprint)
                        .distinct()
                        .count()
                < 2) {
            return Optional.empty();
        }
        FindingDraft draft = on(replicas, evidence).aspect(replicas.aspect("configuration"));
        boolean failed = false;
        for (Map.Entry<MetricsServer, ScrapeConfiguration> one : configurations.entrySet()) {
            Optional<Tsdb> tsdb = Optional.ofNullable(known.get(one.getKey()));
            OptionalDouble reload = tsdb.map(it -> it.value(RELOADED)).orElse(OptionalDouble.empty());
            boolean refused =
                    tsdb.filter(it -> it.value(RELOAD_FAILED).orElse(1) == 0).isPresent();
            failed |= refused;
            draft.fact(
                    instance(one.getKey()),
                    one.getValue().fingerprint()
                            + (reload.isPresent()
                                    ? ", loaded " + Instant.ofEpochSecond((long) reload.getAsDouble())
                                    : "")
                            + (refused ? "; its last reload failed" : ""));
        }
        Set<String> all = new TreeSet<>();
        configurations.values().forEach(one -> all.addAll(one.jobs()));
        configurations.forEach((server, one) -> all.stream()
                .filter(job -> !one.jobs().contains(job))
                .limit(SHOWN)
                .forEach(job -> draft.fact("not on " + instance(server), "job " + job)));
        return Optional.of(draft.severity(failed ? Severity.ERROR : Severity.WARNING)
                .fact("how sure", "certain: a fingerprint of the loaded configuration without its external labels")
                .fix(Fix.of(
                        "Read the log of the replica whose configuration is older, and that of its config-reloader."))
                .say("Replicas of " + replicas.name() + " run different configurations"));
    }

    private Optional<Finding> rules(Replicas replicas, Evidence evidence) {
        Map<MetricsServer, Set<String>> rules = new LinkedHashMap<>();
        replicas.servers()
                .forEach(server -> server.ruleGroups().value().ifPresent(groups -> {
                    Set<String> names = new TreeSet<>();
                    groups.forEach(group -> group.rules()
                            .forEach(rule -> names.add(group.name() + " / " + rule.name() + "\0" + rule.expression())));
                    rules.put(server, names);
                }));
        if (rules.values().stream().distinct().count() < 2) {
            return Optional.empty();
        }
        Set<String> all = new TreeSet<>();
        rules.values().forEach(all::addAll);
        FindingDraft draft = on(replicas, evidence).aspect(replicas.aspect("rules"));
        rules.forEach((server, names) -> {
            Set<String> missing = new TreeSet<>(all);
            missing.removeAll(names);
            draft.fact(instance(server), names.size() + " rules, " + missing.size() + " of the others not");
            missing.stream()
                    .limit(SHOWN)
                    .forEach(
                            rule -> draft.fact("not so on " + instance(server), rule.substring(0, rule.indexOf('\0'))));
        });
        return Optional.of(draft.severity(Severity.WARNING)
                .fact("how sure", "certain: groups, names and expressions of the loaded rules")
                .fix(Fix.of(
                        "Look at the rule files in the pods and at the log of their config-reloaders: a ConfigMap that did"
                                + " not arrive, or a reload that failed."))
                .say("Replicas of " + replicas.name()
                        + " evaluate different rules, so an alert depends on who is asked"));
    }

    private Optional<Finding> series(Replicas replicas, Map<MetricsServer, Tsdb> known, Evidence evidence) {
        Map<MetricsServer, Double> series = new LinkedHashMap<>();
        known.forEach((server, tsdb) -> {
            boolean warm = tsdb.started()
                    .map(start -> start.isBefore(evidence.at().minus(WARM)))
                    .orElse(true);
            if (warm && tsdb.value(Tsdb.HEAD_SERIES).isPresent()) {
                series.put(server, tsdb.value(Tsdb.HEAD_SERIES).getAsDouble());
            }
        });
        double most = series.values().stream().mapToDouble(it -> it).max().orElse(0);
        double least = series.values().stream().mapToDouble(it -> it).min().orElse(0);
        if (most - least < WORTH_KNOWING || least >= most * (1 - SERIES)) {
            return Optional.empty();
        }
        FindingDraft draft = on(replicas, evidence).aspect(replicas.aspect("series"));
        series.forEach((server, count) -> draft.fact("series of " + instance(server), Figure.whole(count)));
        return Optional.of(draft.severity(Severity.WARNING)
                .fact(
                        "how sure",
                        "likely: replicas that scrape the same differ by less than a quarter, however their"
                                + " heads were cut")
                .fix(Fix.of("Compare their targets: one may not reach some of them, or has another configuration."))
                .say("Replicas of " + replicas.name() + " hold very different numbers of series"));
    }

    private Optional<Finding> oldest(Replicas replicas, Map<MetricsServer, Tsdb> known, Evidence evidence) {
        Map<MetricsServer, Instant> oldest = new LinkedHashMap<>();
        known.forEach(
                (server, tsdb) -> tsdb.instant("lowest_timestamp").ifPresent(instant -> oldest.put(server, instant)));
        Optional<Instant> first = oldest.values().stream().min(Comparator.naturalOrder());
        Optional<Instant> last = oldest.values().stream().max(Comparator.naturalOrder());
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        Duration apart = Duration.between(first.get(), last.get());
        double age = Duration.between(first.get(), evidence.at()).toSeconds();
        if (apart.toSeconds() <= Math.max(A_DAY, AGE * age)) {
            return Optional.empty();
        }
        FindingDraft draft = on(replicas, evidence).aspect(replicas.aspect("oldest sample"));
        oldest.forEach((server, instant) -> draft.fact("oldest sample of " + instance(server), instant.toString()));
        return Optional.of(draft.severity(Severity.WARNING)
                .fact("how sure", "certain that their histories differ; not whether it was meant so")
                .fix(
                        Fix.of(
                                "If a replica is new or got a new volume, this heals when the retention has passed. Else look for"
                                        + " retention by size that one reaches earlier, and for deletions on one replica only."))
                .say("The history of " + replicas.name() + " depends on which replica is asked: it begins "
                        + Figure.time(apart) + " later on one than on the other"));
    }

    private Optional<Finding> deletions(Replicas replicas, Map<MetricsServer, Tsdb> known, Evidence evidence) {
        Map<String, Map<MetricsServer, Instant>> differing = DeletionsApart.of(replicas, known, evidence);
        if (differing.isEmpty()) {
            return Optional.empty();
        }
        FindingDraft draft = on(replicas, evidence).aspect(replicas.aspect("deletions"));
        differing.entrySet().stream()
                .limit(SHOWN)
                .forEach(selector -> replicas.servers()
                        .forEach(server -> draft.fact(
                                selector.getKey() + " on " + instance(server),
                                Optional.ofNullable(selector.getValue().get(server))
                                        .map(end -> "deleted up to " + end)
                                        .orElse("not deleted"))));
        return Optional.of(draft.severity(Severity.WARNING)
                .fact("selectors", Figure.whole(differing.size()))
                .fact(
                        "how sure",
                        "certain that a run deleted it there and none here; not what else was deleted by hand")
                .fix(Fix.of(
                        "Read promwarden receipts for why it was not deleted on all of them, and run the job again."))
                .say("Replicas of " + replicas.name() + " differ in what was deleted from them"));
    }

    private static String instance(MetricsServer server) {
        return server.id().instance();
    }
}
