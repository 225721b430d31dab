package io.promwarden.inventory;

import java.util.List;
import java.util.Optional;

/**
 * A pod.
 *
 * @param ip empty until it has one
 * @param phase Pending, Running, Succeeded, Failed or Unknown
 * @param claims the volume claims that it mounts, by name
 */
public record Pod(
        ObjectMeta meta,
        Optional<Owner> owner,
        String ip,
        String phase,
        boolean ready,
        String node,
        boolean hostNetwork,
        List<Container> containers,
        List<String> claims) {

    /** The workload behind a pod: a Deployment for one of its ReplicaSets. */
    public record Owner(String kind, String name) {}

    public Pod {
        containers = List.copyOf(containers);
        claims = List.copyOf(claims);
    }

    public static Pod of(RawObject object) {
        boolean ready = object.objects("status", "conditions").stream()
                .anyMatch(condition -> condition
                                .text("type")
                                .filter("Ready"::equals)
                                .isPresent()
                        && condition.text("status").filter("True"::equals).isPresent());
        return new Pod(
                ObjectMeta.of(object),
                owner(object),
                object.text("status", "podIP").orElse(""),
                object.text("status", "phase").orElse("Unknown"),
                ready,
                object.text("spec", "nodeName").orElse(""),
                object.isTrue("spec", "hostNetwork"),
                object.object("spec").map(Container::of).orElse(List.of()),
                object.objects("spec", "volumes").stream()
                        .flatMap(volume -> volume.text("persistentVolumeClaim", "claimName").stream())
                        .toList());
    }

    /** Succeeded or Failed: the operator's running filter drops it, and nothing can be scraped there. */
    public boolean finished() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    public boolean running() {
        return phase.equals("Running");
    }

    /**
     * The controlling owner. A ReplicaSet that a Deployment made is named {@code <deployment>-<pod-template-hash>}, so
     * the Deployment is known without reading ReplicaSets, of which a cluster keeps many.
     */
    private static Optional<Owner> owner(RawObject object) {
        return object.objects("metadata", "ownerReferences").stream()
                .filter(reference -> reference.isTrue("controller"))
                .findFirst()
                .map(reference -> {
                    String kind = reference.text("kind").orElse("");
                    String name = reference.text("name").orElse("");
                    String hash = object.labels().get("pod-template-hash");
                    if (kind.equals("ReplicaSet") && hash != null && name.endsWith("-" + hash)) {
                        return new Owner("Deployment", name.substring(0, name.length() - hash.length() - 1));
                    }
                    return new Owner(kind, name);
                });
    }
}
