package io.promwarden.testing.written;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.RawObject;
import io.promwarden.label.Labels;
import io.promwarden.observation.Alert;
import io.promwarden.observation.Block;
import io.promwarden.observation.BuildInfo;
import io.promwarden.observation.ConfigurationFingerprint;
import io.promwarden.observation.Count;
import io.promwarden.observation.HeadStatistics;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.Rule;
import io.promwarden.observation.RuleGroup;
import io.promwarden.observation.RuntimeInfo;
import io.promwarden.observation.Sample;
import io.promwarden.observation.ScrapeConfiguration;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Target;
import io.promwarden.observation.Targets;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Prometheus that says what a fixture writes. */
final class WrittenPrometheus implements MetricsServer {

    private static final Pattern SERIES = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(.*)})?\\s+(\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final ServerId id;
    private final RawObject written;

    WrittenPrometheus(ServerId id, RawObject written) {
        this.id = id;
        this.written = written;
    }

    private <T> Answer<T> answer(String key, Supplier<T> value) {
        Optional<String> unknown = written.text("unknown", key);
        if (unknown.isPresent()) {
            return Answer.unknown(unknown.get());
        }
        return written.has(key) ? Answer.known(value.get()) : Answer.unknown("not in the capture");
    }

    @Override
    public ServerId id() {
        return id;
    }

    @Override
    public Answer<BuildInfo> buildInfo() {
        return answer(
                "version",
                () -> new BuildInfo("prometheus", written.text("version").orElseThrow(), "r"));
    }

    @Override
    public Answer<Map<String, String>> flags() {
        return answer("flags", () -> written.texts("flags"));
    }

    @Override
    public Answer<RuntimeInfo> runtimeInfo() {
        return answer(
                "runtime",
                () -> new RuntimeInfo(
                        Optional.empty(),
                        true,
                        Long.parseLong(
                                written.text("runtime", "corruptionCount").orElse("0")),
                        written.text("runtime", "storageRetention").orElse("")));
    }

    @Override
    public Answer<Boolean> ready() {
        return Answer.known(true);
    }

    @Override
    public Answer<Targets> targets() {
        return answer(
                "targets",
                () -> new Targets(
                        written.objects("targets").stream()
                                .map(WrittenPrometheus::target)
                                .toList(),
                        List.of()));
    }

    private static Target target(RawObject entry) {
        URI url = URI.create(entry.text("url").orElseThrow());
        return new Target(
                entry.text("pool").orElseThrow(),
                AnswersFile.labels(entry, "discovered"),
                AnswersFile.labels(entry, "labels"),
                url.getScheme(),
                url.getAuthority(),
                url.getPath(),
                Target.Health.valueOf(entry.text("health").orElse("up").toUpperCase(Locale.ROOT)),
                entry.text("error").orElse(""),
                Optional.empty(),
                Duration.ofMillis(20),
                Duration.ofSeconds(30));
    }

    @Override
    public Answer<List<RuleGroup>> ruleGroups() {
        return answer(
                "groups",
                () -> written.objects("groups").stream()
                        .map(WrittenPrometheus::group)
                        .toList());
    }

    private static RuleGroup group(RawObject entry) {
        return new RuleGroup(
                entry.text("name").orElseThrow(),
                entry.text("file").orElse(""),
                Duration.ofSeconds(30),
                Duration.ofMillis(5),
                Optional.empty(),
                entry.objects("rules").stream().map(WrittenPrometheus::rule).toList());
    }

    private static Rule rule(RawObject entry) {
        boolean alerting = entry.has("alert");
        return new Rule(
                alerting ? Rule.Kind.ALERTING : Rule.Kind.RECORDING,
                entry.text(alerting ? "alert" : "record").orElseThrow(),
                entry.text("expr").orElse("vector(1)"),
                AnswersFile.labels(entry, "labels"),
                Duration.ZERO,
                entry.text("health").orElse("ok"),
                entry.text("error").orElse(""),
                Duration.ofMillis(1),
                entry.objects("alerts").stream()
                        .map(alert -> new Alert(
                                AnswersFile.labels(alert, "labels"),
                                Alert.State.valueOf(
                                        alert.text("state").orElse("firing").toUpperCase(Locale.ROOT)),
                                AnswersFile.instant(alert, "since").orElse(Instant.EPOCH)))
                        .toList());
    }

    @Override
    public Answer<OwnMetrics> ownMetrics() {
        return answer("metrics", () -> exposition(written.text("metrics").orElse("")));
    }

    private static OwnMetrics exposition(String text) {
        Map<String, List<Sample>> byName = new HashMap<>();
        for (String line : text.lines().toList()) {
            Matcher series = SERIES.matcher(line.trim());
            if (line.startsWith("#") || !series.matches()) {
                continue;
            }
            Map<String, String> labels = new HashMap<>();
            Matcher label = LABEL.matcher(Optional.ofNullable(series.group(3)).orElse(""));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            byName.computeIfAbsent(series.group(1), key -> new ArrayList<>())
                    .add(new Sample(Labels.of(labels), Double.parseDouble(series.group(4))));
        }
        return new OwnMetrics(byName);
    }

    @Override
    public Answer<Instant> time() {
        return Answer.unknown("not in the capture");
    }

    @Override
    public Answer<List<Sample>> query(String expression, Instant at) {
        if (!written.has("queries", expression)) {
            return Answer.unknown("not in the capture");
        }
        return Answer.known(written.objects("queries", expression).stream()
                .map(sample -> new Sample(
                        AnswersFile.labels(sample, "labels"),
                        Double.parseDouble(sample.text("value").orElse("0"))))
                .toList());
    }

    @Override
    public Answer<List<Labels>> series(String selector, Instant start, Instant end) {
        return Answer.unknown("not in the capture");
    }

    @Override
    public Answer<List<String>> metricNames(Instant start, Instant end) {
        return Answer.unknown("not in the capture");
    }

    @Override
    public Answer<HeadStatistics> headStatistics() {
        return answer(
                "head",
                () -> new HeadStatistics(
                        Long.parseLong(written.text("head", "series").orElse("0")),
                        Long.parseLong(written.text("head", "labelPairs").orElse("0")),
                        Long.parseLong(written.text("head", "chunks").orElse("0")),
                        written.text("head", "from").map(Instant::parse),
                        written.text("head", "to").map(Instant::parse),
                        counts("metrics"),
                        counts("pairs"),
                        counts("values"),
                        counts("memory")));
    }

    private List<Count> counts(String key) {
        return written.texts("head", key).entrySet().stream()
                .map(one -> new Count(one.getKey(), Long.parseLong(one.getValue())))
                .sorted(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::name))
                .toList();
    }

    @Override
    public Answer<List<Block>> blocks() {
        return answer(
                "blocks",
                () -> written.objects("blocks").stream()
                        .map(WrittenPrometheus::block)
                        .toList());
    }

    private static Block block(RawObject entry) {
        return new Block(
                entry.text("ulid").orElseThrow(),
                AnswersFile.instant(entry, "from").orElseThrow(),
                AnswersFile.instant(entry, "to").orElseThrow(),
                Long.parseLong(entry.text("series").orElse("1000")),
                Long.parseLong(entry.text("samples").orElse("120000")),
                Long.parseLong(entry.text("chunks").orElse("1000")),
                Long.parseLong(entry.text("tombstones").orElse("0")),
                Integer.parseInt(entry.text("level").orElse("1")));
    }

    @Override
    public Answer<ScrapeConfiguration> configuration() {
        return answer("config", () -> {
            Set<String> jobs = new HashSet<>();
            Set<String> annotationJobs = new HashSet<>();
            for (RawObject job : written.objects("config", "scrape_configs")) {
                String name = job.text("job_name").orElseThrow();
                jobs.add(name);
                boolean reads = job.objects("relabel_configs").stream()
                        .flatMap(relabel -> relabel.words("source_labels").stream())
                        .anyMatch(label -> label.endsWith("annotation_prometheus_io_scrape"));
                if (reads) {
                    annotationJobs.add(name);
                }
            }
            Map<String, String> storage = written.texts("config", "storage");
            return new ScrapeConfiguration(
                    jobs,
                    annotationJobs,
                    storage,
                    written.text("config", "fingerprint")
                            .orElseGet(() -> ConfigurationFingerprint.of(
                                    jobs.stream().sorted().toList())));
        });
    }
}
