package io.promwarden.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.history.JdbcReceiptBook;
import io.promwarden.history.JdbcSnapshotBook;
import io.promwarden.history.Opening;
import io.promwarden.history.Store;
import io.promwarden.http.Exchange;
import io.promwarden.http.HttpAnswer;
import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.testing.RealPrometheus;
import io.promwarden.testing.RealServers;
import io.promwarden.testing.RecordingProxy;
import io.promwarden.testing.RecordingProxy.Interceptor;
import io.promwarden.testing.RecordingProxy.Recorded;
import io.promwarden.testing.RecordingProxy.Reply;
import io.promwarden.testing.StubServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever goes wrong on the way, the receipts say what is true, nothing is gone that the plan did not name, and nothing is
 * asked for twice. The truth is read from the server itself, past the product.
 */
class InterruptedRetentionIT {

    private static final long ALL = 3 * History.SAMPLES;
    private static final String ADMIN = "/api/v1/admin/tsdb/";

    @TempDir
    static Path template;

    @TempDir
    Path folder;

    private final ListedReceipts book = new ListedReceipts();

    @BeforeAll
    static void makeHistory() {
        History.make(template);
    }

    /** When the process is killed, seen from the call. */
    enum Moment {
        BEFORE,
        DURING,
        AFTER
    }

