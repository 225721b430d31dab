package io.promwarden.catalog.prometheus;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import java.util.Set;

/** A Prometheus without a memory request or a memory limit. */
public final class NoResourceLimits implements Check<PrometheusObject> {

    @Override
    public Subjects<PrometheusObject> subject() {
        return PrometheusSubjects.OBJECTS;
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.PROMETHEUSES);
    }

    @Override
    public boolean readsSubjectOnly() {
        return true;
    }

    @Override
    public Inspection inspect(PrometheusObject prometheus, Evidence evidence) {
        boolean requested = said(prometheus.raw(), "requests");
        boolean limited = said(prometheus.raw(), "limits");
        if (requested && limited) {
            return Inspection.clean();
        }
        FindingDraft draft = on(prometheus, evidence)
                .fact("field", "spec.resources")
                .fact("memory request", requested ? "set" : "not set")
                .fact("memory limit", limited ? "set" : "not set")
                .fix(Fix.of(
                        "Request what it takes on a busy day, and set a limit well above it.",
                        "spec:\n  resources:\n    requests: {memory: 4Gi}\n    limits: {memory: 8Gi}\n"));
        if (requested || limited) {
            // Kubernetes makes a missing request equal to the limit.
            return limited
                    ? Inspection.clean()
                    : Inspection.found(draft.say("It has no memory limit: a costly query can take the node's memory"));
        }
        return Inspection.found(
                draft.say("It has neither a memory request nor a limit, so it is placed on any node, and is"
                        + " among the first to be ended when memory runs out"));
    }

    private static boolean said(RawObject prometheus, String kind) {
        return prometheus.has("spec", "resources", kind, "memory")
                || prometheus.objects("spec", "containers").stream()
                        .filter(container -> container
                                .text("name")
                                .filter("prometheus"::equals)
                                .isPresent())
                        .anyMatch(container -> container.has("resources", kind, "memory"));
    }
}
