package io.promwarden.cli;

import io.promwarden.formats.TerminalSummary;
import io.promwarden.wiring.RunEnd;

/** Says how a run ended: the result on standard output, anything else on standard error. */
final class RunEndPrinter {

    private static final int WIDTH = 110;

    private final Terminal terminal;

    RunEndPrinter(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Prints it and returns the exit code. After a stop the signal decides the code. */
    int print(RunEnd end) {
        return switch (end) {
            case RunEnd.Done done -> {
                done(done);
                yield done.exitCode();
            }
            case RunEnd.Refused refused -> {
                error(refused.reason());
                yield ExitCode.REFUSED;
            }
            case RunEnd.Stopped stopped -> {
                error("run " + stopped.run().text() + " was stopped; the same command goes on where it was");
                yield ExitCode.STOPPED;
            }
            case RunEnd.Fatal fatal -> {
                error(fatal.reason());
                yield ExitCode.FATAL;
            }
        };
    }

    private void done(RunEnd.Done done) {
        if (done.before()) {
            error("run " + done.run().text()
                    + " had ended before; nothing was done again (--again makes a new attempt)");
        }
        terminal.out().print(new TerminalSummary(WIDTH, terminal.colour()).render(done.report()));
        done.undelivered().forEach(reason -> error("not delivered: " + reason));
        done.notes().forEach(this::error);
        if (!done.files().isEmpty()) {
            terminal.out().println();
        }
        done.files().forEach(file -> terminal.out().println(Terminal.safe(file.toString())));
    }

    private void error(String text) {
        terminal.err().println(Terminal.safe("promwarden: " + text));
    }
}
