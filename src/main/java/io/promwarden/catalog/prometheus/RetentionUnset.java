package io.promwarden.catalog.prometheus;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.PrometheusObject;
import java.util.Set;

/** A Prometheus that is told neither how long nor how much to keep. */
public final class RetentionUnset implements Check<PrometheusObject> {

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
        boolean uploads = prometheus.raw().has("spec", "thanos", "objectStorageConfig");
        if (prometheus.agent() || uploads || said(prometheus, "retention") || said(prometheus, "retentionSize")) {
            return Inspection.clean();
        }
        return Inspection.found(
                on(prometheus, evidence)
                        .fact("field", "spec.retention")
                        .fact("spec.retention", "not set: the operator writes 24h")
                        .fact("spec.retentionSize", "not set: no limit")
                        .fix(Fix.of(
                                "Say how long to keep samples, and how much of the volume they may take.",
                                "spec:\n  retention: 15d\n  retentionSize: 40GB\n"))
                        .say(
                                "Neither retention nor retentionSize is set, so samples are kept for one day, the operator's default"));
    }

    private static boolean said(PrometheusObject prometheus, String field) {
        return prometheus
                .raw()
                .text("spec", field)
                .filter(text -> !text.isBlank())
                .isPresent();
    }
}
