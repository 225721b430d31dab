package io.promwarden.cli;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
        name = "promwarden",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "The nightly governance job for Prometheus on Kubernetes.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Use \"promwarden COMMAND --help\" for more about a command."})
public final class PromwardenCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    private PromwardenCommand() {}

    /** Runs one command line; returns its exit code. */
    public static int execute(String[] args) {
        if (wantsJson(Arrays.asList(args))) {
            System.setProperty("promwarden.log.format", "json");
        }
        Map<String, String> environment = System.getenv();
        Terminal terminal = Terminal.system(environment);
        int code = commandLine(terminal, environment, Clock.systemUTC()).execute(args);
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    /** Logging is set up before picocli reads its options. */
    private static boolean wantsJson(List<String> args) {
        int format = args.indexOf("--log-format");
        boolean asNext =
                format >= 0 && format + 1 < args.size() && args.get(format + 1).equals("json");
        return asNext || args.contains("--log-format=json");
    }

    static CommandLine commandLine(Terminal terminal, Map<String, String> environment, Clock clock) {
        CommandLine line = new CommandLine(new PromwardenCommand());
        line.addSubcommand(new RunCommand(terminal, environment, clock));
        line.addSubcommand(new DemoCommand(terminal, environment, clock));
        line.addSubcommand(new CaptureCommand(terminal, environment, clock));
        line.addSubcommand(new ValidateCommand(terminal, clock));
        line.addSubcommand(new ExplainCommand(terminal, environment, clock));
        line.addSubcommand(new PlanCommand(terminal, environment, clock));
        line.addSubcommand(new ApplyCommand(terminal, environment, clock));
        CommandLine jobs = new CommandLine(new JobsCommand());
        jobs.addSubcommand(new JobsCheckCommand(terminal));
        line.addSubcommand(jobs);
        line.addSubcommand(new ReceiptsCommand(terminal, environment, clock));
        CommandLine snapshots = new CommandLine(new SnapshotsCommand(terminal, environment, clock));
        snapshots.addSubcommand(new SnapshotsConfirmCommand(terminal, environment, clock));
        line.addSubcommand(snapshots);
        line.addSubcommand(new CompletionCommand(terminal));
        line.setOut(terminal.out());
        line.setErr(terminal.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpAutoWidth(true);
        line.setExecutionExceptionHandler((exception, command, result) -> {
            terminal.err().println("promwarden: " + Terminal.safe(String.valueOf(exception)));
            if (Boolean.getBoolean("promwarden.debug")) {
                exception.printStackTrace(terminal.err());
            } else {
                terminal.err()
                        .println(
                                "promwarden: this is a mistake of ours; PROMWARDEN_JAVA_OPTS=-Dpromwarden.debug=true shows where");
            }
            return ExitCode.FATAL;
        });
        return line;
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
