package io.promwarden.retention;

import io.promwarden.answer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether one server may be changed, as far as it can be told without asking for any series.
 *
 * @param bounds empty when nothing can be planned
 * @param major 2 or 3; empty when unknown
 * @param identified true if it is a ready Prometheus with a TSDB, so that at least a plan can be made
 */
record Preflight(List<Refusal> refusals, Optional<DeletionBounds> bounds, Optional<Integer> major, boolean identified) {

    Preflight {
        refusals = List.copyOf(refusals);
    }

    static Preflight of(PodObservations seen, Replica.Origin origin) {
        List<Refusal> refusals = new ArrayList<>(ServerIdentity.refusals(seen));
        if (origin instanceof Replica.Discovered discovered
                && (discovered.object().agent()
                        || discovered
                                .object()
                                .raw()
                                .text("spec", "mode")
                                .filter("Agent"::equals)
                                .isPresent())) {
            refusals.add(ServerIdentity.agentMode());
        }
        boolean identified = refusals.isEmpty();
        refusals.addAll(ofFlags(seen, origin));
        refusals.addAll(ThanosSidecar.refusals(origin, seen.flags()));
        Optional<DeletionBounds> bounds = DeletionBounds.compute(seen, refusals);
        if (identified) {
            refusals.addAll(ofCondition(seen, bounds));
        }
        return new Preflight(refusals.stream().distinct().toList(), bounds, ServerIdentity.major(seen), identified);
    }

    private static List<Refusal> ofCondition(PodObservations seen, Optional<DeletionBounds> bounds) {
        List<Refusal> refusals = new ArrayList<>(OneProcess.refusals(seen));
        refusals.addAll(WalCorruption.refusals(seen));
        refusals.addAll(ConfigurationReload.refusals(seen));
        refusals.addAll(RecentFailures.refusals(seen));
        refusals.addAll(BlockOverlap.refusals(seen));
        bounds.ifPresent(known -> refusals.addAll(HeadTiming.refusals(seen, known)));
        refusals.addAll(Room.refusals(seen));
        return refusals;
    }

    private static List<Refusal> ofFlags(PodObservations seen, Replica.Origin origin) {
        return switch (seen.flags()) {
            case Answer.Unknown<Map<String, String>> unknown ->
                List.of(new Refusal(
                        "flags-unknown",
                        "its flags are not known: " + unknown.why(),
                        "Make it reachable for this job; what is not known is refused."));
            case Answer.Known<Map<String, String>> known ->
                "true".equals(known.known().get("web.enable-admin-api")) ? List.of() : List.of(adminApiOff(origin));
        };
    }

    private static Refusal adminApiOff(Replica.Origin origin) {
        return switch (origin) {
            case Replica.NamedInJob ignored ->
                new Refusal(
                        "admin-api-off",
                        "its admin API is off (--web.enable-admin-api)",
                        "Start this Prometheus with --web.enable-admin-api, and let nobody else reach it.");
            case Replica.Discovered discovered -> {
                String namespace = discovered.object().meta().namespace();
                String name = discovered.object().meta().name();
                String why = discovered.object().adminApi()
                        ? "its admin API is off, although Prometheus " + namespace + "/" + name
                                + " asks for it: the pod is older than that"
                        : "its admin API is off";
                yield new Refusal(
                        "admin-api-off",
                        why,
                        "Set spec.enableAdminAPI: true on Prometheus " + namespace + "/" + name + ":\n"
                                + "kubectl -n " + namespace + " patch prometheus " + name
                                + " --type merge -p '{\"spec\":{\"enableAdminAPI\":true}}'");
            }
        };
    }
}
