package io.promwarden.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code promwarden jobs check}: all that is wrong with a job definition, at once. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Read job definitions and say all that is wrong with them, each with file:line:column and the remedy.",
        footer = {"", "Exit codes: 0 all are sound, 2 at least one is not."})
final class JobsCheckCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "JOB.yaml", description = "Job definitions.")
    private List<Path> jobs = new ArrayList<>();

    private final Terminal terminal;

    JobsCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int code = ExitCode.DONE;
        for (Path job : jobs) {
            if (JobFiles.read(job, terminal).isPresent()) {
                terminal.out().println(Terminal.safe(job + ": sound"));
            } else {
                code = ExitCode.REFUSED;
            }
        }
        return code;
    }
}
