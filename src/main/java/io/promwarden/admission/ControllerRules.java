package io.promwarden.admission;

import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.ReferencedData;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The controller layer: what the operator itself would do with an object that the API server took. Its first objection decides,
 * for this Prometheus only. docs/admission.md lists the codes.
 */
public final class ControllerRules {

    private final OperatorVersion operator;

    /** By identity: comparing whole objects costs more than judging one. */
    private final IdentityHashMap<RawObject, Optional<Reason>> unreconciled = new IdentityHashMap<>();

    public ControllerRules(OperatorVersion operator) {
        this.operator = operator;
    }

    /**
     * What becomes of the object. A reference that can't be looked at makes the verdict unknown, unless something else rejects
     * it; so does a Prometheus for which the operator would write no configuration at all, with the code {@code PROMETHEUS}.
     *
     * @param kind one of the four
     * @param admitted with the schema's defaults and without what it doesn't know
     */
    public Verdict judge(ObjectKind kind, RawObject admitted, PrometheusObject prometheus, ReferencedData data) {
        Optional<Reason> whole = reconcileProblem(prometheus);
        if (whole.isPresent()) {
            return Verdict.unknown(List.of(whole.get()));
        }
        SemanticVersion version = ReconcileRules.version(prometheus).orElseThrow();
        Judging judging = new Judging(admitted.namespace(), prometheus, version, operator, data);
        Part spec = Part.spec(admitted);
        Optional<Reason> rejection = switch (kind) {
            case SERVICE_MONITOR -> MonitorRules.serviceMonitor(spec, judging);
            case POD_MONITOR -> MonitorRules.podMonitor(spec, judging);
            case PROBE -> ProbeRules.problem(spec, judging);
            case SCRAPE_CONFIG -> ScrapeConfigRules.problem(spec, judging);
            default -> throw new IllegalArgumentException(kind + " is no monitor");
        };
        if (rejection.isPresent()) {
            return Verdict.rejected(Layer.CONTROLLER, List.of(rejection.get()));
        }
        List<String> dropped = DroppedFields.of(kind, spec, version);
        return judging.unknown().isEmpty()
                ? Verdict.accepted(dropped)
                : new Verdict(Verdict.Outcome.UNKNOWN, Optional.empty(), judging.unknown(), dropped);
    }

    private Optional<Reason> reconcileProblem(PrometheusObject prometheus) {
        synchronized (unreconciled) {
            return unreconciled.computeIfAbsent(prometheus.raw(), raw -> ReconcileRules.problem(prometheus, operator));
        }
    }
}
