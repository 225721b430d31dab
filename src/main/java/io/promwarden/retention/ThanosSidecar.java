package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.Container;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.PrometheusObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a sidecar uploads a server's blocks. Rewriting a block that was uploaded makes overlaps in the bucket and halts
 * its compactor, and the copies there stay.
 */
final class ThanosSidecar {

    private ThanosSidecar() {}

    static List<Refusal> refusals(Replica.Origin origin, Answer<Map<String, String>> flags) {
        List<Refusal> refusals = new ArrayList<>();
        switch (origin) {
            case Replica.NamedInJob ignored -> {}
            case Replica.Discovered discovered -> ofObject(discovered.object(), discovered.pod(), refusals);
        }
        flags.value().flatMap(ThanosSidecar::ofFlags).ifPresent(refusals::add);
        return refusals;
    }

    private static void ofObject(PrometheusObject object, Answer<Pod> pod, List<Refusal> refusals) {
        if (object.thanosSidecar()) {
            refusals.add(sidecar("spec.thanos is set on Prometheus " + name(object)));
        }
        if (object.raw().isTrue("spec", "disableCompaction")) {
            refusals.add(sidecar("spec.disableCompaction is set on Prometheus " + name(object)
                    + ", as for blocks that are uploaded"));
        }
        switch (pod) {
            case Answer.Unknown<Pod> unknown ->
                refusals.add(new Refusal(
                        "sidecar-unknown",
                        "its pod could not be looked at for a Thanos sidecar: " + unknown.why(),
                        "Let this job list pods; what is not known is refused."));
            case Answer.Known<Pod> known ->
                known.known().containers().stream()
                        .filter(ThanosSidecar::thanos)
                        .findFirst()
                        .ifPresent(container -> refusals.add(sidecar("its pod has the container " + container.name())));
        }
    }

    private static boolean thanos(Container container) {
        return (container.name() + " " + container.image())
                .toLowerCase(Locale.ROOT)
                .contains("thanos");
    }

    private static Optional<Refusal> ofFlags(Map<String, String> flags) {
        Optional<java.time.Duration> least = PrometheusDuration.parse(flags.getOrDefault(DeletionBounds.MIN_BLOCK, ""));
        Optional<java.time.Duration> most = PrometheusDuration.parse(flags.getOrDefault(DeletionBounds.MAX_BLOCK, ""));
        if (least.isEmpty() || most.isEmpty()) {
            return Optional.of(new Refusal(
                    "block-duration-unknown",
                    "its flags do not tell how long its blocks are",
                    "Check that /api/v1/status/flags shows " + DeletionBounds.MIN_BLOCK + "."));
        }
        return least.equals(most)
                ? Optional.of(
                        sidecar("its shortest and longest block are equally long, as for blocks that are uploaded"))
                : Optional.empty();
    }

    private static String name(PrometheusObject object) {
        return object.meta().namespace() + "/" + object.meta().name();
    }

    private static Refusal sidecar(String why) {
        return new Refusal(
                "thanos-sidecar",
                why + ": rewriting uploaded blocks halts the bucket's compactor",
                "Set retention where the blocks go, e.g. with thanos compact --retention.resolution-raw.");
    }
}
