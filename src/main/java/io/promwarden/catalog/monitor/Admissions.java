package io.promwarden.catalog.monitor;

import io.promwarden.admission.Admission;
import io.promwarden.admission.ControllerRules;
import io.promwarden.admission.CrdSchemas;
import io.promwarden.admission.OperatorVersion;
import io.promwarden.admission.SchemaResult;
import io.promwarden.admission.Selection;
import io.promwarden.admission.Verdict;
import io.promwarden.check.Evidence;
import io.promwarden.check.Need;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the API server and the operator would do with each monitor: found out once, however many checks ask. */
final class Admissions {

    /** What has to be known to tell who picks a monitor up. */
    static final Set<Need> SELECTION = Set.of(Need.PROMETHEUSES, Need.NAMESPACES);

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
        selection = Selection.of(evidence.declared());
    }

    static Admissions of(Evidence evidence) {
        return evidence.derived(Admissions.class, Admissions::new);
    }

    /** Those that pick the monitor up. */
    List<PrometheusObject> pickedBy(Monitor monitor) {
        return selection.pickedBy(monitor);
    }

    /**
     * Where a monitor's targets may live, for each Prometheus that picks it up, each answer once; an empty set of
     * namespaces means everywhere. A monitor that nobody picks up is taken at its word.
     */
    Set<Optional<Set<String>>> places(Monitor monitor) {
        Set<Optional<Set<String>>> places = new LinkedHashSet<>();
        for (PrometheusObject prometheus : pickedBy(monitor)) {
            places.add(
                    prometheus.raw().isTrue("spec", "ignoreNamespaceSelectors")
                            ? Optional.of(Set.of(monitor.meta().namespace()))
                            : monitor.targetNamespaces());
        }
        return places.isEmpty() ? Set.of(monitor.targetNamespaces()) : places;
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
