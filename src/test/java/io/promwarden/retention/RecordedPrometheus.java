package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import io.promwarden.observation.Block;
import io.promwarden.observation.BuildInfo;
import io.promwarden.observation.HeadStatistics;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.RuleGroup;
import io.promwarden.observation.RuntimeInfo;
import io.promwarden.observation.Sample;
import io.promwarden.observation.ScrapeConfiguration;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Targets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Prometheus 2.42 with 40 days of history answered, to be given again. It computes nothing: a test that wants
 * another answer puts it in. Whether Prometheus really answers so is for the ITs.
 */
final class RecordedPrometheus implements MetricsServer, TsdbAdmin {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final Instant OLDEST = NOW.minus(Duration.ofDays(40));
    static final Instant HEAD = NOW.minus(Duration.ofHours(2));

    /** A query as it was asked. */
    record Asked(String expression, Instant at) {}

    final ServerId id;
    Optional<String> url = Optional.of("http://prometheus.eu-1:9090/");
    Answer<BuildInfo> buildInfo = Answer.known(new BuildInfo("prometheus", "2.42.0", "225c61122d88"));
    Answer<Boolean> ready = Answer.known(true);
    Answer<Instant> time = Answer.known(NOW);
    boolean ownMetricsKnown = true;
    boolean flagsKnown = true;
    final Map<String, String> flags = new HashMap<>(Map.of(
            "web.enable-admin-api", "true",
            "enable-feature", "",
            "storage.tsdb.min-block-duration", "2h",
            "storage.tsdb.max-block-duration", "4d"));
    final Map<String, Double> own = new HashMap<>(Map.ofEntries(
            Map.entry("prometheus_tsdb_head_min_time", (double) HEAD.toEpochMilli()),
            Map.entry("prometheus_tsdb_head_max_time", (double) NOW.toEpochMilli()),
            Map.entry("prometheus_tsdb_lowest_timestamp", (double) OLDEST.toEpochMilli()),
            Map.entry("prometheus_tsdb_blocks_loaded", 23d),
            Map.entry("prometheus_tsdb_storage_blocks_bytes", 8_000_000d),
            Map.entry("prometheus_tsdb_compactions_failed_total", 0d),
            Map.entry("prometheus_tsdb_reloads_failures_total", 0d),
            Map.entry("prometheus_tsdb_head_truncations_failed_total", 0d),
            Map.entry("prometheus_tsdb_vertical_compactions_total", 0d),
            Map.entry("prometheus_tsdb_wal_corruptions_total", 0d),
            Map.entry("prometheus_tsdb_mmap_chunk_corruptions_total", 0d),
            Map.entry("prometheus_config_last_reload_successful", 1d),
            Map.entry("prometheus_tsdb_head_samples_appended_total", 5_000_000d),
            Map.entry("prometheus_tsdb_tombstone_cleanup_seconds_count", 0d),
            Map.entry("prometheus_tsdb_head_series", 300d),
            Map.entry("process_start_time_seconds", 1_790_000_000d)));

    Answer<RuntimeInfo> runtime = Answer.known(new RuntimeInfo(Optional.empty(), true, 0, "60d"));

    /** What the disk has left, by the query that asks for it. */
    Answer<List<Sample>> free = number(1e15);

    final List<String> askedForRoom = new ArrayList<>();

    String ownVersion = "2.42.0";
    final Map<String, Answer<List<Labels>>> series = new HashMap<>();
    Answer<List<String>> metricNames = Answer.known(List.of());
    BiFunction<String, Instant, Answer<List<Sample>>> queries = (expression, at) -> Answer.known(List.of());
    Answer<List<RuleGroup>> ruleGroups = Answer.known(List.of());
    Answer<Targets> targets = Answer.known(new Targets(List.of(), List.of()));
    Answer<List<Block>> blocks = Answer.unknown("2.42.0 has no such call");
    final List<Asked> asked = new ArrayList<>();

    /** What was sent to the admin API. */
    final List<String> sent = new ArrayList<>();

    final Deque<CallOutcome> outcomes = new ArrayDeque<>();
    Runnable whenSent = () -> {};

