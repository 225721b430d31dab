package io.promwarden.cli;

import io.promwarden.job.JobDefinition;
import io.promwarden.wiring.DemoRun;
import io.promwarden.wiring.RunEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code promwarden demo}: the nightly job on the built-in world. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Run jobs/nightly.yaml on the built-in demo cluster, with nothing installed but Java.",
        footer = {
            "",
            "Two recorded nights are run, so that the report can say what is new, open and fixed.",
            "The mail is written as an .eml file beside the report; nothing is sent."
        })
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--job", paramLabel = "JOB.yaml", description = "Another job definition than jobs/nightly.yaml.")
    private Optional<Path> job = Optional.empty();

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            defaultValue = "reports/demo",
            description = "Where reports are written (default: ${DEFAULT-VALUE}).")
    private Path reports = Path.of("reports/demo");

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Clock clock;

    DemoCommand(Terminal terminal, Map<String, String> environment, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Optional<JobDefinition> definition =
                JobFiles.read(job.orElseGet(() -> JobFiles.ours("nightly.yaml")), terminal);
        if (definition.isEmpty()) {
            return ExitCode.REFUSED;
        }
        try (StopOnSignal signals = new StopOnSignal(terminal)) {
            RunEnd end;
            try (OutputOptions.OpenProgress progress = output.open(terminal, clock)) {
                end = new DemoRun(definition.get(), reports.toAbsolutePath(), environment, clock)
                        .execute(progress.progress(), signals.stop());
            }
            return new RunEndPrinter(terminal).print(end);
        }
    }
}
