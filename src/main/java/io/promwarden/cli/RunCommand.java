package io.promwarden.cli;

import io.promwarden.finding.Severity;
import io.promwarden.job.JobDefinition;
import io.promwarden.wiring.RunEnd;
import io.promwarden.wiring.RunExecution;
import io.promwarden.wiring.RunRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code promwarden run}: the main job. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run a job: what the CronJob starts, and the manual one-shot run.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  # Tonight's run, read-only, on the current kubeconfig context",
            "  promwarden run jobs/nightly.yaml",
            "",
            "  # Another attempt at a run that has ended",
            "  promwarden run jobs/nightly.yaml --slot 2026-11-22T02:10:00Z --again",
            "",
            "  # Fail a pipeline on errors, on a recorded world",
            "  promwarden run jobs/audit.yaml --capture ./capture --fail-on error",
            "",
            "Exit codes: 0 done, 1 findings at or above --fail-on, 2 bad definition or refused,",
            "3 incomplete, 4 fatal, 130/143 stopped (the same command goes on)."
        })
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "JOB.yaml", description = "The job definition, e.g. jobs/nightly.yaml.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path job;

    @Option(
            names = "--slot",
            paramLabel = "TIME",
            converter = SlotConverter.class,
            description = "The time that this run stands for, e.g. 2026-11-22T02:10:00Z. Default: the scheduled time "
                    + "from $PROMWARDEN_JOB_NAME, or else the newest unfinished run, or else now.")
    private @Nullable Instant slot;

    @Option(names = "--again", description = "A new attempt, even if this run has ended.")
    private boolean again;

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            defaultValue = "reports",
            description = "Where reports are written (default: ${DEFAULT-VALUE}).")
    private Path reports = Path.of("reports");

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            converter = SeverityConverter.class,
            description =
                    "End with 1 when a finding is at least this severe: error, warning or info; instead of the job's.")
    private @Nullable Severity failOn;

    @Mixin
    private WorldOptions world = new WorldOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Clock clock;

    RunCommand(Terminal terminal, Map<String, String> environment, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Optional<JobDefinition> definition = JobFiles.read(job, terminal);
        if (definition.isEmpty()) {
            return ExitCode.REFUSED;
        }
        RunRequest.Where where = world.capture == null
                ? new RunRequest.Where.Live(Optional.ofNullable(world.kubeconfig), Optional.ofNullable(world.context))
                : new RunRequest.Where.Captured(world.capture);
        RunRequest request = new RunRequest(
                definition.get(),
                where,
                world.store(environment, reports),
                reports.toAbsolutePath(),
                Optional.ofNullable(failOn),
                Optional.ofNullable(slot),
                Optional.ofNullable(environment.get("PROMWARDEN_JOB_NAME")),
                again,
                false,
                environment);
        try (StopOnSignal signals = new StopOnSignal(terminal)) {
            RunEnd end;
            try (OutputOptions.OpenProgress progress = output.open(terminal, clock)) {
                end = new RunExecution(clock).execute(request, progress.progress(), signals.stop());
            }
            return new RunEndPrinter(terminal).print(end);
        }
    }
}
