package io.promwarden.wiring;

import io.promwarden.explain.Chain;
import io.promwarden.job.JobDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code promwarden explain} was asked for.
 *
 * @param object empty for everything
 * @param cluster of the job or the capture; empty for all
 */
public record ExplainRequest(Optional<Chain.Matched> object, Optional<String> cluster, From from) {

    /** What it looks at. */
    public sealed interface From {

        /** Files, as for {@link ValidateRequest}. */
        record Files(
                List<String> paths,
                boolean each,
                boolean complete,
                String namespace,
                Optional<Path> crds,
                Optional<String> prometheusVersion)
                implements From {}

        /** The clusters of a job, live or recorded. */
        record Clusters(JobDefinition definition, RunRequest.Where where, Map<String, String> environment)
                implements From {}
    }
}
