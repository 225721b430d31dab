package io.promwarden.catalog.prometheus;

import io.promwarden.admission.Selection;
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
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A Prometheus that has selectors, and no monitor that exists fits them. */
public final class SelectsNothing implements Check<PrometheusObject> {

    private static final List<ObjectKind> KINDS =
            List.of(ObjectKind.SERVICE_MONITOR, ObjectKind.POD_MONITOR, ObjectKind.PROBE, ObjectKind.SCRAPE_CONFIG);

    @Override
    public Subjects<PrometheusObject> subject() {
        return PrometheusSubjects.OBJECTS;
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(
                Need.PROMETHEUSES,
                Need.NAMESPACES,
                Need.SERVICE_MONITORS,
                Need.POD_MONITORS,
                Need.PROBES,
                Need.SCRAPE_CONFIGS);
    }

    @Override
    public Inspection inspect(PrometheusObject prometheus, Evidence evidence) {
        List<ObjectKind> asked = KINDS.stream()
                .filter(kind -> prometheus.monitorSelector(kind).isPresent())
                .toList();
        List<Monitor> there = asked.stream()
                .flatMap(kind -> evidence.declared().monitors(kind).value().orElse(List.of()).stream())
                .toList();
        Selection selection = Selection.of(evidence.declared());
        boolean picks = there.stream()
                .anyMatch(monitor -> selection.choice(prometheus, monitor).picked() != Selection.Fit.NO);
        if (there.isEmpty() || picks) {
            return Inspection.clean();
        }
        boolean byHand = prometheus.raw().has("spec", "additionalScrapeConfigs");
        FindingDraft draft = on(prometheus, evidence)
                .severity(byHand ? Severity.INFO : Severity.WARNING)
                .fact("monitors of the kinds that it selects", String.valueOf(there.size()));
        for (ObjectKind kind : asked) {
            String field = kind.kind().substring(0, 1).toLowerCase(Locale.ROOT)
                    + kind.kind().substring(1);
            draft.fact(
                    field + "Selector",
                    prometheus.monitorSelector(kind).map(LabelSelector::text).orElse(""));
            draft.fact(
                    field + "NamespaceSelector",
                    prometheus
                            .monitorNamespaceSelector(kind)
                            .map(LabelSelector::text)
                            .orElse("missing: its own namespace only"));
        }
        draft.fact("such as", example(there.getFirst(), selection.choice(prometheus, there.getFirst())));
        return Inspection.found(draft.fix(Fix.of("Correct its selectors, or label the monitors that it should scrape."))
                .say((there.size() == 1
                                ? "Its selectors don't fit the only monitor that exists"
                                : "Its selectors fit none of the " + there.size() + " monitors that exist")
                        + (byHand ? ", so it scrapes only what additionalScrapeConfigs names" : "")));
    }

    private static String example(Monitor monitor, Selection.Choice choice) {
        String labels = new LabelSelector(monitor.meta().labels(), List.of()).text();
        return "for " + monitor.kind().kind() + " " + monitor.meta().key() + " with the labels "
                + (monitor.meta().labels().isEmpty() ? "(none)" : labels) + ", it " + choice.why();
    }
}
