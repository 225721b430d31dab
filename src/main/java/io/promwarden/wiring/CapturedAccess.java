package io.promwarden.wiring;

import io.promwarden.answer.Answer;
import io.promwarden.capture.ReplayedCluster;
import io.promwarden.inventory.ClusterInventory;
import java.util.List;
import java.util.Optional;

/** A cluster of a capture. */
record CapturedAccess(ReplayedCluster cluster) implements ClusterAccess {

    @Override
    public String name() {
        return cluster.name();
    }

    @Override
    public Optional<Kubernetes> kubernetes() {
        return cluster.kubernetesVersion()
                .flatMap(version ->
                        cluster.inventory().map(objects -> new Kubernetes(version, objects, cluster.references())));
    }

    @Override
    public List<Found> servers(Optional<ClusterInventory> inventory) {
        return cluster.servers().stream()
                .map(server -> new Found(
                        server.kind(),
                        server.id(),
                        server.unreachable()
                                .<Answer<io.promwarden.http.Exchange>>map(Answer::unknown)
                                .orElseGet(() -> Answer.known(cluster.exchange(server)))))
                .toList();
    }

    @Override
    public void close() {}
}
