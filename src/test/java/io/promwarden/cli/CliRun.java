package io.promwarden.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.Map;

/**
 * One command line, run in this process as the launcher would run it in its own.
 *
 * @param out standard output
 * @param err standard error
 */
public record CliRun(int exitCode, String out, String err) {

    public static CliRun of(String... arguments) {
        return of(Map.of(), arguments);
    }

    /**
     * Runs it to its end.
     *
     * @param environment in place of the process's own
     */
    public static CliRun of(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, false);
        int code = PromwardenCommand.commandLine(terminal, environment, Clock.systemUTC())
                .execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        return new CliRun(code, out.toString(), err.toString());
    }
}
