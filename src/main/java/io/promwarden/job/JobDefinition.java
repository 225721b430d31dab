package io.promwarden.job;

import io.promwarden.check.Exemption;
import io.promwarden.finding.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A job, read and found to be sound.
 *
 * @param failOn the run ends with exit code 1 when a finding is at least this severe; empty: findings don't fail a run
 * @param sha256 of the file's content and its exemptions file's, hexadecimal: a changed definition is another attempt
 */
public record JobDefinition(
        String name,
        Path file,
        List<ClusterSpec> clusters,
        List<StepSpec> steps,
        Optional<Severity> failOn,
        List<Exemption> exemptions,
        ServerLimits limits,
        Metrics metrics,
        String sha256) {

    /**
     * What one server may be asked at most.
     *
     * @param requestsAtOnce 1 to 64
     * @param requestsPerSecond 1 to 1000
     * @param bodyMebibytes cap on one answer's body, 1 to 1024
     * @param timeoutSeconds for one read request, 1 to 3600
     */
    public record ServerLimits(int requestsAtOnce, int requestsPerSecond, int bodyMebibytes, int timeoutSeconds) {
        public static final ServerLimits DEFAULT = new ServerLimits(4, 20, 256, 60);
    }

    /** Where the run's own metrics go; both may be empty. */
    public record Metrics(Optional<ServerSpec> pushgateway, Optional<Path> textfile) {}

    public JobDefinition {
        clusters = List.copyOf(clusters);
        steps = List.copyOf(steps);
        exemptions = List.copyOf(exemptions);
    }

    /** True if single Secrets and ConfigMaps may be looked at; without it none is ever asked for. */
    public boolean looksAtSecrets() {
        return find(StepSpec.Validate.class).map(StepSpec.Validate::secretKeys).orElse(false);
    }

    /** The step of a word, if the job has it. */
    public <S extends StepSpec> Optional<S> find(Class<S> type) {
        return steps.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
