package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.ServerId;
import java.util.Optional;

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

    /**
     * By its URL in the job: nothing is known of its pod.
     *
     * @param url without user info, query and fragment; empty where it is not known, as in a capture
     */
    public record NamedInJob(Optional<String> url) implements Origin {
        public NamedInJob() {
            this(Optional.empty());
        }
    }

    public Replica {
        if (!server.id().equals(admin.id())) {
            throw new IllegalArgumentException("two servers in one: " + server.id() + " and " + admin.id());
        }
    }

    public ServerId id() {
        return server.id();
    }

    /**
     * What tells it from a server of the same name in another cluster: the uid of its Prometheus object, which no other
     * object ever has, or its URL. Empty where neither is known.
     */
    public Optional<String> identity() {
        return switch (origin) {
            case Discovered discovered ->
                discovered
                        .object()
                        .raw()
                        .text("metadata", "uid")
                        .filter(uid -> !uid.isBlank())
                        .map(uid -> "uid " + uid);
            case NamedInJob named -> named.url().map(url -> "url " + url);
        };
    }
}
