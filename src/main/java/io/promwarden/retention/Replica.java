package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.ServerId;

/** One Prometheus process: how it is read, how it is changed, and where we know it from. */
public record Replica(MetricsServer server, TsdbAdmin admin, Origin origin) {

    /** Where a server was found. */
    public sealed interface Origin {}

    /**
     * By its custom resource.
     *
     * @param pod its pod; unknown when pods could not be read
     */
    public record Discovered(PrometheusObject object, Answer<Pod> pod) implements Origin {}

    /** By its URL in the job: nothing is known of its pod. */
    public record NamedInJob() implements Origin {}

    public Replica {
        if (!server.id().equals(admin.id())) {
            throw new IllegalArgumentException("two servers in one: " + server.id() + " and " + admin.id());
        }
    }

    public ServerId id() {
        return server.id();
    }
}
