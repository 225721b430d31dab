package io.promwarden.cli;

import io.promwarden.answer.Answer;
import io.promwarden.job.JobDefinition;
import io.promwarden.wiring.CaptureExecution;
import io.promwarden.wiring.RunRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code promwarden capture}: records what a run would read. */
@Command(
        name = "capture",
        mixinStandardHelpOptions = true,
        description = "Record all that a run would read, to be replayed anywhere with run --capture DIR.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promwarden capture --out ./capture",
            "  promwarden run jobs/audit.yaml --capture ./capture",
            "",
            "Values of Secrets, tokens, passwords, environment variables, arguments and most annotations never get",
            "into a capture (docs/captures.md). Still, read one before you publish it: it names what you run."
        })
final class CaptureCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "JOB.yaml",
            description = "The job whose questions are asked (default: jobs/nightly.yaml).")
    private @Nullable Path job;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A folder that does not exist yet.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path out;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "The kubeconfig to use instead of the job's.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The kubeconfig context to use instead of the job's.")
    private @Nullable String context;

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Clock clock;

    CaptureCommand(Terminal terminal, Map<String, String> environment, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Optional<JobDefinition> definition =
                JobFiles.read(Optional.ofNullable(job).orElseGet(() -> JobFiles.ours("nightly.yaml")), terminal);
        if (definition.isEmpty()) {
            return ExitCode.REFUSED;
        }
        RunRequest.Where.Live where =
                new RunRequest.Where.Live(Optional.ofNullable(kubeconfig), Optional.ofNullable(context));
        try (StopOnSignal signals = new StopOnSignal(terminal)) {
            Answer<Path> recorded;
            try (OutputOptions.OpenProgress progress = output.open(terminal, clock)) {
                recorded = new CaptureExecution(definition.get(), where, environment, clock)
                        .record(out, progress.progress(), signals.stop());
            }
            return switch (recorded) {
                case Answer.Known<Path> known -> {
                    terminal.out().println(Terminal.safe(known.known().toString()));
                    yield ExitCode.DONE;
                }
                case Answer.Unknown<Path> unknown -> {
                    terminal.err().println(Terminal.safe("promwarden: " + unknown.why()));
                    yield signals.stop().getAsBoolean() ? ExitCode.STOPPED : ExitCode.REFUSED;
                }
            };
        }
    }
}
