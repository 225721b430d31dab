package io.promwarden.admission;

import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.ReferencedData;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * What becomes of a monitor: first the API server judges it, by the schema, and then the operator, once for each Prometheus. The
 * first is done once for an object, however many Prometheus objects select it.
 */
public final class Admission {

    private static final Reason CLASS_OF_NOBODY = new Reason(
            "CLASS", "spec.scrapeClass", "no Prometheus was given, so nobody knows which scrape classes there are");

    private final Schemas schemas;
    private final ControllerRules controller;
    private final ReferencedData data;

    /** By identity, as an object is asked about several times and comparing trees is dear. */
    private final IdentityHashMap<RawObject, SchemaResult> admitted = new IdentityHashMap<>();

    public Admission(Schemas schemas, ControllerRules controller, ReferencedData data) {
        this.schemas = schemas;
        this.controller = controller;
        this.data = data;
    }

    /** The verdict for a Prometheus; whether it selects the object at all is not asked here. */
    public Verdict judge(Monitor monitor, PrometheusObject prometheus) {
        SchemaResult schema = schema(monitor);
        if (!schema.violations().isEmpty()) {
            return Verdict.rejected(Layer.SCHEMA, schema.violations());
        }
        Verdict verdict = controller.judge(monitor.kind(), schema.admitted(), prometheus, data);
        return verdict.outcome() == Verdict.Outcome.ACCEPTED
                        && prometheus.isAssumed()
                        && monitor.raw().has("spec", "scrapeClass")
                ? Verdict.unknown(List.of(CLASS_OF_NOBODY))
                : verdict;
    }

    /** What the API server would do with the object. */
    public SchemaResult schema(Monitor monitor) {
        synchronized (admitted) {
            return admitted.computeIfAbsent(monitor.raw(), raw -> schemas.admit(monitor.kind(), raw));
        }
    }

    /** True if only what is built in is known of this kind's schema. */
    public boolean essentialsOnly(Monitor monitor) {
        return schemas.essentialsOnly(monitor.kind());
    }
}
