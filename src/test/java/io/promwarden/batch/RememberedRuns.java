package io.promwarden.batch;

import io.promwarden.report.RunHistory;
import io.promwarden.report.RunId;
import io.promwarden.report.ServerSeen;
import io.promwarden.report.StepResult;
import io.promwarden.report.StoredStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A history that knows which runs there were, and nothing of their results. */
final class RememberedRuns implements RunHistory {

    private final List<Run> runs = new ArrayList<>();

    void remember(RunId id, String definition, @Nullable Integer exitCode) {
        runs.add(new Run(id, definition, id.slot(), Optional.empty(), Optional.ofNullable(exitCode)));
    }

    @Override
    public void begin(RunId run, String definition, Instant startedAt) {
        remember(run, definition, null);
    }

    @Override
    public void save(RunId run, String cluster, String step, Duration took, StepResult result) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredStep> steps(RunId run) {
        return List.of();
    }

    @Override
    public void saveServers(RunId run, String cluster, List<ServerSeen> servers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ServerSeen> servers(RunId run) {
        return List.of();
    }

    @Override
    public void finish(RunId run, Instant at, int exitCode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Run> find(RunId run) {
        return runs.stream().filter(known -> known.id().equals(run)).findFirst();
    }

    @Override
    public List<Run> runs(String job, int limit) {
        return runs.stream()
                .sorted(Comparator.comparing((Run run) -> run.id().slot()).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Run> previous(RunId run) {
        return Optional.empty();
    }

    @Override
    public Map<String, Instant> firstSeen(RunId run) {
        return Map.of();
    }
}
