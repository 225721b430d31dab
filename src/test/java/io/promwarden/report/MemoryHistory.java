package io.promwarden.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A history in memory: as much of it as a report asks for. */
final class MemoryHistory implements RunHistory {

    private final Map<RunId, Run> runs = new LinkedHashMap<>();
    private final Map<RunId, List<StoredStep>> steps = new HashMap<>();
    private final Map<RunId, List<ServerSeen>> servers = new HashMap<>();

    @Override
    public void begin(RunId run, String definition, Instant startedAt) {
        runs.putIfAbsent(run, new Run(run, definition, startedAt, Optional.empty(), Optional.empty()));
    }

    @Override
    public void save(RunId run, String cluster, String step, Duration took, StepResult result) {
        steps.computeIfAbsent(run, key -> new ArrayList<>()).add(new StoredStep(cluster, step, took, result));
        begin(run, "sha", run.slot());
    }

    @Override
    public List<StoredStep> steps(RunId run) {
        return List.copyOf(steps.getOrDefault(run, List.of()));
    }

    @Override
    public void saveServers(RunId run, String cluster, List<ServerSeen> seen) {
        servers.computeIfAbsent(run, key -> new ArrayList<>()).addAll(seen);
    }

    @Override
    public List<ServerSeen> servers(RunId run) {
        return List.copyOf(servers.getOrDefault(run, List.of()));
    }

    @Override
    public void finish(RunId run, Instant at, int exitCode) {
        runs.computeIfPresent(
                run,
                (id, begun) ->
                        new Run(id, begun.definition(), begun.startedAt(), Optional.of(at), Optional.of(exitCode)));
    }

    @Override
    public Optional<Run> find(RunId run) {
        return Optional.ofNullable(runs.get(run));
    }

    @Override
    public List<Run> runs(String job, int limit) {
        return runs.values().stream()
                .filter(run -> run.id().job().equals(job))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Run> previous(RunId run) {
        return runs.values().stream()
                .filter(other -> other.finishedAt().isPresent()
                        && other.id().job().equals(run.job())
                        && other.id().slot().isBefore(run.slot()))
                .max(Comparator.comparing(other -> other.id().slot()));
    }

    @Override
    public Map<String, Instant> firstSeen(RunId run) {
        Map<String, Instant> first = new HashMap<>();
        for (RunId id : runs.keySet()) {
            for (StoredStep step : steps(id)) {
                if (step.result() instanceof StepResult.Validated validated) {
                    validated
                            .results()
                            .findings()
                            .forEach(finding -> first.merge(
                                    finding.id(), id.slot(), (one, other) -> one.isBefore(other) ? one : other));
                }
            }
        }
        return first;
    }
}
