package io.promwarden.storage;

import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.DataClaim;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.ServerId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is to be asked how full a server's volume is. */
public final class DiskWatch {

    /** The server itself, and others: not every Prometheus scrapes kubelets. */
    private static final int MOST_ASKED = 3;

    private DiskWatch() {}

    /** Servers that may have the kubelet's series, the likeliest first: the server itself, then one of each other object. */
    public static List<MetricsServer> toAsk(ServerId server, List<? extends MetricsServer> all) {
        List<MetricsServer> asked = new ArrayList<>();
        all.stream().filter(one -> one.id().equals(server)).forEach(asked::add);
        Set<String> owners = new HashSet<>(Set.of(server.owner()));
        for (MetricsServer other : all) {
            if (asked.size() < MOST_ASKED && owners.add(other.id().owner())) {
                asked.add(other);
            }
        }
        return asked;
    }

    /** The claim of a server's data; empty for one that is known by its URL, or has no volume. */
    public static Optional<DataClaim> claim(ServerId server, Optional<ClusterInventory> inventory) {
        return inventory.flatMap(declared -> DataClaim.of(declared, server.owner(), server.instance()));
    }
}
