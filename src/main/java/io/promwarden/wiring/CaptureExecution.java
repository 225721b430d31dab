package io.promwarden.wiring;

import io.promwarden.answer.Answer;
import io.promwarden.batch.LookOnly;
import io.promwarden.batch.Progress;
import io.promwarden.batch.StopSignal;
import io.promwarden.capture.CaptureRecorder;
import io.promwarden.history.Opening;
import io.promwarden.history.Store;
import io.promwarden.job.JobDefinition;
import io.promwarden.report.RunId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records all that a run of a job would read: does the looking of every step, read-only, through recorders, and keeps no
 * result.
 */
public final class CaptureExecution {

    private final JobDefinition definition;
    private final RunRequest.Where.Live where;
    private final Map<String, String> environment;
    private final Clock clock;

    public CaptureExecution(
            JobDefinition definition, RunRequest.Where.Live where, Map<String, String> environment, Clock clock) {
        this.definition = definition;
        this.where = where;
        this.environment = environment;
        this.clock = clock;
    }

    /** The folder that was written; unknown if there is none, and why. */
    public Answer<Path> record(Path out, Progress progress, StopSignal stop) {
        Optional<String> problem = LookedAt.oneCluster(definition, where);
        if (problem.isPresent()) {
            return Answer.unknown(problem.get());
        }
        return CaptureRecorder.begin(out, clock.instant().truncatedTo(ChronoUnit.SECONDS), Version.text())
                .flatMap(recorder -> {
                    try (recorder) {
                        return record(recorder, progress, stop);
                    }
                });
    }

    private Answer<Path> record(CaptureRecorder recorder, Progress progress, StopSignal stop) {
        List<ClusterAccess> accesses = new ArrayList<>();
        for (ClusterAccess live : LookedAt.accesses(definition, where, environment)) {
            accesses.add(new RecordingAccess(live, recorder.cluster(live.name())));
        }
        Duration timeout = Duration.ofSeconds(definition.limits().timeoutSeconds());
        try (LookedAt lookedAt = LookedAt.of(recorder.clock(), false, accesses, timeout)) {
            if (!(Store.open("mem:", environment, "a capture", clock.instant()) instanceof Opening.Opened opened)) {
                throw new IllegalStateException("a store in memory can always be opened");
            }
            try (Store store = opened.store()) {
                look(lookedAt, store, progress, stop);
            }
        }
        return stop.getAsBoolean() ? Answer.unknown("stopped; nothing was written") : recorder.finish();
    }

    private void look(LookedAt lookedAt, Store store, Progress progress, StopSignal stop) {
        RunRequest request = new RunRequest(
                definition,
                where,
                "mem:",
                Path.of(""),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                environment);
        RunId run = new RunId(definition.name(), lookedAt.world().observedAt(), 0);
        RunParts parts = new RunParts(request, lookedAt, store, clock, stop);
        parts.history().begin(run, definition.sha256(), clock.instant());
        new LookOnly(parts.clusterSteps(run), progress, clock).look(definition.steps(), lookedAt.clusters());
    }
}
