package io.promwarden.job;

import io.promwarden.job.YamlNode.Mark;
import io.promwarden.job.YamlNode.Scalar;
import io.promwarden.label.SeriesSelector;
import io.promwarden.retention.Limits;
import io.promwarden.retention.RetentionPolicy;
import io.promwarden.retention.RetentionSettings;
import io.promwarden.retention.SelectorRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the settings of {@code retention}. */
final class RetentionReading {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\w*)");
    private static final Set<String> PLACEHOLDERS = Set.of("namespace", "pod", "claim");

    private final Values values;
    private final Set<String> clusters;
    private final Set<String> servers;

    RetentionReading(Values values, List<ClusterSpec> clusters) {
        this.values = values;
        this.clusters = clusters.stream()
                .map(ClusterSpec::name)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        this.servers = clusters.stream()
                .flatMap(cluster -> cluster.prometheus().stream())
                .map(ServerSpec::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    StepSpec.Retention retention(Optional<Fields> settings) {
        if (settings.isEmpty()) {
            return new StepSpec.Retention(RetentionSettings.NONE);
        }
        Fields fields = settings.get();
        List<Scalar> applyTo = Fields.texts(fields.list("applyTo"));
        applyTo.forEach(target -> known(target, "applyTo"));
        List<RetentionPolicy> policies = policies(Fields.each(fields.list("policies")));
        List<Scalar> protect = Fields.texts(fields.list("protect"));
        protect.forEach(written -> judged(written, "protect", SelectorRule.read(written.text())));
        boolean apply = fields.flag("apply", false);
        if (apply) {
            complete(fields);
        }
        return new StepSpec.Retention(new RetentionSettings(
                policies,
                apply,
                applyTo.stream().map(Scalar::text).toList(),
                protect.stream().map(Scalar::text).toList(),
                limits(fields),
                fields.text("everything").flatMap(values::duration),
                fields.text("freeSpace").flatMap(this::freeSpace),
                fields.flag("snapshot", false)));
    }

    private Limits limits(Fields fields) {
        Limits usual = Limits.USUAL;
        return new Limits(
                Math.max(1, fields.whole("maxSeries").orElse(usual.maxSeries())),
                Math.clamp(fields.whole("maxSeriesPercent").orElse(usual.maxSeriesPercent()), 1, 100),
                Math.max(1, fields.whole("maxBlocks").orElse(usual.maxBlocks())),
                Math.max(1, fields.whole("queryBudget").orElse(usual.queryBudget())),
                fields.text("freshFor").flatMap(values::duration).orElse(usual.freshFor()));
    }

    /** Prometheus reads the expression when it is asked; here only what the job can get wrong by itself is judged. */
    private Optional<String> freeSpace(Scalar written) {
        Matcher placeholder = PLACEHOLDER.matcher(written.text());
        while (placeholder.find()) {
            if (!PLACEHOLDERS.contains(placeholder.group(1))) {
                values.problems()
                        .add(
                                written.at(),
                                "`freeSpace` has " + Echo.quoted(placeholder.group())
                                        + ", which stands for nothing here",
                                "Use $namespace, $pod and $claim, each as a label's value: namespace=\"$namespace\".");
                return Optional.empty();
            }
        }
        return Optional.of(written.text());
    }

    private void complete(Fields fields) {
        Mark apply = fields.key("apply");
        if (fields.list("applyTo").isEmpty()) {
            values.problems()
                    .add(
                            apply,
                            "`apply: true` without `applyTo`: anybody can create a Prometheus object, so discovery alone is"
                                    + " never enough to delete",
                            "Name the Prometheus objects, applyTo: [monitoring/k8s], or servers of this job.");
        }
        if (fields.list("policies").isEmpty()) {
            values.problems()
                    .add(
                            apply,
                            "`apply: true` without policies: there is nothing to apply",
                            "Add policies, or remove apply.");
        }
    }

    private List<RetentionPolicy> policies(List<Fields> all) {
        Map<List<String>, Integer> seen = new HashMap<>();
        List<RetentionPolicy> policies = new ArrayList<>();
        for (Fields fields : all) {
            Optional<String> cluster = fields.text("cluster").flatMap(this::cluster);
            fields.text("prometheus").ifPresent(target -> known(target, "prometheus"));
            Optional<String> prometheus = fields.text("prometheus").map(Scalar::text);
            Optional<Duration> keep = fields.text("keep").flatMap(values::duration);
            fields.text("because")
                    .filter(because -> because.text().isBlank())
                    .ifPresent(because -> values.problems()
                            .add(because.at(), "a policy needs its reason", "Say in `because` why this may go."));
            Optional<Scalar> match = fields.text("match");
            if (match.isEmpty()) {
                continue;
            }
            judged(match.get(), "match", SelectorRule.judge(match.get().text()))
                    .ifPresent(selector -> once(
                            match.get(), List.of(selector.text(), cluster.orElse(""), prometheus.orElse("")), seen));
            keep.ifPresent(duration -> policies.add(new RetentionPolicy(
                    match.get().text(),
                    duration,
                    fields.text("because").map(Scalar::text).orElse(""),
                    cluster,
                    prometheus)));
        }
        return policies;
    }

    private void once(Scalar match, List<String> identity, Map<List<String>, Integer> seen) {
        Integer first = seen.putIfAbsent(identity, match.at().line());
        if (first != null) {
            values.problems()
                    .add(
                            match.at(),
                            "there is a policy for this selector already, in line " + first,
                            "Keep one of them, or tell them apart by cluster or prometheus.");
        }
    }

    private Optional<SeriesSelector> judged(Scalar written, String key, SelectorRule.Judgement judgement) {
        return switch (judgement) {
            case SelectorRule.Allowed allowed -> Optional.of(allowed.selector().selector());
            case SelectorRule.Refused refused -> {
                values.problems()
                        .add(
                                written.at(),
                                "`" + key + "`: " + Echo.of(refused.refusal().reason()),
                                Echo.of(refused.refusal().remedy()));
                yield Optional.empty();
            }
        };
    }

    private Optional<String> cluster(Scalar written) {
        if (clusters.contains(written.text())) {
            return Optional.of(written.text());
        }
        values.problems()
                .add(
                        written.at(),
                        "this job has no cluster " + Echo.quoted(written.text()),
                        meant(written.text(), clusters) + "The job's clusters: " + Echo.of(String.join(", ", clusters))
                                + ".");
        return Optional.empty();
    }

    private void known(Scalar written, String key) {
        if (Values.isObject(written.text()) || servers.contains(written.text())) {
            return;
        }
        values.problems()
                .add(
                        written.at(),
                        "`" + key + "` names " + Echo.quoted(written.text())
                                + ", which is neither a Prometheus object nor a Prometheus server of this job",
                        meant(written.text(), servers)
                                + "Write a Prometheus object as namespace/name, e.g. monitoring/k8s, or the name of a"
                                + " server under clusters[].prometheus.");
    }

    private static String meant(String written, Set<String> known) {
        return Echo.meant(written, known)
                .map(word -> "Did you mean " + Echo.quoted(word) + "? ")
                .orElse("");
    }
}
