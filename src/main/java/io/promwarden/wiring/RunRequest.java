package io.promwarden.wiring;

import io.promwarden.finding.Severity;
import io.promwarden.job.JobDefinition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A run as the command line asks for it.
 *
 * @param store the store's URL, as the user gives it
 * @param reports the folder below which {@code <job>/<slot>/} is written
 * @param failOn instead of the job's
 * @param slot asked for on the command line
 * @param kubernetesJob the name of the Kubernetes Job around this process
 * @param again a new attempt at a slot that may be finished
 * @param mailToFile write mails as .eml files beside the report, and send nothing anywhere
 * @param environment for secrets by {@code ${NAME}}
 */
public record RunRequest(
        JobDefinition definition,
        Where where,
        String store,
        Path reports,
        Optional<Severity> failOn,
        Optional<Instant> slot,
        Optional<String> kubernetesJob,
        boolean again,
        boolean mailToFile,
        Map<String, String> environment) {

    /** What a run looks at. */
    public sealed interface Where {

        /** The clusters of the job; options of the command line win over the job's. */
        record Live(Optional<Path> kubeconfig, Optional<String> context) implements Where {}

        /** A recorded world. */
        record Captured(Path folder) implements Where {}

        /**
         * A recorded world that comes with the product.
         *
         * @param resource its folder on the class path
         */
        record BuiltIn(String resource) implements Where {}
    }
}
