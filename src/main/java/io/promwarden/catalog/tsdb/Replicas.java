package io.promwarden.catalog.tsdb;

import io.promwarden.observation.MetricsServer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The servers of one shard that answered.
 *
 * @param owner the Prometheus object as {@code namespace/name}
 * @param shard which of its shards, e.g. {@code shard 1}; empty where there is one only, and for the first
 */
record Replicas(String owner, String shard, List<MetricsServer> servers) {

    /** All groups of two or more. */
    static List<Replicas> of(List<MetricsServer> servers) {
        Map<String, List<MetricsServer>> byShard = new TreeMap<>();
        servers.forEach(server -> byShard.computeIfAbsent(server.id().shard(), key -> new ArrayList<>())
                .add(server));
        List<Replicas> groups = new ArrayList<>();
        byShard.forEach((shard, members) -> {
            if (members.size() > 1) {
                members.sort(Comparator.comparing(MetricsServer::id));
                int hash = shard.indexOf('#');
                groups.add(new Replicas(
                        members.get(0).id().owner(),
                        hash < 0 ? "" : "shard " + shard.substring(hash + 1),
                        List.copyOf(members)));
            }
        });
        return groups;
    }

    /** What a finding is told from others by. */
    String aspect(String what) {
        return shard.isEmpty() ? what : shard + " " + what;
    }

    /** For sentences. */
    String name() {
        return shard.isEmpty() ? owner : owner + " (" + shard + ")";
    }
}
