package io.promwarden.cli;

import io.promwarden.job.JobDefinition;
import io.promwarden.job.JobDefinitionReader;
import io.promwarden.job.Problem;
import io.promwarden.job.Reading;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Reads a job definition for a command, and says all that is wrong with it. */
final class JobFiles {

    private JobFiles() {}

    /** A job definition that comes with the product: in {@code jobs/} of where the launcher says that it is installed. */
    static Path ours(String name) {
        return Path.of(System.getProperty("promwarden.home", "."))
                .resolve("jobs")
                .resolve(name)
                .normalize();
    }

    /** The definition; empty when it is not sound, which standard error then says with file, line and column. */
    static Optional<JobDefinition> read(Path file, Terminal terminal) {
        return switch (new JobDefinitionReader(Clock.systemUTC()).read(file)) {
            case Reading.Sound sound -> {
                print(sound.warnings(), "warning", terminal);
                yield Optional.of(sound.definition());
            }
            case Reading.Unsound unsound -> {
                print(unsound.problems(), "error", terminal);
                int number = unsound.problems().size();
                terminal.err()
                        .println("promwarden: " + Terminal.safe(file.toString()) + " has "
                                + (number == 1 ? "a problem" : number + " problems") + "; nothing was started");
                yield Optional.empty();
            }
        };
    }

    private static void print(List<Problem> problems, String level, Terminal terminal) {
        for (Problem problem : problems) {
            terminal.err().println(Terminal.safe(problem.position() + ": " + level + ": " + problem.message()));
            terminal.err().println(Terminal.safe("  " + problem.remedy()));
        }
    }
}
