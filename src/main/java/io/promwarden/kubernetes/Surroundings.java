package io.promwarden.kubernetes;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a process finds around itself that tells where its cluster is.
 *
 * @param environment of the process
 * @param home of the user
 * @param serviceAccount where Kubernetes mounts a pod's token and its cluster's CA
 */
public record Surroundings(Map<String, String> environment, Path home, Path serviceAccount) {

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** This process's own. */
    public static Surroundings ofThisProcess() {
        return new Surroundings(
                System.getenv(),
                Path.of(System.getProperty("user.home", "/")),
                Path.of("/var/run/secrets/kubernetes.io/serviceaccount"));
    }
}
