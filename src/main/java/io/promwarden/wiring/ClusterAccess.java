package io.promwarden.wiring;

import io.promwarden.answer.Answer;
import io.promwarden.capture.CapturedServer;
import io.promwarden.http.Exchange;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.InventorySource;
import io.promwarden.inventory.ReferencedData;
import io.promwarden.observation.ServerId;
import java.util.List;
import java.util.Optional;

/** How one cluster is looked at: live, from a capture, or live while a capture is recorded. */
interface ClusterAccess extends AutoCloseable {

    /**
     * Kubernetes, as far as the job looks at it.
     *
     * @param version the API server's, or why it cannot be asked
     * @param references what the job may know of Secrets and ConfigMaps
     */
    record Kubernetes(Answer<String> version, InventorySource objects, ReferencedData references) {}

    /**
     * A server that is there; unknown when it cannot be addressed.
     *
     * @param url of one that the job names, without user info, query and fragment
     */
    record Found(CapturedServer.Kind kind, ServerId id, Answer<Exchange> exchange, Optional<String> url) {
        Found(CapturedServer.Kind kind, ServerId id, Answer<Exchange> exchange) {
            this(kind, id, exchange, Optional.empty());
        }
    }

    String name();

    /** Empty when the job names only URLs for this cluster. */
    Optional<Kubernetes> kubernetes();

    /** All servers of the cluster; those of custom resources are found in what it declares. */
    List<Found> servers(Optional<ClusterInventory> inventory);

    @Override
    void close();
}