    RecordedPrometheus(String owner, String instance) {
        this.id = new ServerId("eu-1", owner, instance);
    }

    /** A static server. */
    Replica replica() {
        return new Replica(this, this, new Replica.NamedInJob(url));
    }

    static Answer<List<Sample>> number(double value) {
        return Answer.known(List.of(new Sample(Labels.EMPTY, value)));
    }

    /** Counts as a server would whose series have so many samples an hour together. */
    static BiFunction<String, Instant, Answer<List<Sample>>> perHour(long samples) {
        Pattern range = Pattern.compile("\\[(\\d+)ms]");
        return (expression, at) -> {
            Matcher millis = range.matcher(expression);
            return millis.find()
                    ? number(Math.floor(Long.parseLong(millis.group(1)) * samples / 3_600_000.0))
                    : Answer.known(List.of());
        };
    }

    static Answer<List<Labels>> seriesOf(String metric, int count) {
        List<Labels> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            labels.add(Labels.of(Map.of("__name__", metric, "pod", "p-" + i)));
        }
        return Answer.known(labels);
    }

    @Override
    public ServerId id() {
        return id;
    }

    @Override
    public Answer<BuildInfo> buildInfo() {
        return buildInfo;
    }

    @Override
    public Answer<Map<String, String>> flags() {
        return flagsKnown ? Answer.known(Map.copyOf(flags)) : Answer.unknown("connection refused");
    }

    @Override
    public Answer<Boolean> ready() {
        return ready;
    }

    @Override
    public Answer<OwnMetrics> ownMetrics() {
        if (!ownMetricsKnown) {
            return Answer.unknown("connection refused");
        }
        whenLookedAt.run();
        Map<String, List<Sample>> byName = new HashMap<>();
        own.forEach((name, value) -> byName.put(name, List.of(new Sample(Labels.EMPTY, value))));
        byName.put(
                "prometheus_build_info",
                List.of(new Sample(Labels.of(Map.of("version", ownVersion, "branch", "x")), 1)));
        return Answer.known(new OwnMetrics(byName));
    }

    @Override
    public Answer<Instant> time() {
        return time;
    }

    @Override
    public Answer<List<Labels>> series(String selector, Instant start, Instant end) {
        return series.getOrDefault(selector, Answer.known(List.of()));
    }

    @Override
    public Answer<List<String>> metricNames(Instant start, Instant end) {
        return metricNames;
    }

    @Override
    public Answer<List<Sample>> query(String expression, Instant at) {
        if (expression.equals("vector(1e15)") || expression.startsWith("kubelet_volume_stats_available_bytes")) {
            askedForRoom.add(expression);
            return free;
        }
        asked.add(new Asked(expression, at));
        return queries.apply(expression, at);
    }

    @Override
    public CallOutcome deleteSeries(String selector, Instant start, Instant end) {
        return send("delete_series " + selector + " " + start + " " + end);
    }

    @Override
    public CallOutcome cleanTombstones() {
        return send("clean_tombstones");
    }

    /** What the next snapshot comes to. */
    SnapshotOutcome snapshot = new Snapshot("20261122T120000Z-1a2b3c4d5e6f7081");

    @Override
    public SnapshotOutcome snapshot() {
        sent.add("snapshot");
        whenSnapshot.run();
        return snapshot;
    }

    Runnable whenSnapshot = () -> {};
    Runnable whenLookedAt = () -> {};

    private CallOutcome send(String call) {
        sent.add(call);
        whenSent.run();
        return outcomes.isEmpty() ? new Done() : outcomes.removeFirst();
    }

    @Override
    public Answer<RuntimeInfo> runtimeInfo() {
        return runtime;
    }

    @Override
    public Answer<Targets> targets() {
        return targets;
    }

    @Override
    public Answer<List<RuleGroup>> ruleGroups() {
        return ruleGroups;
    }

    @Override
    public Answer<ScrapeConfiguration> configuration() {
        return Answer.unknown("not recorded");
    }

    @Override
    public Answer<HeadStatistics> headStatistics() {
        return Answer.unknown("not recorded");
    }

    @Override
    public Answer<List<Block>> blocks() {
        return blocks;
    }
}
