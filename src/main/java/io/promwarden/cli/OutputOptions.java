package io.promwarden.cli;

import io.promwarden.batch.Progress;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options about what is said while a command works. */
final class OutputOptions {

    /** How lines on standard error look. */
    enum LogFormat {
        text,
        json
    }

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress; errors and the result only.")
    boolean quiet;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "Progress and logs on standard error as ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    LogFormat logFormat = LogFormat.text;

    /** Progress that fits the terminal; closed when the work is over. */
    OpenProgress open(Terminal terminal, Clock clock) {
        if (quiet) {
            return new OpenProgress(new Silent(), () -> {});
        }
        if (terminal.live() && logFormat == LogFormat.text) {
            ProgressLine line = new ProgressLine(terminal, clock);
            return new OpenProgress(line, line::close);
        }
        return new OpenProgress(new ProgressLog(terminal, clock, logFormat == LogFormat.json), () -> {});
    }

    /** Progress under way. */
    record OpenProgress(Progress progress, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    private static final class Silent implements Progress {
        @Override
        public void started(Unit unit) {}

        @Override
        public void ended(Unit unit, Duration took, String note) {}
    }
}
