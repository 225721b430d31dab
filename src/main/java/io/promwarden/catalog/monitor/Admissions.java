package io.promwarden.catalog.monitor;

import io.promwarden.admission.Admission;
import io.promwarden.admission.ControllerRules;
import io.promwarden.admission.CrdSchemas;
import io.promwarden.admission.OperatorVersion;
import io.promwarden.admission.SchemaResult;
import io.promwarden.admission.Verdict;
import io.promwarden.check.Evidence;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import java.util.IdentityHashMap;
import java.util.List;

/** What the API server and the operator would do with each monitor: found out once, however many checks ask. */
final class Admissions {

    private final Admission admission;
    private final Selection selection;
    private final IdentityHashMap<Monitor, List<Judged>> judged = new IdentityHashMap<>();

    /** The verdict for one Prometheus that picks the monitor up. */
    record Judged(PrometheusObject prometheus, Verdict verdict) {

        /** E.g. {@code Prometheus monitoring/k8s}. */
        String name() {
            return prometheus.kind().kind() + " " + prometheus.meta().key();
        }
    }

    private Admissions(Evidence evidence) {
        List<RawObject> crds = evidence.declared().crds().value().orElse(List.of());
        OperatorVersion operator = OperatorVersion.of(crds).orElseGet(OperatorVersion::newest);
        admission = new Admission(CrdSchemas.of(crds), new ControllerRules(operator), evidence.references());
        selection = Selection.of(evidence);
    }

    static Admissions of(Evidence evidence) {
        return evidence.derived(Admissions.class, Admissions::new);
    }

    /** One verdict for each Prometheus that picks the monitor up; none if nobody does. */
    List<Judged> judged(Monitor monitor) {
        synchronized (judged) {
            return judged.computeIfAbsent(
                    monitor,
                    one -> selection.pickedBy(one).stream()
                            .map(prometheus -> new Judged(prometheus, admission.judge(one, prometheus)))
                            .toList());
        }
    }

    SchemaResult schema(Monitor monitor) {
        return admission.schema(monitor);
    }

    /** True if the monitor's CRD is not known. */
    boolean essentialsOnly(Monitor monitor) {
        return admission.essentialsOnly(monitor);
    }
}
