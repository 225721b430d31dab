package io.promwarden.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One place to look at.
 *
 * @param kubernetes empty when the job names only URLs: what needs the cluster is then no part of the run
 */
public record ClusterSpec(
        String name, Optional<Kubernetes> kubernetes, List<ServerSpec> prometheus, List<ServerSpec> alertmanagers) {

    /**
     * How the API server is reached, and whether Prometheus and Alertmanager are discovered from their custom resources.
     *
     * @param kubeconfig a file; the service account in a pod, or else the usual kubeconfig, when empty
     */
    public record Kubernetes(Optional<Path> kubeconfig, Optional<String> context, boolean discover, Access access) {}

    /** How discovered servers are reached. */
    public enum Access {
        /** Directly with a service account, through the API server otherwise. */
        AUTO,
        DIRECT,
        POD_PROXY
    }

    public ClusterSpec {
        prometheus = List.copyOf(prometheus);
        alertmanagers = List.copyOf(alertmanagers);
    }
}
