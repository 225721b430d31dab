package io.promwarden.cli;

import io.promwarden.answer.Answer;
import io.promwarden.finding.VisibleText;
import io.promwarden.formats.PlanJson;
import io.promwarden.job.JobDefinition;
import io.promwarden.report.Wording;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.SealedPlan;
import io.promwarden.wiring.ApplyEnd;
import io.promwarden.wiring.ApplyExecution;
import io.promwarden.wiring.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code promwarden apply}: carries out a plan. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Carry out a plan that \"promwarden plan\" or a nightly run wrote: exactly that, or nothing."
                + " The job has to name the servers in applyTo.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promwarden apply reports/retention/plan-0a1b2c3d4e5f/plan.json",
            "  promwarden apply plan.json --job jobs/retention.yaml",
            "",
            "Exit codes: 0 done and proved, 2 refused, and nothing was sent, 3 part of it was refused or is without",
            "proof, 4 fatal, 130/143 stopped (the same command goes on). docs/apply.md has what is refused."
        })
final class ApplyCommand implements Callable<Integer> {

    private static final int LONGEST = 1000;

    @Parameters(paramLabel = "PLAN.json", description = "The plan, e.g. plan.json of a run's report folder.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path file;

    @Option(
            names = "--job",
            paramLabel = "JOB.yaml",
            description = "The job's definition, where it is not at the path that the plan names.")
    private @Nullable Path job;

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            defaultValue = "reports",
            description = "The reports folder, for the store's default place (default: ${DEFAULT-VALUE}).")
    private Path reports = Path.of("reports");

    @Option(
            names = "--store",
            paramLabel = "URL",
            description =
                    "Where receipts are kept, as for run. Default: $PROMWARDEN_STORE, or else .promwarden/store in"
                            + " the reports folder.")
    private @Nullable String store;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "The kubeconfig to use instead of the job's.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The kubeconfig context to use instead of the job's.")
    private @Nullable String context;

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Clock clock;

    ApplyCommand(Terminal terminal, Map<String, String> environment, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Answer<SealedPlan> read;
        try {
            read = PlanJson.read(Files.readAllBytes(file));
        } catch (IOException e) {
            return refused(file + " cannot be read: " + e.getMessage());
        }
        if (!(read instanceof Answer.Known<SealedPlan> known)) {
            return refused(file + ": " + read.reason().orElse(""));
        }
        SealedPlan plan = known.known();
        Optional<JobDefinition> definition;
        try {
            definition = JobFiles.read(
                    Optional.ofNullable(job)
                            .orElseGet(() -> Path.of(plan.document().file())),
                    terminal);
        } catch (InvalidPathException e) {
            return refused("the plan names no file as its job: " + e.getMessage());
        }
        if (definition.isEmpty()) {
            return ExitCode.REFUSED;
        }
        RunRequest.Where.Live where =
                new RunRequest.Where.Live(Optional.ofNullable(kubeconfig), Optional.ofNullable(context));
        try (StopOnSignal signals = new StopOnSignal(terminal)) {
            return print(new ApplyExecution(clock)
                    .apply(
                            plan,
                            definition.get(),
                            where,
                            WorldOptions.store(store, environment, reports),
                            environment,
                            signals.stop()));
        }
    }

    private int print(ApplyEnd end) {
        return switch (end) {
            case ApplyEnd.Refused refused -> refused(refused.reason());
            case ApplyEnd.Fatal fatal -> {
                error(fatal.reason());
                yield ExitCode.FATAL;
            }
            case ApplyEnd.Stopped stopped -> {
                print(stopped.receipts());
                error("stopped; the same command goes on where it was");
                yield ExitCode.STOPPED;
            }
            case ApplyEnd.Done done -> {
                print(done.receipts());
                if (done.receipts().isEmpty() && done.notRun().isEmpty()) {
                    terminal.out().println("There was nothing to delete.");
                }
                done.notes().forEach(note -> terminal.out().println(line(note)));
                done.notRun().forEach(one -> error(one.cluster() + ": " + one.what() + ": " + one.reason()));
                yield done.notRun().isEmpty() ? ExitCode.DONE : ExitCode.INCOMPLETE;
            }
        };
    }

    private void print(List<Receipt> receipts) {
        receipts.forEach(receipt -> terminal.out()
                .println(line(receipt.server().text() + "  " + receipt.call() + "  "
                        + receipt.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + (receipt.selector().isEmpty()
                                ? "  " + Wording.bytes(receipt.freedBytes()) + " came back"
                                : "  " + receipt.selector() + "  " + Wording.number(receipt.samplesBefore()) + " to "
                                        + Wording.number(receipt.samplesAfter()) + " samples")
                        + "  " + Wording.took(receipt.took()))));
    }

    private int refused(String why) {
        error(why);
        return ExitCode.REFUSED;
    }

    private void error(String text) {
        terminal.err().println(line("promwarden: " + text));
    }

    private static String line(String text) {
        return Terminal.safe(VisibleText.line(text, LONGEST));
    }
}
