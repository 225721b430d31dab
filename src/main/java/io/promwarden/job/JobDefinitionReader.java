package io.promwarden.job;

import io.promwarden.answer.Answer;
import io.promwarden.check.Exemption;
import io.promwarden.finding.Severity;
import io.promwarden.job.JobDefinition.Metrics;
import io.promwarden.job.JobDefinition.ServerLimits;
import io.promwarden.job.YamlNode.Mark;
import io.promwarden.job.YamlNode.Scalar;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads a job file, and says all that is wrong with it at once.
 *
 * <p>Relative paths in a job start at its file's folder. References to secrets are kept as references: no environment
 * variable is looked up here and no secret file is opened, so that a job can be checked where its secrets are not. The one
 * file that is read with the job is its exemptions file, which is part of the definition.
 */
public final class JobDefinitionReader {

    private static final SchemaCheck SCHEMA = new SchemaCheck("job.schema.json");

    private final Clock clock;

    public JobDefinitionReader(Clock clock) {
        this.clock = clock;
    }

    public Reading read(Path file) {
        Problems problems = new Problems(file.toString());
        Answer<SourceFile> source = SourceFile.open(file);
        if (!(source instanceof Answer.Known<SourceFile> known)) {
            problems.add(
                    Mark.START,
                    "this job file cannot be used: " + source.reason().orElseThrow(),
                    "Name a YAML file; jobs/ has examples.");
            return new Reading.Unsound(problems.sorted());
        }
        Optional<YamlNode> document = YamlDocument.parse(known.known().text(), problems);
        if (document.isEmpty()) {
            return new Reading.Unsound(problems.sorted());
        }
        return new Pass(file, known.known(), problems).read(document.get());
    }

    /** One reading of one file. */
    private final class Pass {
        private final Path file;
        private final Problems problems;
        private final Values values;
        private final MessageDigest digest;
        private final List<Problem> elsewhere = new ArrayList<>();
        private final List<Problem> warnings = new ArrayList<>();

        Pass(Path file, SourceFile source, Problems problems) {
            this.file = file;
            this.problems = problems;
            this.values = new Values(folder(file), problems);
            this.digest = sha256();
            source.feed(digest);
        }

        Reading read(YamlNode document) {
            Optional<JobDefinition> definition = Fields.of(document).map(this::definition);
            SCHEMA.check(document, problems);
            List<Problem> all = new ArrayList<>(problems.sorted());
            all.addAll(elsewhere);
            if (all.isEmpty() && definition.isPresent()) {
                return new Reading.Sound(definition.get(), warnings);
            }
            return new Reading.Unsound(all);
        }

        private JobDefinition definition(Fields job) {
            String name = job.text("name").flatMap(values::jobName).orElse("");
            List<ClusterSpec> clusters = new ClusterReading(values).clusters(job);
            List<StepSpec> steps = new StepReading(values, clusters).steps(job);
            List<Exemption> exemptions = exemptions(job);
            return new JobDefinition(
                    name,
                    file,
                    clusters,
                    steps,
                    job.text("failOn").map(Scalar::text).flatMap(Severity::parse),
                    exemptions,
                    limits(job),
                    metrics(job),
                    HexFormat.of().formatHex(digest.digest()));
        }

        private List<Exemption> exemptions(Fields job) {
            Optional<Scalar> written = job.text("exemptions");
            Optional<Path> path = written.flatMap(values::path);
            if (path.isEmpty()) {
                return List.of();
            }
            return switch (SourceFile.open(path.get())) {
                case Answer.Unknown<SourceFile> unknown -> {
                    problems.add(
                            written.orElseThrow().at(),
                            "the exemptions file " + Echo.quoted(shown(written.orElseThrow())) + " cannot be used: "
                                    + unknown.why(),
                            "Correct the path, which starts at this file's folder, or remove the key.");
                    yield List.of();
                }
                case Answer.Known<SourceFile> source -> exemptions(shown(written.orElseThrow()), source.known());
            };
        }

        private List<Exemption> exemptions(String shown, SourceFile source) {
            digest.update((byte) 0);
            source.feed(digest);
            Problems wrong = new Problems(shown);
            Problems worthKnowing = new Problems(shown);
            List<Exemption> exemptions =
                    new ExemptionsReading(wrong, worthKnowing, LocalDate.now(clock)).exemptions(source.text());
            elsewhere.addAll(wrong.sorted());
            warnings.addAll(worthKnowing.sorted());
            return exemptions;
        }

        /** As the user would name it: beside the job file, whichever way that was named. */
        private String shown(Scalar written) {
            return file.resolveSibling(written.text()).normalize().toString();
        }

        private ServerLimits limits(Fields job) {
            Optional<Fields> limits = job.map("limits");
            ServerLimits usual = ServerLimits.DEFAULT;
            return limits.map(fields -> new ServerLimits(
                            whole(fields, "requestsAtOnce", usual.requestsAtOnce()),
                            whole(fields, "requestsPerSecond", usual.requestsPerSecond()),
                            whole(fields, "bodyMebibytes", usual.bodyMebibytes()),
                            whole(fields, "timeoutSeconds", usual.timeoutSeconds())))
                    .orElse(usual);
        }

        private int whole(Fields fields, String key, int usual) {
            return Math.clamp(fields.whole(key).orElse(usual), 0, Integer.MAX_VALUE);
        }

        private Metrics metrics(Fields job) {
            Optional<Fields> metrics = job.map("metrics");
            ServerReading servers = new ServerReading(values);
            Optional<ServerSpec> pushgateway =
                    metrics.flatMap(map -> map.map("pushgateway")).flatMap(map -> servers.server("pushgateway", map));
            Optional<Scalar> textfile = metrics.flatMap(map -> map.text("textfile"));
            textfile.filter(text -> !text.text().endsWith(".prom"))
                    .ifPresent(text -> problems.add(
                            text.at(),
                            "`textfile` must end in .prom: node_exporter's collector reads no other file",
                            "Write e.g. /var/lib/node_exporter/promwarden.prom."));
            return new Metrics(pushgateway, textfile.flatMap(values::path));
        }
    }

    private static Path folder(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.getParent() == null ? absolute : absolute.getParent();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
