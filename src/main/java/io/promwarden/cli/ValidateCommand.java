package io.promwarden.cli;

import io.promwarden.admission.SemanticVersion;
import io.promwarden.admission.Validation;
import io.promwarden.finding.Severity;
import io.promwarden.formats.ValidationJUnit;
import io.promwarden.formats.ValidationJson;
import io.promwarden.formats.ValidationSarif;
import io.promwarden.wiring.ValidateExecution;
import io.promwarden.wiring.ValidateRequest;
import io.promwarden.wiring.Validated;
import io.promwarden.wiring.Version;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code promwarden validate}: what would become of manifests, without a cluster. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Say for each ServiceMonitor, PodMonitor, Probe and ScrapeConfig among manifests whether the API"
                + " server would refuse it, or the operator silently leave it out, and what it would drop from it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promwarden validate deploy/",
            "  helm template chart | promwarden validate - --crds crds/",
            "  promwarden validate deploy/ --output sarif > promwarden.sarif",
            "",
            "Exit codes: 0 nothing at or above --fail-on, 1 something is, 2 wrong usage, 3 a document can't be read",
            "(the others are judged). docs/validate.md has the rest."
        })
final class ValidateCommand implements Callable<Integer> {

    /** How the records are written. */
    enum Output {
        text,
        json,
        junit,
        sarif
    }

    /** What ends the command with 1; a rejected object is an error. */
    enum FailOn {
        error,
        warning,
        never
    }

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files, folders (*.yaml, *.yml, *.json in them and below) or - for standard input.")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--each", description = "Every file is a world of its own; otherwise all files are one.")
    private boolean each;

    @Option(
            names = "--complete",
            description = "All Secrets and ConfigMaps that exist are among the manifests: one that is not is missing.")
    private boolean complete;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            defaultValue = "default",
            description = "The namespace of objects that name none (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    @Option(names = "--crds", paramLabel = "DIR", description = "The operator's CRDs, in a file or folder.")
    private @Nullable Path crds;

    @Option(
            names = "--prometheus-version",
            paramLabel = "V",
            description = "The version of the assumed Prometheus, and of one whose spec names none.")
    private @Nullable String prometheusVersion;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Output output = Output.text;

    @Option(
            names = "--fail-on",
            paramLabel = "LEVEL",
            defaultValue = "error",
            description = "End with 1 at ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private FailOn failOn = FailOn.error;

    private final Terminal terminal;
    private final Clock clock;

    ValidateCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (prometheusVersion != null
                && SemanticVersion.tolerant(prometheusVersion).isEmpty()) {
            return refused("--prometheus-version: '" + prometheusVersion + "' is no version such as 3.5.0");
        }
        Validated validated;
        try {
            validated = new ValidateExecution(
                            new ValidateRequest(
                                    paths,
                                    each,
                                    complete,
                                    namespace,
                                    Optional.ofNullable(crds),
                                    Optional.ofNullable(prometheusVersion)),
                            System.in,
                            clock)
                    .run();
        } catch (IOException | InvalidPathException e) {
            return refused(String.valueOf(e.getMessage()));
        }
        List<Validation> records = validated.records();
        if (output != Output.text) {
            ValidationText.notes(validated).forEach(note -> terminal.err().println(Terminal.safe(note)));
        }
        switch (output) {
            case text -> new ValidationText(terminal.out()).print(validated);
            case json -> terminal.out().println(ValidationJson.text(records));
            case junit -> terminal.out().println(ValidationJUnit.text(records));
            case sarif -> terminal.out().println(ValidationSarif.text(records, Version.text()));
        }
        return code(records);
    }

    private int code(List<Validation> records) {
        if (records.stream().anyMatch(record -> record.is(Validation.Outcome.UNREADABLE))) {
            return ExitCode.INCOMPLETE;
        }
        return records.stream().anyMatch(this::fails) ? ExitCode.FOUND : ExitCode.DONE;
    }

    private boolean fails(Validation record) {
        if (failOn == FailOn.never) {
            return false;
        }
        Severity floor = failOn == FailOn.error ? Severity.ERROR : Severity.WARNING;
        return record.is(Validation.Outcome.REJECTED)
                || record.findings().stream().anyMatch(note -> note.severity().atLeast(floor));
    }

    private int refused(String why) {
        terminal.err().println(Terminal.safe("promwarden: " + why));
        return ExitCode.REFUSED;
    }
}
