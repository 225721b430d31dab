package io.promwarden.cli;

import io.promwarden.admission.SemanticVersion;
import io.promwarden.answer.Answer;
import io.promwarden.explain.Chain;
import io.promwarden.formats.ExplainJson;
import io.promwarden.job.JobDefinition;
import io.promwarden.wiring.ExplainExecution;
import io.promwarden.wiring.ExplainRequest;
import io.promwarden.wiring.Explained;
import io.promwarden.wiring.RunRequest;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code promwarden explain}: why a monitor is not scraped, or who scrapes something. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Say why a ServiceMonitor, PodMonitor, Probe or ScrapeConfig is not scraped, down to the first broken"
                        + " link and its fix; or which of them scrape a Service, a pod or a workload.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promwarden explain servicemonitor/cart -n shop",
            "  promwarden explain deployment/cart -n shop --capture ./capture",
            "  promwarden explain --all --manifests deploy/ --output json",
            "",
            "Exit codes: 0 answered, 2 wrong usage or no such object, 3 something could not be read (the rest is",
            "answered). docs/explain.md has the codes."
        })
final class ExplainCommand implements Callable<Integer> {

    /** How chains are written. */
    enum Output {
        text,
        json
    }

    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("servicemonitor", "ServiceMonitor"),
            Map.entry("smon", "ServiceMonitor"),
            Map.entry("podmonitor", "PodMonitor"),
            Map.entry("pmon", "PodMonitor"),
            Map.entry("probe", "Probe"),
            Map.entry("prb", "Probe"),
            Map.entry("scrapeconfig", "ScrapeConfig"),
            Map.entry("scfg", "ScrapeConfig"),
            Map.entry("service", "Service"),
            Map.entry("svc", "Service"),
            Map.entry("deployment", "Deployment"),
            Map.entry("deploy", "Deployment"),
            Map.entry("statefulset", "StatefulSet"),
            Map.entry("sts", "StatefulSet"),
            Map.entry("daemonset", "DaemonSet"),
            Map.entry("ds", "DaemonSet"),
            Map.entry("pod", "Pod"),
            Map.entry("po", "Pod"));

    @Parameters(
            arity = "0..2",
            paramLabel = "KIND/NAME",
            description = "What to explain, as kubectl names it: servicemonitor/cart, podmonitor cart, svc/cart, ...")
    private List<String> object = new ArrayList<>();

    @Option(names = "--all", description = "Every monitor instead of one.")
    private boolean all;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            defaultValue = "default",
            description = "The object's namespace, and that of manifests that name none (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    @Option(
            names = "--manifests",
            paramLabel = "PATH",
            description = "Judge files instead of a cluster; files, folders or -. Repeatable.")
    private List<String> manifests = new ArrayList<>();

    @Option(names = "--each", description = "With --manifests: every file is a world of its own.")
    private boolean each;

    @Option(
            names = "--complete",
            description = "With --manifests: all Secrets and ConfigMaps that exist are among them.")
    private boolean complete;

    @Option(
            names = "--crds",
            paramLabel = "DIR",
            description = "With --manifests: the operator's CRDs, in a file or folder.")
    private @Nullable Path crds;

    @Option(
            names = "--prometheus-version",
            paramLabel = "V",
            description = "With --manifests: the version of the assumed Prometheus, and of one whose spec names none.")
    private @Nullable String prometheusVersion;

    @Option(names = "--capture", paramLabel = "DIR", description = "Judge a recorded world instead of a live one.")
    private @Nullable Path capture;

    @Option(
            names = "--job",
            paramLabel = "JOB.yaml",
            description = "The job that names the clusters (default: jobs/nightly.yaml).")
    private @Nullable Path job;

    @Option(names = "--cluster", paramLabel = "NAME", description = "Only this cluster of the job or capture.")
    private @Nullable String cluster;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "The kubeconfig to use instead of the job's.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The kubeconfig context to use instead of the job's.")
    private @Nullable String context;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Output output = Output.text;

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Clock clock;

    ExplainCommand(Terminal terminal, Map<String, String> environment, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Optional<String> misuse = misuse();
        if (misuse.isPresent()) {
            return refused(misuse.get());
        }
        Optional<Chain.Matched> wanted = all ? Optional.empty() : wanted();
        if (!all && wanted.isEmpty()) {
            return refused("'" + String.join(" ", object) + "' names no object: write KIND/NAME, with a kind among "
                    + String.join(
                            ", ",
                            KINDS.values().stream()
                                    .distinct()
                                    .sorted()
                                    .map(one -> one.toLowerCase(Locale.ROOT))
                                    .toList()));
        }
        Optional<ExplainRequest.From> from = from();
        if (from.isEmpty()) {
            return ExitCode.REFUSED;
        }
        try {
            return switch (new ExplainExecution(
                            new ExplainRequest(wanted, Optional.ofNullable(cluster), from.get()), System.in, clock)
                    .run()) {
                case Answer.Unknown<Explained> unknown -> refused(unknown.why());
                case Answer.Known<Explained> known -> print(known.known(), wanted);
            };
        } catch (IOException | InvalidPathException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> misuse() {
        if (all == !object.isEmpty()) {
            return Optional.of("name one object, or give --all");
        }
        if (!manifests.isEmpty() && capture != null) {
            return Optional.of("--manifests and --capture exclude each other");
        }
        if (manifests.isEmpty() && (each || complete || crds != null || prometheusVersion != null)) {
            return Optional.of("--each, --complete, --crds and --prometheus-version belong to --manifests");
        }
        if (prometheusVersion != null
                && SemanticVersion.tolerant(prometheusVersion).isEmpty()) {
            return Optional.of("--prometheus-version: '" + prometheusVersion + "' is no version such as 3.5.0");
        }
        return Optional.empty();
    }

    private Optional<Chain.Matched> wanted() {
        List<String> parts = object.size() == 2 ? object : List.of(object.get(0).split("/", 2));
        if (parts.size() != 2 || parts.get(1).isEmpty()) {
            return Optional.empty();
        }
        String word = parts.get(0).toLowerCase(Locale.ROOT);
        String plain = word.substring(0, word.indexOf('.') < 0 ? word.length() : word.indexOf('.'));
        return Optional.ofNullable(KINDS.get(plain))
                .or(() -> Optional.ofNullable(
                        KINDS.get(plain.endsWith("s") ? plain.substring(0, plain.length() - 1) : plain)))
                .map(kind -> new Chain.Matched(kind, namespace, parts.get(1)));
    }

    private Optional<ExplainRequest.From> from() {
        if (!manifests.isEmpty()) {
            return Optional.of(new ExplainRequest.From.Files(
                    manifests,
                    each,
                    complete,
                    namespace,
                    Optional.ofNullable(crds),
                    Optional.ofNullable(prometheusVersion)));
        }
        Optional<JobDefinition> definition =
                JobFiles.read(Optional.ofNullable(job).orElseGet(() -> JobFiles.ours("nightly.yaml")), terminal);
        RunRequest.Where where = capture == null
                ? new RunRequest.Where.Live(Optional.ofNullable(kubeconfig), Optional.ofNullable(context))
                : new RunRequest.Where.Captured(capture);
        return definition.map(one -> new ExplainRequest.From.Clusters(one, where, environment));
    }

    private int print(Explained explained, Optional<Chain.Matched> wanted) {
        explained.problems().forEach(problem -> terminal.err().println(Terminal.safe(problem.toString())));
        explained.notes().forEach(note -> terminal.err().println(Terminal.safe("promwarden: " + note)));
        if (!explained.found()) {
            return refused("there is no " + wanted.map(Chain.Matched::text).orElse("such object"));
        }
        switch (output) {
            case json -> terminal.out().println(ExplainJson.text(explained.chains()));
            case text -> {
                if (explained.chains().isEmpty() && wanted.isPresent()) {
                    terminal.out()
                            .println(Terminal.safe(
                                    "No monitor selects " + wanted.get().text() + "."));
                }
                new ExplainText(terminal).print(explained, all);
            }
        }
        return explained.problems().isEmpty() ? ExitCode.DONE : ExitCode.INCOMPLETE;
    }

    private int refused(String why) {
        terminal.err().println(Terminal.safe("promwarden: " + why));
        return ExitCode.REFUSED;
    }
}
