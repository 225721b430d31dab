package io.promwarden.cli;

import io.promwarden.answer.Answer;
import io.promwarden.formats.PlanJson;
import io.promwarden.html.PlanPage;
import io.promwarden.job.JobDefinition;
import io.promwarden.report.Wording;
import io.promwarden.retention.SealedPlan;
import io.promwarden.wiring.PlanExecution;
import io.promwarden.wiring.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code promwarden plan}: what a job's policies would delete, as a file to sign and to apply. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Plan what a job's retention policies would delete, and change nothing: plan.html for people,"
                + " plan.json for \"promwarden apply\".",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promwarden plan jobs/retention.yaml",
            "  promwarden plan jobs/retention.yaml --out ./signed",
            "",
            "Exit codes: 0 planned (refusals are part of a plan), 2 bad definition or refused, 3 something could not",
            "be looked at, 4 fatal. docs/plan.md explains what a plan says."
        })
final class PlanCommand implements Callable<Integer> {

    @Parameters(paramLabel = "JOB.yaml", description = "The job definition, e.g. jobs/retention.yaml.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path job;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the two files go (default: reports/JOB/plan-HASH).")
    private @Nullable Path out;

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

    PlanCommand(Terminal terminal, Map<String, String> environment, Clock clock) {
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
        RunRequest.Where.Live where =
                new RunRequest.Where.Live(Optional.ofNullable(kubeconfig), Optional.ofNullable(context));
        return switch (new PlanExecution(clock).plan(definition.get(), where, environment)) {
            case Answer.Unknown<SealedPlan> unknown -> {
                error(unknown.why());
                yield ExitCode.REFUSED;
            }
            case Answer.Known<SealedPlan> known -> planned(known.known());
        };
    }

    private int planned(SealedPlan plan) {
        PlanText.lines(plan.document()).forEach(line -> terminal.out().println(Terminal.safe(line)));
        Path folder = Optional.ofNullable(out)
                .orElseGet(() -> Path.of("reports", plan.document().job(), "plan-" + plan.shortHash()));
        try {
            Files.createDirectories(folder);
            write(folder.resolve(PlanPage.FILE_NAME), PlanPage.render(plan));
            write(folder.resolve(PlanJson.FILE_NAME), PlanJson.write(plan));
        } catch (IOException e) {
            error("the plan cannot be written to " + folder + ": " + e.getMessage());
            return ExitCode.FATAL;
        }
        terminal.out().println();
        terminal.out().println(Terminal.safe(folder.resolve(PlanPage.FILE_NAME).toString()));
        terminal.out().println(Terminal.safe(folder.resolve(PlanJson.FILE_NAME).toString()));
        terminal.out()
                .println(Terminal.safe("promwarden apply " + quoted(folder.resolve(PlanJson.FILE_NAME)) + "   # until "
                        + Wording.minute(plan.document().freshUntil())));
        boolean complete = plan.document().clusters().stream()
                .allMatch(cluster -> cluster.notRun().isEmpty());
        return complete ? ExitCode.DONE : ExitCode.INCOMPLETE;
    }

    /** As one word of a shell, and none that could be an option. */
    static String quoted(Path path) {
        String text = path.toString();
        String word = text.startsWith("-") ? "./" + text : text;
        return word.matches("[A-Za-z0-9_./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Whole or not at all. */
    private static void write(Path file, byte[] content) throws IOException {
        Path half = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            Files.write(half, content);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    private void error(String text) {
        terminal.err().println(Terminal.safe("promwarden: " + text));
    }
}
