package io.promwarden.retention;

import io.promwarden.finding.NotRun;
import java.util.List;

/**
 * All processes behind one Prometheus object, or one static server. Either all of them pass, or none is changed.
 *
 * @param owner {@code namespace/name} of the object, or the static server's name
 * @param replicas every pod of every shard that could be addressed
 * @param missing those that could not be, and why
 */
public record ReplicaGroup(String owner, List<Replica> replicas, List<NotRun> missing) {
    public ReplicaGroup {
        replicas = List.copyOf(replicas);
        missing = List.copyOf(missing);
        for (Replica replica : replicas) {
            if (!replica.id().owner().equals(owner)) {
                throw new IllegalArgumentException(replica.id() + " does not belong to " + owner);
            }
        }
    }

    /** How many pods the object asks for: replicas times shards; 1 for a static server. */
    long expected() {
        return replicas.stream()
                .map(Replica::origin)
                .mapToLong(origin -> switch (origin) {
                    case Replica.Discovered discovered ->
                        discovered.object().raw().whole("spec", "replicas").orElse(1L)
                                * discovered
                                        .object()
                                        .raw()
                                        .whole("spec", "shards")
                                        .orElse(1L);
                    case Replica.NamedInJob ignored -> 1;
                })
                .max()
                .orElse(1);
    }
}
