package io.promwarden.inventory;

import java.util.List;
import java.util.Optional;

/** The volume claim that a server's data is on. */
public record DataClaim(String namespace, String name) {

    /**
     * The claim of a pod that a Prometheus object has; empty for a pod that is not there, that mounts none, or several that could
     * be it.
     *
     * @param owner the object's {@code namespace/name}
     */
    public static Optional<DataClaim> of(ClusterInventory declared, String owner, String pod) {
        int slash = owner.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String namespace = owner.substring(0, slash);
        return declared.pods().value().map(pods -> pods.in(namespace)).orElse(List.of()).stream()
                .filter(one -> one.meta().name().equals(pod))
                .findFirst()
                .map(DataClaim::candidates)
                .filter(claims -> claims.size() == 1)
                .map(claims -> new DataClaim(namespace, claims.getFirst()));
    }

    /** The claims of a pod that could hold its data: a StatefulSet names its own {@code <template>-<pod>}. */
    public static List<String> candidates(Pod pod) {
        List<String> own = pod.claims().stream()
                .filter(claim -> claim.endsWith("-" + pod.meta().name()))
                .toList();
        return own.isEmpty() ? pod.claims() : own;
    }
}
