package io.promwarden.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promwarden.finding.NotRun;
import io.promwarden.http.Exchange;
import io.promwarden.http.HttpAnswer;
import io.promwarden.observation.RecordedNights;
import io.promwarden.observation.ServerId;
import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.storage.StorageDoctor;
import io.promwarden.storage.StorageHealth;
import io.promwarden.storage.StorageResult;
import io.promwarden.testing.RealPrometheus;
import io.promwarden.testing.RealServers;
import io.promwarden.testing.RecordingProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletes from real servers with 40 days of history, and counts what is left without the product's help. */
class RetentionIT {

    private static final long ALL = 3 * History.SAMPLES;
    private static final Patience BRISK = new Patience(
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5));

    @TempDir
    static Path template;

    @TempDir
    Path folder;

    private final ListedReceipts book = new ListedReceipts();
    private final ListedSnapshots snapshots = new ListedSnapshots();

    @BeforeAll
    static void makeHistory() {
        History.make(template);
    }

    @Test
    void what_is_older_than_the_policy_is_gone_and_nothing_else() {
        try (RealPrometheus prometheus =
                        History.copied(template, folder).adminApi().start();
                RecordingProxy proxy = RecordingProxy.of(prometheus.uri())) {
            ReplicaGroup group = group(History.replica("k8s-0", proxy.uri()));
            long bytesBefore = History.blockBytes(prometheus);

            RetentionResult result = run(settings("old_total", 10), group);

            assertThat(result.notRun()).isEmpty();
            Receipt receipt = result.receipts().getFirst();
            Instant end = receipt.end().orElseThrow();
            assertThat(Duration.between(end, Instant.now()))
                    .isBetween(Duration.ofDays(10), Duration.ofDays(10).plusMinutes(2));
            long young = 3 * (Duration.between(end, History.NEWEST).dividedBy(History.STEP) + 1);
            assertThat(receipt.verdict()).isEqualTo(Verdict.DELETED);
            assertThat(receipt.samplesBefore()).isEqualTo(ALL - young);
            assertThat(receipt.reason())
                    .contains("samples of up in the range's last 10 minutes 1 before, 1 after")
                    .contains("samples of other_total in the range's last 10 minutes 3 before, 3 after");
            assertThat(History.samplesUpTo(prometheus.uri(), "old_total", end)).isZero();
            assertThat(History.samples(prometheus.uri(), "old_total")).isEqualTo(young);
            assertThat(History.samples(prometheus.uri(), "other_total")).isEqualTo(ALL);
            assertThat(History.samples(prometheus.uri(), "up")).isEqualTo(History.SAMPLES);

            TombstoneCompaction.Outcome compacted = compact(group);

            assertThat(compacted.notRun()).isEmpty();
            assertThat(compacted.receipts()).singleElement().satisfies(clean -> {
                assertThat(clean.verdict()).isEqualTo(Verdict.CLEANED);
                assertThat(clean.freedBytes()).isPositive();
            });
            assertThat(History.blockBytes(prometheus)).isLessThan(bytesBefore);
            assertThat(History.samples(prometheus.uri(), "old_total")).isEqualTo(young);
            assertThat(History.samples(prometheus.uri(), "other_total")).isEqualTo(ALL);
            assertThat(proxy.requests("POST", "/api/v1/admin")).hasSize(2);

            proxy.forget();
            RetentionResult again = run(settings("old_total", 10), group);
            compact(group);

            assertThat(again.plans().getFirst().deletions()).isEmpty();
            assertThat(proxy.requests("POST", "/")).isEmpty();
        }
    }

    @Test
    void a_second_run_sends_nothing_though_no_block_was_rewritten() {
        try (RealPrometheus prometheus =
                        History.copied(template, folder).adminApi().start();
                RecordingProxy proxy = RecordingProxy.of(prometheus.uri())) {
            ReplicaGroup group = group(History.replica("k8s-0", proxy.uri()));
            run(settings("old_total", 10), group);
            proxy.forget();
            assertThat(run(settings("old_total", 10), group).plans().getFirst().deletions())
                    .isEmpty();
            assertThat(proxy.requests("POST", "/")).isEmpty();
        }
    }

    @Test
    void without_apply_a_plan_is_made_and_no_post_is_sent() {
        try (RealPrometheus prometheus =
                        History.copied(template, folder).adminApi().start();
                RecordingProxy proxy = RecordingProxy.of(prometheus.uri())) {
            RetentionSettings dry = TestSettings.of(List.of(policy("old_total", 10)), false, List.of(), List.of(), 100);
            ReplicaGroup group = group(History.replica("k8s-0", proxy.uri()));

            RetentionResult result = run(dry, group);
            compact(group);

            assertThat(result.plans().getFirst().deletions()).singleElement().satisfies(deletion -> {
                assertThat(deletion.series()).isEqualTo(3);
                assertThat(deletion.start()).isEqualTo(History.OLDEST);
                assertThat(deletion.refusals()).isEmpty();
            });
            assertThat(result.plans().getFirst().refusals()).isEmpty();
            assertThat(proxy.requests()).isNotEmpty();
            assertThat(proxy.requests("POST", "/")).isEmpty();
            assertThat(History.samples(prometheus.uri(), "old_total")).isEqualTo(ALL);
        }
    }

    @Test
    void a_plus_and_a_regular_expression_reach_the_series_that_they_mean() {
        try (RealPrometheus prometheus =
                History.copied(template, folder).adminApi().start()) {
            ReplicaGroup group = group(History.replica("k8s-0", prometheus.uri()));

            RetentionResult result = run(
                    TestSettings.of(
                            List.of(
                                    policy("path_total{path='/a+b'}", 1),
                                    policy("{__name__=~\"ol.*_total|oth.*_total\",pod=\"p-1\"}", 1)),
                            true,
                            List.of("monitoring/k8s"),
                            List.of(),
                            100),
                    group);

            Instant end = result.receipts().getFirst().end().orElseThrow();
            assertThat(result.receipts()).extracting(Receipt::verdict).containsOnly(Verdict.DELETED);
            assertThat(result.receipts()).extracting(Receipt::seriesBefore).containsExactly(1L, 2L);
            assertThat(History.samplesUpTo(prometheus.uri(), "path_total{path=\"/a+b\"}", end))
                    .isZero();
            assertThat(History.samples(prometheus.uri(), "path_total{path=\"/a b\"}"))
                    .isEqualTo(History.SAMPLES);
            assertThat(History.samplesUpTo(prometheus.uri(), "old_total{pod=\"p-1\"}", end))
                    .isZero();
            assertThat(History.samplesUpTo(prometheus.uri(), "other_total{pod=\"p-1\"}", end))
                    .isZero();
            assertThat(History.samples(prometheus.uri(), "old_total{pod=\"p-0\"}"))
                    .isEqualTo(History.SAMPLES);
            assertThat(History.samples(prometheus.uri(), "other_total{pod=\"p-2\"}"))
                    .isEqualTo(History.SAMPLES);
        }
    }

    @Test
    void every_refusal_sends_no_post_and_deletes_nothing() {
        try (RealPrometheus prometheus =
                        History.copied(template, folder).adminApi().start();
                RecordingProxy proxy = RecordingProxy.of(prometheus.uri())) {
            ReplicaGroup group = group(History.replica("k8s-0", proxy.uri()));

            assertThat(codes(run(settings("nothing_total", 10), group))).isEmpty();
            assertThat(codes(run(settings("{pod=\"p-1\"}", 10), group))).containsExactly("selector-without-metric");
            assertThat(codes(run(settings("{__name__=~\".+\"}", 10), group))).containsExactly("selector-too-broad");
            assertThat(codes(run(settings("{__name__=~\"up|old_total\"}", 10), group)))
                    .containsExactly("reserved-name");
            assertThat(codes(run(settings("old_total{", 10), group))).containsExactly("selector-unreadable");
            RetentionSettings capped =
                    TestSettings.of(List.of(policy("old_total", 10)), true, List.of("monitoring/k8s"), List.of(), 2);
            assertThat(codes(run(capped, group))).containsExactly("above-series-cap");
            RetentionSettings elsewhere =
                    TestSettings.of(List.of(policy("old_total", 10)), true, List.of("monitoring/x"), List.of(), 9);
            assertThat(codes(run(elsewhere, group))).containsExactly("not-in-apply-to");
            RetentionSettings guarded = TestSettings.of(
                    List.of(policy("old_total", 10)), true, List.of("monitoring/k8s"), List.of("{pod='p-2'}"), 9);
            assertThat(run(guarded, group)
                            .plans()
                            .getFirst()
                            .deletions()
                            .getFirst()
                            .refusals())
                    .extracting(Refusal::code)
                    .containsExactly("protected-series");
            for (Duration skew : List.of(Duration.ofMinutes(2), Duration.ofMinutes(-2))) {
                Clock wrong = Clock.offset(Clock.systemUTC(), skew);
                RetentionResult result = new RetentionRun(book, snapshots, wrong, () -> false, BRISK, Pause.real())
                        .run("run", "eu-1", settings("old_total", 10), List.of(group));
                assertThat(codes(result)).containsExactly("clock-skew");
            }
            compact(group);

            assertThat(proxy.requests("POST", "/")).isEmpty();
            assertThat(book.receipts("run")).isEmpty();
            assertThat(History.samples(prometheus.uri(), "old_total")).isEqualTo(ALL);
        }
    }

    @Test
    void an_admin_api_that_is_off_is_refused_without_a_post() {
        assertRefused(History.copied(template, folder), "admin-api-off");
    }

    @Test
    void blocks_of_one_length_are_refused_without_a_post() {
        assertRefused(
                History.copied(template, folder)
                        .adminApi()
                        .flag("--storage.tsdb.min-block-duration=2h")
                        .flag("--storage.tsdb.max-block-duration=2h"),
                "thanos-sidecar");
    }

    @Test
    void an_agent_is_refused_without_a_post() {
        assertRefused(
                RealPrometheus.in(folder)
                        .configuration("remote_write: [{url: 'http://127.0.0.1:9/'}]\n")
                        .agent()
                        .flag("--web.enable-admin-api"),
                "agent-mode");
    }

    @Test
    void two_replicas_are_both_cleared_out_one_after_the_other() {
        try (RealPrometheus one =
                        History.copied(template, folder.resolve("a")).adminApi().start();
                RealPrometheus two =
                        History.copied(template, folder.resolve("b")).adminApi().start()) {
            ReplicaGroup both = group(History.replica("k8s-0", one.uri()), History.replica("k8s-1", two.uri()));
            RetentionResult result = run(settings("old_total", 10), both);
            assertThat(result.receipts())
                    .extracting(Receipt::verdict)
                    .containsExactly(Verdict.DELETED, Verdict.DELETED);
            assertThat(compact(both).receipts())
                    .extracting(Receipt::verdict)
                    .containsExactly(Verdict.CLEANED, Verdict.CLEANED);
            assertThat(History.samples(two.uri(), "old_total")).isEqualTo(History.samples(one.uri(), "old_total"));
            assertThat(History.samples(two.uri(), "other_total")).isEqualTo(ALL);
        }
    }

    @Test
    void with_one_replica_out_of_reach_the_other_is_left_unchanged() {
        try (RealPrometheus one = History.copied(template, folder).adminApi().start();
                RecordingProxy proxy = RecordingProxy.of(one.uri())) {
            URI nobody = URI.create("http://127.0.0.1:" + RealServers.freePort());
            ReplicaGroup both = group(History.replica("k8s-0", proxy.uri()), History.replica("k8s-1", nobody));

            RetentionResult result = run(settings("old_total", 10), both);

            assertThat(proxy.requests("POST", "/")).isEmpty();
            assertThat(result.notRun())
                    .extracting(NotRun::what)
                    .allMatch(what -> what.contains("k8s-1"))
                    .isNotEmpty();
            assertThat(codes(result)).contains("another-replica-refused", "ready-unknown");
        }
    }

    @Test
    void a_clean_that_is_not_answered_is_watched_to_its_end_and_sent_once() {
        try (RealPrometheus prometheus =
                        History.copied(template, folder).adminApi().start();
                RecordingProxy proxy = RecordingProxy.of(prometheus.uri())) {
            List<Thread> calls = new ArrayList<>();
            Exchange real = History.exchange(proxy.uri());
            Exchange impatient = question -> {
                if (!question.path().endsWith("/clean_tombstones")) {
                    return real.ask(question);
                }
                calls.add(Thread.ofVirtual().start(() -> real.ask(question)));
                return new HttpAnswer.Unanswered("timed out after 2 h", true);
            };
            ReplicaGroup group = group(History.replica("k8s-0", real, impatient));
            run(settings("old_total", 10), group);
            proxy.forget();

            TombstoneCompaction.Outcome outcome = compact(group);

            assertThat(outcome.receipts()).singleElement().satisfies(receipt -> {
                assertThat(receipt.status()).contains("timed out after 2 h");
                assertThat(receipt.verdict()).isEqualTo(Verdict.CLEANED);
                assertThat(receipt.freedBytes()).isPositive();
            });
            assertThat(calls).hasSize(1);
            assertThat(proxy.requests("POST", "/")).hasSize(1);
        }
    }

    @Test
    void a_kill_between_the_call_and_its_receipt_is_made_good_without_a_second_call() {
        try (RealPrometheus prometheus =
                        History.copied(template, folder).adminApi().start();
                RecordingProxy proxy = RecordingProxy.of(prometheus.uri())) {
            ReplicaGroup group = group(History.replica("k8s-0", proxy.uri()));
            ReceiptBook dying = new ReceiptBook() {
                @Override
                public long open(String runId, Receipt intent) {
                    return book.open(runId, intent);
                }

                @Override
                public void close(long number, Receipt receipt) {
                    throw new IllegalStateException("killed");
                }

                @Override
                public SequencedMap<Long, Receipt> unfinished(String runId) {
                    return book.unfinished(runId);
                }

                @Override
                public SequencedMap<Long, Receipt> unfinished() {
                    return book.unfinished();
                }

                @Override
                public List<Receipt> receipts(String runId) {
                    return book.receipts(runId);
                }

                @Override
                public List<Receipt> since(Instant from) {
                    return book.since(from);
                }

                @Override
                public List<Receipt> ofServer(ServerId server) {
                    return book.ofServer(server);
                }
            };
            assertThatThrownBy(() -> new RetentionRun(
                                    dying, snapshots, Clock.systemUTC(), () -> false, BRISK, Pause.real())
                            .run("run", "eu-1", settings("old_total", 10), List.of(group)))
                    .hasMessage("killed");
            assertThat(proxy.requests("POST", "/")).hasSize(1);

            RetentionResult again = run(settings("old_total", 10), group);

            assertThat(proxy.requests("POST", "/")).hasSize(1);
            assertThat(again.receipts()).singleElement().satisfies(receipt -> {
                assertThat(receipt.verdict()).isEqualTo(Verdict.DELETED);
                assertThat(receipt.samplesBefore()).isPositive();
                assertThat(receipt.samplesAfter()).isZero();
            });
            assertThat(compact(group).receipts()).extracting(Receipt::verdict).containsExactly(Verdict.CLEANED);
        }
    }

    @Test
    void a_server_tells_how_its_storage_is_doing() {
        try (RealPrometheus prometheus = History.copied(template, folder).start()) {
            URI nobody = URI.create("http://127.0.0.1:" + RealServers.freePort());
            StorageResult result = new StorageDoctor(Clock.systemUTC())
                    .examine(
                            "eu-1",
                            List.of(
                                    History.replica("k8s-0", prometheus.uri()).server(),
                                    History.replica("k8s-1", nobody).server()),
                            Optional.empty(),
                            RecordedNights.none("no store"),
                            Instant.now());
            assertThat(result.servers()).hasSize(1);
            assertThat(result.trends()).hasSize(1);
            StorageHealth health = result.servers().getFirst();
            assertThat(health.version()).isNotEmpty();
            assertThat(health.retention()).contains("1000d");
            assertThat(health.blocks().orElse(0)).isGreaterThan(15);
            assertThat(health.blockBytes().orElse(0)).isPositive();
            assertThat(health.oldestSample()).contains(History.OLDEST);
            assertThat(health.compactionsFailed()).hasValue(0);
            assertThat(result.notRun())
                    .singleElement()
                    .satisfies(notRun -> assertThat(notRun.what()).isEqualTo("storage of monitoring/k8s on k8s-1"));
        }
    }

    private void assertRefused(RealPrometheus.Builder server, String code) {
        try (RealPrometheus prometheus = server.start();
                RecordingProxy proxy = RecordingProxy.of(prometheus.uri())) {
            RetentionResult result = run(settings("old_total", 10), group(History.replica("k8s-0", proxy.uri())));
            assertThat(codes(result)).contains(code);
            assertThat(proxy.requests("POST", "/")).isEmpty();
        }
    }

    private RetentionResult run(RetentionSettings settings, ReplicaGroup group) {
        return new RetentionRun(book, snapshots, Clock.systemUTC(), () -> false, BRISK, Pause.real())
                .run("run", "eu-1", settings, List.of(group));
    }

    private TombstoneCompaction.Outcome compact(ReplicaGroup group) {
        return new TombstoneCompaction(book, Clock.systemUTC(), () -> false, BRISK, Pause.real())
                .run("run", "eu-1", CompactionSettings.USUAL, settings("old_total", 10), List.of(group));
    }

    private static ReplicaGroup group(Replica... replicas) {
        return new ReplicaGroup("monitoring/k8s", List.of(replicas), List.of());
    }

    private static List<String> codes(RetentionResult result) {
        return result.plans().stream()
                .flatMap(plan -> plan.refusals().stream())
                .map(Refusal::code)
                .toList();
    }

    private static RetentionSettings settings(String match, int days) {
        return TestSettings.of(List.of(policy(match, days)), true, List.of("monitoring/k8s"), List.of(), 100);
    }

    private static RetentionPolicy policy(String match, int days) {
        return new RetentionPolicy(match, Duration.ofDays(days), "a test", Optional.empty(), Optional.empty());
    }
}
