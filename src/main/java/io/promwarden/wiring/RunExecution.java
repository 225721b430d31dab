package io.promwarden.wiring;

import io.promwarden.answer.Answer;
import io.promwarden.batch.JobAssembly;
import io.promwarden.batch.Progress;
import io.promwarden.batch.RunLauncher;
import io.promwarden.batch.SlotChoice;
import io.promwarden.batch.SlotChooser;
import io.promwarden.batch.StopSignal;
import io.promwarden.batch.UnitRunner;
import io.promwarden.finding.Severity;
import io.promwarden.history.Opening;
import io.promwarden.history.Store;
import io.promwarden.job.JobDefinition;
import io.promwarden.report.RunId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;

/** Carries out a run: opens the world and the store, chooses the slot, builds the job and launches it. */
public final class RunExecution {

    private final Clock clock;

    public RunExecution(Clock clock) {
        this.clock = clock;
    }

    /** Runs to the end, to a stop, or to the reason why it cannot. Blocks. */
    public RunEnd execute(RunRequest request, Progress progress, StopSignal stop) {
        return switch (LookedAt.open(request, clock)) {
            case Answer.Unknown<LookedAt> unusable -> new RunEnd.Refused(unusable.why());
            case Answer.Known<LookedAt> known -> {
                try (LookedAt lookedAt = known.known()) {
                    yield withStore(request, lookedAt, progress, stop);
                }
            }
        };
    }

    private RunEnd withStore(RunRequest request, LookedAt lookedAt, Progress progress, StopSignal stop) {
        String holder = "a run of " + request.definition().name();
        return switch (Store.open(request.store(), request.environment(), holder, clock.instant())) {
            case Opening.Locked locked -> new RunEnd.Refused(locked.reason());
            case Opening.Broken broken -> new RunEnd.Fatal(broken.reason() + ". " + broken.remedy());
            case Opening.Opened opened -> {
                try (Store store = opened.store()) {
                    yield chosen(request, lookedAt, store, progress, stop);
                }
            }
        };
    }

    private RunEnd chosen(RunRequest request, LookedAt lookedAt, Store store, Progress progress, StopSignal stop) {
        RunParts parts = new RunParts(request, lookedAt, store, clock, stop);
        JobDefinition definition = request.definition();
        try {
            SlotChoice choice = new SlotChooser(parts.history(), lookedAt.clock())
                    .choose(
                            definition.name(),
                            lookedAt.identified(definition),
                            request.slot(),
                            request.kubernetesJob(),
                            request.again());
            return switch (choice) {
                case SlotChoice.Refused refused -> new RunEnd.Refused(refused.reason());
                case SlotChoice.AlreadyDone done -> parts.finish(done.id()).before(done.exitCode());
                case SlotChoice.Run run -> launched(run.id(), lookedAt, parts, progress, stop);
            };
        } catch (DataAccessException e) {
            return new RunEnd.Fatal(store.explain(e));
        }
    }

    private RunEnd launched(RunId run, LookedAt lookedAt, RunParts parts, Progress progress, StopSignal stop) {
        JobDefinition definition = parts.definition();
        parts.store().announce(run.text(), clock.instant());
        parts.history().begin(run, lookedAt.identified(definition), clock.instant());
        RunFinish finish = parts.finish(run);
        try (BatchContext batch = BatchContext.open(parts.store().dataSource())) {
            UnitRunner units = new UnitRunner(run, parts.history(), progress, stop, clock);
            JobAssembly assembly = new JobAssembly(batch.repository(), parts.clusterSteps(run), finish, units);
            RunLauncher launcher = new RunLauncher(batch.operator(), batch.repository(), stop);
            return switch (launcher.launch(assembly.assemble(definition, lookedAt.clusters()), run)) {
                case RunLauncher.LaunchEnd.Completed completed -> finish.end(failOn(parts.request()));
                case RunLauncher.LaunchEnd.Stopped stopped -> new RunEnd.Stopped(run);
                case RunLauncher.LaunchEnd.Failed failed -> new RunEnd.Fatal(reason(parts, failed.causes()));
            };
        }
    }

    private static Optional<Severity> failOn(RunRequest request) {
        return request.failOn().or(() -> request.definition().failOn());
    }

    private static String reason(RunParts parts, List<Throwable> causes) {
        return causes.stream()
                .map(cause -> cause instanceof DataAccessException thrown
                        ? parts.store().explain(thrown)
                        : String.valueOf(cause.getMessage() == null ? cause : cause.getMessage()))
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