    @ParameterizedTest
    @CsvSource({
        "delete_series,BEFORE",
        "delete_series,DURING",
        "delete_series,AFTER",
        "clean_tombstones,BEFORE",
        "clean_tombstones,DURING",
        "clean_tombstones,AFTER",
        "snapshot,BEFORE",
        "snapshot,DURING",
        "snapshot,AFTER"
    })
    void a_kill_around_a_call_leaves_receipts_that_tell_the_truth_and_nothing_is_sent_twice(String call, Moment moment)
            throws Exception {
        boolean snapshot = call.equals("snapshot");
        try (RealPrometheus prometheus = History.copied(template, folder.resolve("server"))
                        .adminApi()
                        .start();
                RecordingProxy proxy = RecordingProxy.of(prometheus.uri())) {
            AtomicReference<Process> child = new AtomicReference<>();
            proxy.intercept(killing(call, moment, child));
            Path store = folder.resolve("store");
            child.set(RetentionChild.start(store, proxy.uri(), "run", snapshot));
            assertThat(child.get().waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(child.get().exitValue()).as("it was killed").isEqualTo(137);
            proxy.intercept(new Interceptor() {});

            // The same run goes on; where its snapshot is in doubt it deletes nothing, and the next night does.
            finish(RetentionChild.start(store, proxy.uri(), "run", snapshot));
            finish(RetentionChild.start(store, proxy.uri(), "next night", snapshot));

            List<Receipt> receipts = receipts(store);
            Instant end = receipts.stream()
                    .flatMap(receipt -> receipt.end().stream())
                    .findFirst()
                    .orElseThrow();
            assertThat(History.samplesUpTo(prometheus.uri(), "old_total", end)).isZero();
            assertThat(History.samples(prometheus.uri(), "old_total")).isEqualTo(ALL - older(end));
            assertThat(History.samples(prometheus.uri(), "other_total")).isEqualTo(ALL);
            assertThat(History.samples(prometheus.uri(), "path_total")).isEqualTo(2 * History.SAMPLES);
            assertThat(reached(proxy, "delete_series")).isEqualTo(1);
            assertThat(reached(proxy, "clean_tombstones")).isLessThanOrEqualTo(1);
            assertThat(receipts).extracting(Receipt::runId).doesNotContain("");
            assertTrue(receipts, call, moment, older(end));
            if (snapshot) {
                assertThat(left(store))
                        .as("whatever may be on the disk is remembered")
                        .isNotEmpty();
            }
        }
    }

    /** What each receipt has to say, given what the server was really asked for. */
    private static void assertTrue(List<Receipt> receipts, String call, Moment moment, long older) {
        List<Verdict> deletes = verdicts(receipts, "delete_series");
        List<Verdict> cleans = verdicts(receipts, "clean_tombstones");
        if (call.equals("delete_series") && moment == Moment.BEFORE) {
            assertThat(deletes).containsExactly(Verdict.NO_EFFECT, Verdict.DELETED);
        } else {
            assertThat(deletes).containsExactly(Verdict.DELETED);
        }
        assertThat(receipts)
                .filteredOn(receipt -> receipt.verdict() == Verdict.DELETED)
                .allSatisfy(receipt -> {
                    assertThat(receipt.samplesBefore()).isEqualTo(older);
                    assertThat(receipt.samplesAfter()).isZero();
                });
        if (call.equals("clean_tombstones")) {
            // Whether a clean that nobody saw was sent can't be known, and it is not sent again that night.
            assertThat(cleans.getFirst()).isEqualTo(moment == Moment.BEFORE ? Verdict.UNKNOWN : Verdict.CLEANED);
        } else {
            assertThat(cleans).containsExactly(Verdict.CLEANED);
        }
        if (call.equals("snapshot")) {
            assertThat(verdicts(receipts, "snapshot")).containsExactly(Verdict.UNKNOWN, Verdict.SNAPSHOT_MADE);
        }
    }

    @Test
    void a_selector_that_matches_nothing_sends_nothing_and_has_no_receipt() {
        try (RealPrometheus prometheus = server("a").start();
                RecordingProxy proxy = RecordingProxy.of(prometheus.uri())) {
            RetentionResult result = run("no_such_total", group(History.replica("k8s-0", proxy.uri())));
            assertThat(result.receipts()).isEmpty();
            assertThat(proxy.requests("POST", "/")).isEmpty();
        }
    }

    /** A proxy on the way that eats the plus gives 204 as well. */
    @Test
    void a_plus_that_is_lost_on_the_way_is_no_success() {
        try (RealPrometheus prometheus = server("a").start();
                RecordingProxy proxy = RecordingProxy.of(prometheus.uri())) {
            proxy.intercept(new Interceptor() {
                @Override
                public Optional<Reply> instead(String method, String path) {
                    return path.startsWith(ADMIN + "delete_series")
                            ? Optional.of(new Reply(204, ""))
                            : Optional.empty();
                }
            });
            RetentionResult result = run("path_total{path=\"/a+b\"}", group(History.replica("k8s-0", proxy.uri())));
            assertThat(result.receipts()).singleElement().satisfies(receipt -> {
                assertThat(receipt.status()).isEqualTo("204");
                assertThat(receipt.verdict()).isEqualTo(Verdict.NO_EFFECT);
                assertThat(receipt.reason()).contains("why is not known");
                assertThat(receipt.samplesAfter()).isEqualTo(receipt.samplesBefore());
            });
            assertThat(result.notRun()).isNotEmpty();
            assertThat(History.samples(prometheus.uri(), "path_total")).isEqualTo(2 * History.SAMPLES);
        }
    }

    @Test
    void a_plus_in_a_value_reaches_the_series_that_it_means() {
        try (RealPrometheus prometheus = server("a").start()) {
            RetentionResult result =
                    run("path_total{path=\"/a+b\"}", group(History.replica("k8s-0", prometheus.uri())));
            Receipt receipt = result.receipts().getFirst();
            assertThat(receipt.verdict()).isEqualTo(Verdict.DELETED);
            assertThat(History.samplesUpTo(
                            prometheus.uri(),
                            "path_total{path=\"/a+b\"}",
                            receipt.end().orElseThrow()))
                    .isZero();
            assertThat(History.samples(prometheus.uri(), "path_total{path=\"/a b\"}"))
                    .isEqualTo(History.SAMPLES);
        }
    }

    @Test
    void a_series_that_is_still_scraped_loses_its_old_samples_and_keeps_its_new_ones() throws Exception {
        try (StubServer target = StubServer.start()) {
            target.on(
                    "/metrics",
                    StubServer.Reply.of(200, "old_total{pod=\"p-0\"} 1\n").header("Content-Type", "text/plain"));
            try (RealPrometheus prometheus = History.copied(template, folder.resolve("a"))
                    .configuration("scrape_configs: [{job_name: x, honor_labels: true, scrape_interval: 1s,"
                            + " static_configs: [{targets: ['127.0.0.1:"
                            + target.uri().getPort() + "']}]}]\n")
                    .adminApi()
                    .start()) {
                Instant deadline = Instant.now().plusSeconds(30);
                while (History.count(prometheus.uri(), "count(old_total)", Instant.now()) == 0) {
                    assertThat(Instant.now()).isBefore(deadline);
                    Thread.sleep(200);
                }
                long before = History.samplesUpTo(prometheus.uri(), "old_total", Instant.now());

                RetentionResult result = run("old_total", group(History.replica("k8s-0", prometheus.uri())));

                Receipt receipt = result.receipts().getFirst();
                Instant end = receipt.end().orElseThrow();
                assertThat(receipt.verdict()).isEqualTo(Verdict.DELETED);
                assertThat(History.samplesUpTo(prometheus.uri(), "old_total", end))
                        .isZero();
                assertThat(History.samplesUpTo(prometheus.uri(), "old_total", Instant.now()))
                        .isGreaterThanOrEqualTo(before - receipt.samplesBefore());
            }
        }
    }

    @Test
    void one_replica_out_of_reach_leaves_the_other_unchanged() {
        try (RealPrometheus one = server("a").start();
                RecordingProxy proxy = RecordingProxy.of(one.uri())) {
            URI nobody = URI.create("http://127.0.0.1:" + RealServers.freePort());
            RetentionResult result =
                    run("old_total", group(History.replica("k8s-0", proxy.uri()), History.replica("k8s-1", nobody)));
            assertThat(result.receipts()).isEmpty();
            assertThat(proxy.requests("POST", "/")).isEmpty();
            assertThat(History.samples(one.uri(), "old_total")).isEqualTo(ALL);
        }
    }

    @Test
    void an_admin_api_that_is_off_on_one_replica_leaves_the_other_unchanged() {
        try (RealPrometheus one = server("a").start();
                RealPrometheus two =
                        History.copied(template, folder.resolve("b")).start();
                RecordingProxy toOne = RecordingProxy.of(one.uri());
                RecordingProxy toTwo = RecordingProxy.of(two.uri())) {
            RetentionResult result = run(
                    "old_total", group(History.replica("k8s-0", toOne.uri()), History.replica("k8s-1", toTwo.uri())));
            assertThat(result.receipts()).isEmpty();
            assertThat(toOne.requests("POST", "/")).isEmpty();
            assertThat(toTwo.requests("POST", "/")).isEmpty();
            assertThat(History.samples(one.uri(), "old_total")).isEqualTo(ALL);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DURING", "AFTER"})
    void a_time_out_during_a_clean_is_watched_and_never_repeated(Moment moment) {
        try (RealPrometheus prometheus = server("a").start();
                RecordingProxy proxy = RecordingProxy.of(prometheus.uri())) {
            Exchange real = History.exchange(proxy.uri());
            Exchange impatient = question -> {
                if (!question.path().endsWith("/clean_tombstones")) {
                    return real.ask(question);
                }
                if (moment == Moment.AFTER) {
                    real.ask(question);
                } else {
                    Thread.ofVirtual().start(() -> real.ask(question));
                }
                return new HttpAnswer.Unanswered("timed out after 4 h", true);
            };
            ReplicaGroup group = group(History.replica("k8s-0", real, impatient));
            run("old_total", group);

            List<Receipt> cleans = compact(group);
            compact(group);

            assertThat(cleans).singleElement().satisfies(receipt -> {
                assertThat(receipt.verdict()).isEqualTo(Verdict.CLEANED);
                assertThat(receipt.status()).contains("timed out");
                assertThat(receipt.freedBytes()).isPositive();
            });
            assertThat(reached(proxy, "clean_tombstones")).isEqualTo(1);
            assertThat(History.samples(prometheus.uri(), "other_total")).isEqualTo(ALL);
        }
    }

    private static Interceptor killing(String call, Moment moment, AtomicReference<Process> child) {
        return new Interceptor() {
            @Override
            public Optional<Reply> instead(String method, String path) {
                if (!path.startsWith(ADMIN + call) || moment == Moment.AFTER) {
                    return Optional.empty();
                }
                kill(child);
                return moment == Moment.BEFORE ? Optional.of(new Reply(502, "")) : Optional.empty();
            }

            @Override
            public void answered(String method, String path) {
                if (path.startsWith(ADMIN + call)) {
                    kill(child);
                }
            }
        };
    }

    private static void kill(AtomicReference<Process> child) {
        try {
            child.get().destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void finish(Process child) throws InterruptedException {
        assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isZero();
    }

    private static List<Receipt> receipts(Path store) {
        try (Store open = open(store)) {
            return new JdbcReceiptBook(open.dataSource()).since(Instant.EPOCH);
        }
    }

    private static List<SnapshotBook.SnapshotMade> left(Path store) {
        try (Store open = open(store)) {
            return new JdbcSnapshotBook(open.dataSource()).left();
        }
    }

    private static Store open(Path store) {
        return switch (Store.open(store.toString(), Map.of(), "a test", Instant.now())) {
            case Opening.Opened opened -> opened.store();
            case Opening.Locked locked -> throw new AssertionError(locked.reason());
            case Opening.Broken broken -> throw new AssertionError(broken.reason());
        };
    }

    /** How many of its calls came through to the server. */
    private static long reached(RecordingProxy proxy, String call) {
        return proxy.requests("POST", ADMIN + call).stream()
                .mapToInt(Recorded::status)
                .filter(status -> status == 204)
                .count();
    }

    private static List<Verdict> verdicts(List<Receipt> receipts, String call) {
        return receipts.stream()
                .filter(receipt -> receipt.call().equals(call))
                .map(Receipt::verdict)
                .toList();
    }

    /** Samples of old_total up to the end of the range, by how the history was made. */
    private static long older(Instant end) {
        return 3 * (Duration.between(History.OLDEST, end).dividedBy(History.STEP) + 1);
    }

    private RealPrometheus.Builder server(String name) {
        return History.copied(template, folder.resolve(name)).adminApi();
    }

    private RetentionResult run(String match, ReplicaGroup group) {
        RetentionSettings usual = RetentionChild.settings();
        RetentionSettings settings = new RetentionSettings(
                List.of(new RetentionPolicy(match, Duration.ofDays(10), "a test", Optional.empty(), Optional.empty())),
                true,
                usual.applyTo(),
                List.of(),
                usual.limits(),
                Optional.empty(),
                usual.freeSpace(),
                false);
        return new RetentionRun(
                        book, new ListedSnapshots(), Clock.systemUTC(), () -> false, RetentionChild.BRISK, Pause.real())
                .run("run", "eu-1", settings, List.of(group));
    }

    private List<Receipt> compact(ReplicaGroup group) {
        return new TombstoneCompaction(book, Clock.systemUTC(), () -> false, RetentionChild.BRISK, Pause.real())
                .run(
                        "run",
                        "eu-1",
                        new CompactionSettings(0, Optional.empty()),
                        RetentionChild.settings(),
                        List.of(group))
                .receipts();
    }

    private static ReplicaGroup group(Replica... replicas) {
        return new ReplicaGroup("monitoring/k8s", List.of(replicas), List.of());
    }
}
