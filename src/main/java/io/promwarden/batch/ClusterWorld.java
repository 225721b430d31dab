package io.promwarden.batch;

import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.ReferencedData;
import io.promwarden.observation.AlertServer;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.Servers;
import io.promwarden.report.ServerSeen;
import io.promwarden.retention.ReplicaGroup;
import java.util.List;
import java.util.Optional;

/**
 * One cluster as a run sees it.
 *
 * @param inventory empty when the job names only URLs for it
 * @param references what may be known of Secrets and ConfigMaps
 * @param metrics every Prometheus process; answers are remembered for the run
 * @param groups the same processes by the object behind them, asked anew each time: for plans, pre-flights and proofs
 * @param seen what was found, for the report
 */
public record ClusterWorld(
        String name,
        Optional<ClusterInventory> inventory,
        ReferencedData references,
        Servers<MetricsServer> metrics,
        Servers<AlertServer> alerts,
        List<ReplicaGroup> groups,
        List<ServerSeen> seen) {
    public ClusterWorld {
        groups = List.copyOf(groups);
        seen = List.copyOf(seen);
    }
}
