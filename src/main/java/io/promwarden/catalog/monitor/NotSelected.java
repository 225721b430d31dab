package io.promwarden.catalog.monitor;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.PrometheusObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A monitor that no Prometheus and no PrometheusAgent picks up. */
public final class NotSelected implements Check<Monitor> {

    @Override
    public Subjects<Monitor> subject() {
        return Monitors.ALL;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Set<Need> needs() {
        return Selection.NEEDS;
    }

    @Override
    public Set<Need> wants() {
        return Set.of(Need.TARGETS);
    }

    @Override
    public Inspection inspect(Monitor monitor, Evidence evidence) {
        Selection selection = Selection.of(evidence);
        if (selection.prometheuses().isEmpty()) {
            return scraped(monitor, evidence)
                    ? Inspection.clean()
                    : Inspection.notRun(
                            "no Prometheus object is declared, so who should pick monitors up is not known");
        }
        List<Selection.Verdict> verdicts = selection.verdicts(monitor);
        if (verdicts.stream().anyMatch(Selection.Verdict::picked)) {
            return Inspection.clean();
        }
        FindingDraft draft = on(monitor, evidence)
                .fact(
                        "labels",
                        new LabelSelector(monitor.meta().labels(), List.of())
                                .text()
                                .replace("<everything>", "none"));
        verdicts.forEach(verdict -> draft.fact(
                verdict.prometheus().kind().kind() + " "
                        + verdict.prometheus().meta().key(),
                verdict.why()));
        fix(monitor, verdicts).ifPresent(draft::fix);
        return Inspection.found(draft.say("No Prometheus picks this "
                + monitor.kind().kind() + " up, so nothing is scraped by it: " + reason(verdicts)));
    }

    private static String reason(List<Selection.Verdict> verdicts) {
        if (verdicts.stream().anyMatch(verdict -> verdict.namespaceFits() && !verdict.labelsFit())) {
            return "its labels fit no selector";
        }
        if (verdicts.stream().anyMatch(verdict -> verdict.labelsFit() && !verdict.namespaceFits())) {
            return "nobody looks in its namespace";
        }
        return "neither its labels nor its namespace fit";
    }

    /** The Prometheus that lacks least: labels first, as they are the monitor's own. */
    private static Optional<Fix> fix(Monitor monitor, List<Selection.Verdict> verdicts) {
        ObjectKind kind = monitor.kind();
        Optional<Selection.Verdict> near = verdicts.stream()
                .filter(verdict -> verdict.prometheus().monitorSelector(kind).isPresent())
                .min(Comparator.<Selection.Verdict, Boolean>comparing(verdict -> !verdict.namespaceFits())
                        .thenComparing(verdict -> !verdict.labelsFit())
                        .thenComparing(verdict -> verdict.prometheus().meta().key()));
        if (near.isEmpty()) {
            return Optional.of(Fix.of("Set " + kind.plural().replaceAll("s$", "") + " selectors on a Prometheus object."
                    + " A selector that is left out picks nothing; {} picks everything."));
        }
        PrometheusObject prometheus = near.get().prometheus();
        if (near.get().namespaceFits()) {
            Map<String, String> lacking = new HashMap<>(prometheus
                    .monitorSelector(kind)
                    .map(LabelSelector::matchLabels)
                    .orElse(Map.of()));
            lacking.entrySet().removeAll(monitor.meta().labels().entrySet());
            String text = "Give the monitor the labels that Prometheus "
                    + prometheus.meta().key() + " wants.";
            return Optional.of(
                    lacking.isEmpty()
                            ? Fix.of(text)
                            : Fix.of(
                                    text,
                                    Patch.label(
                                            kind.kind().toLowerCase(Locale.ROOT),
                                            monitor.meta().namespace(),
                                            monitor.meta().name(),
                                            lacking)));
        }
        Map<String, String> wanted = prometheus
                .monitorNamespaceSelector(kind)
                .map(LabelSelector::matchLabels)
                .orElse(Map.of());
        String text = "Let Prometheus " + prometheus.meta().key() + " look in namespace "
                + monitor.meta().namespace() + ", or move the monitor to a namespace where it looks.";
        return Optional.of(
                wanted.isEmpty()
                        ? Fix.of(text)
                        : Fix.of(
                                text,
                                "kubectl label namespace "
                                        + Patch.shell(monitor.meta().namespace())
                                        + wanted.entrySet().stream()
                                                .sorted(Map.Entry.comparingByKey())
                                                .map(label ->
                                                        " " + Patch.shell(label.getKey() + "=" + label.getValue()))
                                                .reduce("", String::concat)));
    }

    /** Something else than the operator may read monitors; its scrape pools then have the operator's names. */
    private static boolean scraped(Monitor monitor, Evidence evidence) {
        String prefix = monitor.poolPrefix();
        return evidence.derived(Pools.class, Pools::of).names().stream()
                .anyMatch(pool -> prefix.endsWith("/") ? pool.startsWith(prefix) : pool.equals(prefix));
    }

    /** The names of all scrape pools. */
    record Pools(Set<String> names) {
        static Pools of(Evidence evidence) {
            return new Pools(evidence.targets().all().stream()
                    .map(seen -> seen.target().scrapePool())
                    .collect(Collectors.toSet()));
        }
    }
}
