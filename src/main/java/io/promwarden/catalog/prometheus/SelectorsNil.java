package io.promwarden.catalog.prometheus;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.PrometheusObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A Prometheus whose selector for a kind of monitor is missing, which selects nothing, where {} selects all. */
public final class SelectorsNil implements Check<PrometheusObject> {

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
        return Set.of(Need.PROMETHEUSES, Need.SERVICE_MONITORS, Need.POD_MONITORS, Need.PROBES, Need.SCRAPE_CONFIGS);
    }

    @Override
    public Inspection inspect(PrometheusObject prometheus, Evidence evidence) {
        List<ObjectKind> missing = KINDS.stream()
                .filter(kind -> prometheus.monitorSelector(kind).isEmpty())
                .toList();
        if (missing.size() == KINDS.size()) {
            return Inspection.found(unmanaged(prometheus, evidence));
        }
        List<Finding> findings = new ArrayList<>();
        for (ObjectKind kind : missing) {
            int waiting = waiting(kind, evidence.declared());
            if (waiting > 0) {
                findings.add(on(prometheus, evidence)
                        .aspect(field(kind))
                        .fact("field", "spec." + field(kind))
                        .fact(kind.kind() + "s that no Prometheus selects", String.valueOf(waiting))
                        .fix(fix(kind))
                        .say("It has no " + field(kind) + ", which selects no " + kind.kind()
                                + " at all, and no other Prometheus has one: {} would select every one"));
            }
        }
        return Inspection.found(findings);
    }

    private Finding unmanaged(PrometheusObject prometheus, Evidence evidence) {
        FindingDraft draft = on(prometheus, evidence).aspect("all").fact("field", "spec");
        int waiting = 0;
        for (ObjectKind kind : KINDS) {
            int some = waiting(kind, evidence.declared());
            waiting += some;
            if (some > 0) {
                draft.fact(kind.kind() + "s that no Prometheus selects", String.valueOf(some));
            }
        }
        return draft.severity(waiting > 0 ? Severity.WARNING : Severity.INFO)
                .fix(fix(ObjectKind.SERVICE_MONITOR))
                .say(
                        "It has no selector for monitors, so it selects none, and the operator leaves its scrape configuration"
                                + " alone");
    }

    /** Objects of a kind that no Prometheus of the cluster has a selector for. */
    private static int waiting(ObjectKind kind, ClusterInventory declared) {
        boolean somebody = declared.prometheuses().value().orElse(List.of()).stream()
                .anyMatch(other -> other.monitorSelector(kind).isPresent());
        return somebody ? 0 : declared.monitors(kind).value().orElse(List.of()).size();
    }

    private static Fix fix(ObjectKind kind) {
        String field = field(kind);
        return Fix.of(
                "Select what it should scrape: {} is everything, a missing selector nothing. In the kube-prometheus-stack"
                        + " chart, prometheus.prometheusSpec." + field + "NilUsesHelmValues: false turns an empty value"
                        + " into {}.",
                "spec:\n  " + field + ": {}\n  " + field.replace("Selector", "NamespaceSelector") + ": {}\n");
    }

    private static String field(ObjectKind kind) {
        String name = kind.kind();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1) + "Selector";
    }
}
