package io.promwarden.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.http.Exchange;
import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.testing.Backfill;
import io.promwarden.testing.RealPrometheus;
import io.promwarden.testing.RecordingProxy;
import io.promwarden.testing.RecordingProxy.Interceptor;
import io.promwarden.testing.RecordingProxy.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that something is wrong with: each blocks the clean-up and says why, and nothing but reads reaches it. All are
 * real; where 2.42 cannot be brought into the state, a proxy gives the one answer that tells of it.
 */
class SickServersIT {

    private static final String ROOM = "vector(1e15)";
    private static final Patience BRISK = new Patience(
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2));

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private final ListedReceipts book = new ListedReceipts();

    /** Prometheus compacts a minute after its start at the earliest: these two have been running since the first test. */
    @SuppressWarnings("NullAway.Init")
    private static RealPrometheus broken;

    @SuppressWarnings("NullAway.Init")
    private static RealPrometheus overlapping;

    @BeforeAll
    static void begin() throws IOException {
        Path template = shared.resolve("template");
        History.make(template);
        RealPrometheus.Builder one = History.copied(template, shared.resolve("broken"));
        breakChunks(shared.resolve("broken").resolve("data"));
        broken = one.adminApi().start();
        RealPrometheus.Builder other = History.copied(template, shared.resolve("overlapping"));
        new Backfill()
                .series(
                        "late_total",
                        Map.of("pod", "p-9"),
                        History.OLDEST,
                        History.OLDEST.plus(Duration.ofDays(1)),
                        History.STEP,
                        n -> n)
                .into(shared.resolve("overlapping").resolve("data"), Duration.ofDays(1));
        overlapping = other.adminApi().start();
    }

    @AfterAll
    static void end() {
        broken.close();
        overlapping.close();
    }

    @Test
    void a_healthy_server_passes_and_is_changed() {
        try (RealPrometheus prometheus = healthy().start();
                RecordingProxy proxy = RecordingProxy.of(prometheus.uri())) {
            RetentionResult result = run(proxy, Optional.of(ROOM));
            assertThat(codes(result)).isEmpty();
            assertThat(result.receipts()).extracting(Receipt::verdict).containsExactly(Verdict.DELETED);
            assertThat(proxy.requests("POST", "/")).hasSize(1);
        }
    }

    @Test
    void a_corrupted_wal() throws IOException {
        RealPrometheus.Builder server = healthy();
        Path wal = Files.createDirectories(folder.resolve("data").resolve("wal"));
        byte[] garbage = new byte[64 * 1024];
        for (int i = 0; i < garbage.length; i++) {
            garbage[i] = (byte) (i * 31 + 7);
        }
        Files.write(wal.resolve("00000000"), garbage);
        assertBlocked(server, "wal-corrupted");
    }

    @Test
    void a_compaction_that_fails_because_of_a_broken_block() {
        awaitCounter(broken, "prometheus_tsdb_compactions_failed_total");
        assertBlocked(broken, "compaction-failed");
    }

    @Test
    void blocks_that_overlapped() {
        awaitCounter(overlapping, "prometheus_tsdb_vertical_compactions_total");
        assertBlocked(overlapping, "blocks-overlap");
    }

    @Test
    void an_agent() {
        assertBlocked(
                RealPrometheus.in(folder)
                        .configuration("remote_write: [{url: 'http://127.0.0.1:9/'}]\n")
                        .agent()
                        .flag("--web.enable-admin-api"),
                "agent-mode");
    }

    @Test
    void an_admin_api_that_is_off() {
        assertBlocked(History.copied(shared.resolve("template"), folder), "admin-api-off");
    }

    @Test
    void blocks_of_one_length_as_under_a_sidecar() {
        assertBlocked(
                healthy().flag("--storage.tsdb.min-block-duration=2h").flag("--storage.tsdb.max-block-duration=2h"),
                "thanos-sidecar");
    }

    @Test
    void a_configuration_that_could_not_be_taken_over() throws Exception {
        try (RealPrometheus prometheus =
                healthy().flag("--web.enable-lifecycle").start()) {
            prometheus.configuration("scrape_configs: [{}]\n");
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<String> reload = client.send(
                        HttpRequest.newBuilder(URI.create(prometheus.uri() + "/-/reload"))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(reload.statusCode()).isEqualTo(500);
            }
            assertBlocked(prometheus, "configuration-reload-failed");
        }
    }

    @Test
    void too_little_room() {
        try (RealPrometheus prometheus = healthy().start()) {
            assertBlocked(prometheus, Optional.of("vector(1000)"), "free-space-too-small");
        }
    }

    @Test
    void room_that_nobody_knows_of() {
        try (RealPrometheus prometheus = healthy().start()) {
            assertBlocked(prometheus, Optional.empty(), "free-space-unknown");
            assertBlocked(prometheus, Optional.of("nobody_scrapes_this"), "free-space-unknown");
            assertBlocked(
                    prometheus,
                    Optional.of("label_replace(vector(1e15), 'a', '1', '', '') or vector(1e15)"),
                    "free-space-unknown");
        }
    }

    @Test
    void a_wal_that_is_still_replayed() {
        assertBlockedBy("/-/ready", new Reply(503, "Service Unavailable"), "not-ready");
    }

    @ParameterizedTest
    @ValueSource(longs = {-90, 90})
    void a_clock_that_is_wrong(long seconds) {
        String scalar = "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[%d,\"%d\"]}}"
                .formatted(
                        Instant.now().getEpochSecond(),
                        Instant.now().plusSeconds(seconds).getEpochSecond());
        assertBlockedBy("/api/v1/query?query=time%28%29", new Reply(200, scalar), "clock-skew");
    }

    /** As 3.6 and later list their blocks. */
    @Test
    void blocks_that_overlap_now() {
        String blocks = "{\"status\":\"success\",\"data\":{\"blocks\":["
                + block("01K0000000000000000000000A", 1_790_000_000_000L, 1_790_007_200_000L) + ","
                + block("01K0000000000000000000000B", 1_790_003_600_000L, 1_790_010_800_000L) + "]}}";
        assertBlockedBy("/api/v1/status/tsdb/blocks", new Reply(200, blocks), "blocks-overlap");
    }

    /** What others answer where Prometheus tells its version. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"status\":\"success\",\"data\":{\"version\":\"2.24.0\"}}",
                "{\"status\":\"success\",\"data\":{\"application\":\"Grafana Mimir\",\"version\":\"2.14.0\",\"revision\":\"8bbd9a0\",\"branch\":\"HEAD\",\"goVersion\":\"go1.23.1\",\"features\":{\"ruler_config_api\":\"true\"}}}",
                "{\"status\":\"success\",\"data\":{\"version\":\"0.37.0\",\"revision\":\"b5bce4a\",\"branch\":\"HEAD\",\"buildUser\":\"root\",\"buildDate\":\"20241125\",\"goVersion\":\"go1.23.3\"}}"
            })
    void another_database_behind_the_same_api(String buildInfo) {
        try (RealPrometheus prometheus = healthy().start();
                RecordingProxy proxy = RecordingProxy.of(prometheus.uri())) {
            proxy.intercept(instead("/api/v1/status/buildinfo", new Reply(200, buildInfo)));
            assertThat(codes(run(proxy, Optional.of(ROOM)))).containsAnyOf("not-prometheus", "version-unsupported");
            assertUntouched(proxy);
        }
    }

    @Test
    void two_processes_behind_one_address() {
        try (RealPrometheus one = healthy().start();
                RealPrometheus two = History.copied(shared.resolve("template"), folder.resolve("two"))
                        .adminApi()
                        .start();
                RecordingProxy toOne = RecordingProxy.of(one.uri());
                RecordingProxy toTwo = RecordingProxy.of(two.uri())) {
            List<Exchange> exchanges = List.of(History.exchange(toOne.uri()), History.exchange(toTwo.uri()));
            AtomicInteger turn = new AtomicInteger();
            Exchange balanced = question -> exchanges
                    .get(question.path().equals("/metrics") ? turn.getAndIncrement() % 2 : 0)
                    .ask(question);
            ReplicaGroup group = new ReplicaGroup(
                    "monitoring/k8s", List.of(History.replica("k8s-0", balanced, balanced)), List.of());
            assertThat(codes(run(group, Optional.of(ROOM)))).containsExactly("several-processes");
            assertUntouched(toOne);
            assertUntouched(toTwo);
        }
    }

    private RealPrometheus.Builder healthy() {
        return History.copied(shared.resolve("template"), folder).adminApi();
    }

    private void assertBlocked(RealPrometheus.Builder builder, String code) {
        try (RealPrometheus prometheus = builder.start()) {
            assertBlocked(prometheus, code);
        }
    }

    private void assertBlocked(RealPrometheus prometheus, String code) {
        assertBlocked(prometheus, Optional.of(ROOM), code);
    }

    private void assertBlocked(RealPrometheus prometheus, Optional<String> freeSpace, String code) {
        try (RecordingProxy proxy = RecordingProxy.of(prometheus.uri())) {
            RetentionResult result = run(proxy, freeSpace);
            assertThat(codes(result)).contains(code);
            assertThat(result.notRun())
                    .as("it is said, and why")
                    .anyMatch(notRun -> notRun.reason().startsWith("refused: "));
            assertUntouched(proxy);
        }
    }

    private void assertBlockedBy(String path, Reply reply, String code) {
        try (RealPrometheus prometheus = healthy().start();
                RecordingProxy proxy = RecordingProxy.of(prometheus.uri())) {
            proxy.intercept(instead(path, reply));
            assertThat(codes(run(proxy, Optional.of(ROOM)))).containsExactly(code);
            assertUntouched(proxy);
        }
    }

    /** Neither by the deletion nor by the clean that would follow it. */
    private void assertUntouched(RecordingProxy proxy) {
        new TombstoneCompaction(book, Clock.systemUTC(), () -> false, BRISK, Pause.real())
                .run(
                        "run",
                        "eu-1",
                        new CompactionSettings(0, Optional.empty()),
                        settings(Optional.of(ROOM)),
                        List.of(group(proxy)));
        assertThat(proxy.requests()).isNotEmpty();
        assertThat(proxy.requests()).extracting(RecordingProxy.Recorded::method).containsOnly("GET");
        assertThat(book.since(Instant.MIN)).isEmpty();
    }

    private RetentionResult run(RecordingProxy proxy, Optional<String> freeSpace) {
        return run(group(proxy), freeSpace);
    }

    private RetentionResult run(ReplicaGroup group, Optional<String> freeSpace) {
        return new RetentionRun(book, new ListedSnapshots(), Clock.systemUTC(), () -> false, BRISK, Pause.real())
                .run("run", "eu-1", settings(freeSpace), List.of(group));
    }

    private static ReplicaGroup group(RecordingProxy proxy) {
        return new ReplicaGroup("monitoring/k8s", List.of(History.replica("k8s-0", proxy.uri())), List.of());
    }

    private static RetentionSettings settings(Optional<String> freeSpace) {
        RetentionPolicy policy =
                new RetentionPolicy("old_total", Duration.ofDays(10), "a test", Optional.empty(), Optional.empty());
        RetentionSettings without = RetentionSettings.of(List.of(policy), true, List.of("monitoring/k8s"), List.of())
                .withLimits(Limits.USUAL.withMaxSeriesPercent(100));
        return freeSpace.map(without::withFreeSpace).orElse(without);
    }

    private static List<String> codes(RetentionResult result) {
        return result.plans().stream()
                .flatMap(plan -> plan.refusals().stream())
                .map(Refusal::code)
                .toList();
    }

    private static Interceptor instead(String path, Reply reply) {
        return new Interceptor() {
            @Override
            public Optional<Reply> instead(String method, String asked) {
                return asked.startsWith(path) ? Optional.of(reply) : Optional.empty();
            }
        };
    }

    private static String block(String ulid, long from, long to) {
        return ("{\"ulid\":\"%s\",\"minTime\":%d,\"maxTime\":%d,\"stats\":{\"numSamples\":9,\"numSeries\":3,\"numChunks\":3},"
                        + "\"compaction\":{\"level\":1,\"sources\":[\"%s\"]},\"version\":1}")
                .formatted(ulid, from, to, ulid);
    }

    private static void awaitCounter(RealPrometheus prometheus, String counter) {
        Instant deadline = Instant.now().plusSeconds(120);
        while (!History.get(URI.create(prometheus.uri() + "/metrics"))
                .lines()
                .anyMatch(line -> line.startsWith(counter + " ") && !line.endsWith(" 0"))) {
            assertThat(Instant.now()).as("%s grows", counter).isBefore(deadline);
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** In place and past the files' headers, so that blocks are still opened and only whoever reads a chunk finds out. */
    private static void breakChunks(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            List<Path> chunks =
                    files.filter(path -> path.toString().contains("/chunks/")).toList();
            for (Path file : chunks) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    byte[] zeros = new byte[16];
                    for (long at = 40; at + zeros.length < channel.size(); at += 64) {
                        channel.write(ByteBuffer.wrap(zeros), at);
                    }
                }
            }
        }
    }
}
