package io.promwarden.retention;

import static io.promwarden.retention.RecordedPrometheus.NOW;
import static io.promwarden.retention.RecordedPrometheus.OLDEST;
import static io.promwarden.retention.RecordedPrometheus.number;
import static io.promwarden.retention.RecordedPrometheus.seriesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promwarden.answer.Answer;
import io.promwarden.finding.NotRun;
import io.promwarden.label.Matcher;
import io.promwarden.label.SeriesSelector;
import io.promwarden.observation.Sample;
import io.promwarden.retention.Receipt.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionRunTest {

    private static final Pattern WINDOW = Pattern.compile("\\[(\\d+)ms]");

    private static final Instant END = NOW.minus(Duration.ofDays(30));
    private static final String DELETE = "delete_series a_total " + OLDEST + " " + END;

    private final RecordedPrometheus server = new RecordedPrometheus("monitoring/k8s", "prometheus-k8s-0");
    private final RecordedPrometheus second = new RecordedPrometheus("monitoring/k8s", "prometheus-k8s-1");
    private final ListedReceipts book = new ListedReceipts();
    private final ListedSnapshots snapshots = new ListedSnapshots();
    private final AtomicLong samples = new AtomicLong(1000);
    private final AtomicLong kept = new AtomicLong(50);
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger waits = new AtomicInteger();
    private Instant now = NOW;
    private Pause pause = duration -> {
        waits.incrementAndGet();
        return true;
    };

    @BeforeEach
    void record() {
        for (RecordedPrometheus each : List.of(server, second)) {
            each.series.put("a_total", seriesOf("a_total", 3));
            each.queries = (expression, at) -> {
                if (expression.contains("a_total[")) {
                    return number(
                            (double) (at.isAfter(END) ? kept.get() : isLastBlock(expression, at) ? 0 : samples.get()));
                }
                return Answer.known(List.of());
            };
            each.whenSent = () -> samples.set(0);
        }
    }

    /** A window within the last block's length before the end, which a plan counts by itself: nothing is in it. */
    private static boolean isLastBlock(String expression, Instant at) {
        java.util.regex.Matcher millis = WINDOW.matcher(expression);
        return millis.find() && at.minusMillis(Long.parseLong(millis.group(1))).isAfter(END.minus(Duration.ofHours(2)));
    }

    @Test
    void a_deletion_is_written_down_before_it_is_sent_and_proved_afterwards() {
        server.whenSent = () -> {
            samples.set(0);
            assertThat(book.unfinished("run").values()).singleElement().satisfies(open -> {
                assertThat(open.verdict()).isEqualTo(Verdict.UNKNOWN);
                assertThat(open.samplesBefore()).isEqualTo(1000);
            });
        };

        RetentionResult result = run(group(server));

        assertThat(server.sent).containsExactly(DELETE);
        assertThat(result.notRun()).isEmpty();
        assertThat(result.receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.verdict()).isEqualTo(Verdict.DELETED);
            assertThat(receipt.status()).isEqualTo("204");
            assertThat(receipt.seriesBefore()).isEqualTo(3);
            assertThat(receipt.samplesBefore()).isEqualTo(1000);
            assertThat(receipt.samplesAfter()).isZero();
            assertThat(receipt.blockBytesBefore()).isEqualTo(8_000_000);
            assertThat(receipt.reason()).contains("samples of the same series after the range 50 before, 50 after");
        });
    }

    @Test
    void of_two_policies_that_meet_only_the_first_sends_and_counts() {
        String other = "a_total{pod=~\"p-.*\"}";
        server.series.put(other, seriesOf("a_total", 3));
        server.queries = (expression, at) -> expression.contains("a_total[") || expression.contains("a_total{")
                ? number((double) (at.isAfter(END) ? kept.get() : isLastBlock(expression, at) ? 0 : samples.get()))
                : Answer.known(List.of());

        RetentionResult result = run(
                TestSettings.of(
                        List.of(policy("a_total"), policy(other)), true, List.of("monitoring/k8s"), List.of(), 100),
                group(server));

        assertThat(result.plans().getFirst().deletions())
                .hasSize(2)
                .allSatisfy(deletion -> assertThat(deletion.refusals()).isEmpty());
        assertThat(server.sent).hasSize(1);
        assertThat(result.receipts()).extracting(Receipt::verdict).containsExactly(Verdict.DELETED);
    }

    @Test
    void without_apply_nothing_is_sent() {
        RetentionResult result = run(settings(false), group(server));
        assertThat(result.plans().getFirst().deletions()).hasSize(1);
        assertThat(result.applied()).isFalse();
        assertThat(server.sent).isEmpty();
    }

    @Test
    void a_second_run_sends_nothing() {
        run(group(server));
        RetentionResult again = run(group(server));
        assertThat(server.sent).hasSize(1);
        assertThat(again.plans().getFirst().deletions()).isEmpty();
    }

    @Test
    void a_204_without_effect_is_no_success() {
        server.whenSent = () -> {};
        RetentionResult result = run(group(server, second));
        assertThat(result.receipts()).extracting(Receipt::verdict).containsExactly(Verdict.NO_EFFECT, Verdict.DELETED);
        assertThat(result.receipts().getFirst().reason()).contains("204").contains("no sample is gone");
    }

    @Test
    void what_was_only_partly_deleted_says_how_much_is_left() {
        server.whenSent = () -> samples.set(300);
        assertThat(run(group(server)).receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.verdict()).isEqualTo(Verdict.PARTLY);
            assertThat(receipt.samplesAfter()).isEqualTo(300);
        });
    }

    @Test
    void a_call_that_was_not_answered_is_watched_and_never_repeated() {
        server.outcomes.add(new TsdbAdmin.NoAnswer("timed out"));
        server.whenSent = () -> {};
        pause = duration -> {
            if (waits.incrementAndGet() == 3) {
                samples.set(0);
            }
            return true;
        };

        RetentionResult result = run(group(server, second));

        assertThat(server.sent).hasSize(1);
        assertThat(waits).hasValueGreaterThanOrEqualTo(3);
        assertThat(result.receipts().getFirst().verdict()).isEqualTo(Verdict.DELETED);
        assertThat(result.receipts().getFirst().status()).isEqualTo("no answer: timed out");
    }

    @Test
    void a_call_whose_end_is_never_seen_stays_unknown_and_the_next_replica_is_left_alone() {
        server.outcomes.add(new TsdbAdmin.NoAnswer("timed out"));
        server.whenSent = () -> {};

        RetentionResult result = run(group(server, second));

        assertThat(server.sent).hasSize(1);
        assertThat(second.sent).isEmpty();
        assertThat(result.receipts()).extracting(Receipt::verdict).containsExactly(Verdict.UNKNOWN);
        assertThat(result.notRun()).extracting(NotRun::what).anyMatch(what -> what.contains("prometheus-k8s-1"));
        assertThat(result.notRun()).extracting(NotRun::reason).anyMatch(why -> why.contains("it may still go on"));
        assertThat(book.unfinished().values())
                .singleElement()
                .satisfies(open -> assertThat(open.selector()).isEqualTo("a_total"));
    }

    @Test
    void a_call_that_was_not_answered_and_deleted_some_stays_open_until_nothing_changes_any_more() {
        server.outcomes.add(new TsdbAdmin.NoAnswer("timed out"));
        server.whenSent = () -> samples.set(400);
        run(group(server, second));
        assertThat(book.unfinished()).hasSize(1);
        samples.set(0);

        run("another run", group(server, second));

        assertThat(book.unfinished()).isEmpty();
        assertThat(book.receipts("run")).extracting(Receipt::verdict).containsExactly(Verdict.DELETED);
        assertThat(server.sent).hasSize(1);
    }

    @Test
    void what_was_to_stay_and_cannot_be_counted_again_proves_nothing() {
        AtomicBoolean broken = new AtomicBoolean();
        BiFunction<String, Instant, Answer<List<Sample>>> queries = server.queries;
        server.queries = (expression, at) ->
                broken.get() && at.isAfter(END) ? Answer.unknown("timed out") : queries.apply(expression, at);
        server.whenSent = () -> {
            samples.set(0);
            broken.set(true);
        };

        RetentionResult result = run(group(server, second));

        assertThat(result.receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(receipt.reason()).contains("50 before, not known after");
        });
        assertThat(second.sent).isEmpty();
    }

    @Test
    void after_a_crash_and_a_restart_of_the_server_nothing_is_called_deleted() {
        server.whenSent = () -> {
            samples.set(0);
            throw new Killed();
        };
        assertThatThrownBy(() -> run(group(server))).isInstanceOf(Killed.class);
        server.own.put("process_start_time_seconds", 1_790_000_500d);

        assertThat(run(group(server)).receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(receipt.samplesAfter()).isZero();
            assertThat(receipt.reason()).contains("was not compared");
        });
        assertThat(server.sent).hasSize(1);
    }

    @Test
    void a_call_that_was_rejected_ends_the_objects_turn() {
        server.outcomes.add(new TsdbAdmin.Rejected(500, "unavailable: admin APIs disabled"));
        server.whenSent = () -> {};

        RetentionResult result = run(group(server, second));

        assertThat(result.receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.verdict()).isEqualTo(Verdict.NO_EFFECT);
            assertThat(receipt.status()).isEqualTo("500 unavailable: admin APIs disabled");
        });
        assertThat(second.sent).isEmpty();
    }

    @Test
    void when_series_changed_that_were_to_stay_nothing_more_is_sent_anywhere() {
        RecordedPrometheus other = new RecordedPrometheus("monitoring/other", "other-0");
        other.series.put("a_total", seriesOf("a_total", 3));
        other.queries = server.queries;
        server.whenSent = () -> {
            samples.set(1);
            kept.set(0);
        };

        RetentionResult result = run(group(server, second), group(other));

        assertThat(result.receipts()).extracting(Receipt::verdict).containsExactly(Verdict.CONTROL_CHANGED);
        assertThat(second.sent).isEmpty();
        assertThat(other.sent).isEmpty();
        assertThat(result.plans()).hasSize(3);
        assertThat(result.notRun()).extracting(NotRun::reason).anyMatch(why -> why.contains("nothing more is deleted"));
    }

    @Test
    void after_a_restart_it_is_remembered_that_series_changed_that_were_to_stay() {
        server.whenSent = () -> {
            samples.set(1);
            kept.set(0);
        };
        run(group(server));
        server.sent.clear();

        RetentionResult again = run(group(server));

        assertThat(server.sent).isEmpty();
        assertThat(again.notRun()).extracting(NotRun::reason).anyMatch(why -> why.contains("nothing more is deleted"));
    }

    @Test
    void the_next_night_deletes_nothing_either_where_series_changed_that_were_to_stay() {
        RecordedPrometheus other = new RecordedPrometheus("monitoring/other", "other-0");
        other.series.put("a_total", seriesOf("a_total", 3));
        other.queries = server.queries;
        server.whenSent = () -> {
            samples.set(1);
            kept.set(0);
        };
        run("night 1", group(server), group(other));
        samples.set(1000);
        kept.set(50);

        RetentionResult next = run("night 2", group(other), group(server));

        assertThat(server.sent).hasSize(1);
        assertThat(other.sent).isEmpty();
        assertThat(next.notRun()).extracting(NotRun::reason).anyMatch(why -> why.contains("an earlier run changed"));
    }

    @Test
    void beside_a_clean_that_may_still_go_on_nothing_is_deleted() {
        book.open(
                "earlier",
                Intent.clean("earlier", second.id, NOW, TsdbMeasure.of(second.ownMetrics()))
                        .open());

        RetentionResult result = run(group(server, second));

        assertThat(server.sent).isEmpty();
        assertThat(result.notRun()).extracting(NotRun::reason).anyMatch(why -> why.contains("may still go on"));
    }

    @Test
    void one_replica_that_cannot_be_reached_leaves_all_unchanged() {
        second.ready = Answer.unknown("connection refused");
        second.buildInfo = Answer.unknown("connection refused");
        second.ownMetricsKnown = false;
        second.flagsKnown = false;
        second.time = Answer.unknown("connection refused");

        RetentionResult result = run(group(server, second));

        assertThat(server.sent).isEmpty();
        assertThat(result.plans().getFirst().refusals())
                .extracting(Refusal::code)
                .containsExactly("another-replica-refused");
        assertThat(result.notRun()).extracting(NotRun::reason).anyMatch(why -> why.contains("connection refused"));
    }

    @Test
    void a_replica_that_has_no_address_leaves_all_unchanged() {
        NotRun pending = new NotRun("eu-1", "Prometheus monitoring/k8s", "prometheus-k8s-1 is Pending");
        RetentionResult result = run(new ReplicaGroup("monitoring/k8s", List.of(server.replica()), List.of(pending)));
        assertThat(server.sent).isEmpty();
        assertThat(result.notRun()).contains(pending);
        assertThat(result.plans().getFirst().refusals())
                .extracting(Refusal::code)
                .containsExactly("replica-missing");
    }

    @Test
    void fewer_pods_than_the_object_asks_for_leave_all_unchanged() {
        Replica.Discovered asksForFour = PreflightTest.discovered(Map.of("replicas", 2L, "shards", 2L), "prometheus");
        Replica one = new Replica(server, server, asksForFour);
        Replica two = new Replica(second, second, asksForFour);
        RetentionResult result = run(new ReplicaGroup("monitoring/k8s", List.of(one, two), List.of()));
        assertThat(server.sent).isEmpty();
        assertThat(result.plans().getFirst().refusals().getFirst().reason()).contains("only 2 of 4 pods");
    }

    @Test
    void a_deletion_that_one_replica_refuses_is_refused_on_all_and_others_go_on() {
        for (RecordedPrometheus each : List.of(server, second)) {
            each.series.put("b_total", seriesOf("b_total", 1));
        }
        second.series.put("a_total", seriesOf("a_total", 10));
        AtomicLong b = new AtomicLong(7);
        second.queries = (expression, at) -> expression.contains("b_total") && !at.isAfter(END)
                ? number((double) b.get())
                : server.queries.apply(expression, at);
        second.whenSent = () -> b.set(0);

        RetentionResult result = run(
                TestSettings.of(
                        List.of(policy("a_total"), policy("b_total")),
                        true,
                        List.of("monitoring/k8s"),
                        List.of("a_total{pod=\"p-7\"}"),
                        100),
                group(server, second));

        assertThat(server.sent).isEmpty();
        assertThat(second.sent).containsExactly("delete_series b_total " + OLDEST + " " + END);
        assertThat(result.plans().getFirst().deletions().getFirst().refusals())
                .extracting(Refusal::code)
                .containsExactly("another-replica-refused");
    }

    @Test
    void the_next_replica_waits_until_the_one_before_is_ready_again() {
        server.whenSent = () -> {
            samples.set(0);
            server.ready = Answer.known(false);
        };
        second.whenSent = () -> assertThat(server.ready).isEqualTo(Answer.known(true));
        second.queries = (expression, at) -> expression.contains("a_total[")
                ? number(at.isAfter(END) ? 50 : isLastBlock(expression, at) || !second.sent.isEmpty() ? 0 : 9)
                : number(0);
        pause = duration -> {
            if (waits.incrementAndGet() == 2) {
                server.ready = Answer.known(true);
            }
            return true;
        };
        assertThat(run(group(server, second)).receipts()).hasSize(2);
        assertThat(second.sent).hasSize(1);
    }

    @Test
    void a_replica_that_does_not_come_back_ends_the_objects_turn() {
        server.whenSent = () -> {
            samples.set(0);
            server.ready = Answer.known(false);
        };
        RetentionResult result = run(group(server, second));
        assertThat(second.sent).isEmpty();
        assertThat(result.notRun()).extracting(NotRun::reason).anyMatch(why -> why.contains("not ready again"));
    }

    @Test
    void a_plan_that_has_become_old_is_not_carried_out() {
        second.queries = (expression, at) -> expression.contains("a_total[")
                ? number(at.isAfter(END) ? 50 : isLastBlock(expression, at) || !second.sent.isEmpty() ? 0 : 9)
                : number(0);
        server.whenSent = () -> {
            samples.set(0);
            now = NOW.plus(Duration.ofMinutes(61));
            second.time = Answer.known(now);
            second.own.put("prometheus_tsdb_head_min_time", (double) NOW.toEpochMilli());
        };
        RetentionResult result = run(group(server, second));
        assertThat(second.sent).isEmpty();
        assertThat(result.notRun()).extracting(NotRun::reason).anyMatch(why -> why.contains("no longer fresh"));
    }

    @Test
    void a_204_without_effect_says_why_as_far_as_the_server_tells() {
        server.whenSent = () -> {};
        assertThat(run(group(server)).receipts().getLast().reason()).contains("why is not known, as 3 series");
        server.whenSent = () -> server.own.put("prometheus_tsdb_lowest_timestamp", (double) NOW.toEpochMilli());
        assertThat(run(group(server)).receipts().getLast().reason()).contains("wrong range");
        server.own.put("prometheus_tsdb_lowest_timestamp", (double) OLDEST.toEpochMilli());
        server.whenSent = () -> server.own.put("prometheus_tsdb_head_min_time", (double) OLDEST.toEpochMilli());
        assertThat(run(group(server)).receipts().getLast().reason()).contains("still in the head");
        assertThat(NoEffect.why(
                        new StoredSamples(second, 2),
                        new SeriesSelector(List.of(new Matcher(Matcher.METRIC_NAME, Matcher.Op.EQUAL, "b_total"))),
                        OLDEST,
                        END,
                        second.ownMetrics()))
                .startsWith("nothing matched");
    }

    @Test
    void a_receipt_keeps_its_controls_its_run_and_why() {
        Receipt receipt = run(group(server)).receipts().getFirst();
        assertThat(receipt.runId()).isEqualTo("run");
        assertThat(receipt.because()).isEqualTo("a test");
        assertThat(receipt.controls().counts())
                .contains(new Receipt.Count("samples of the same series after the range", 50, 50));
        assertThat(receipt.controls().failedCompactionsBefore()).isZero();
        assertThat(receipt.controls().failedCompactionsAfter()).isZero();
    }

    @Test
    void a_compaction_that_failed_meanwhile_is_told_and_stops_the_next_replica() {
        server.whenSent = () -> {
            samples.set(0);
            server.own.put("prometheus_tsdb_compactions_failed_total", 1d);
        };
        RetentionResult result = run(group(server, second));
        assertThat(result.receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.verdict()).isEqualTo(Verdict.DELETED);
            assertThat(receipt.reason()).contains("a compaction failed meanwhile");
            assertThat(receipt.compactionFailed()).isTrue();
        });
        assertThat(second.sent).isEmpty();
        assertThat(result.notRun()).extracting(NotRun::reason).anyMatch(why -> why.contains("a compaction failed"));
    }

    @Test
    void a_server_whose_condition_gets_worse_before_its_turn_is_left_alone() {
        server.whenSent = () -> {
            samples.set(0);
            second.free = number(1);
        };
        RetentionResult result = run(group(server, second));
        assertThat(server.sent).hasSize(1);
        assertThat(second.sent).isEmpty();
        assertThat(result.notRun()).extracting(NotRun::reason).anyMatch(why -> why.contains("when its turn came"));
    }

    @Test
    void a_url_with_several_processes_behind_it_is_left_alone() {
        AtomicInteger looks = new AtomicInteger();
        server.whenLookedAt =
                () -> server.own.put("process_start_time_seconds", 1_790_000_000d + looks.incrementAndGet() % 2);
        RetentionResult result = run(group(server));
        assertThat(server.sent).isEmpty();
        assertThat(result.plans().getFirst().refusals())
                .extracting(Refusal::code)
                .contains("several-processes");
    }

    @Test
    void a_process_that_changes_right_before_the_call_is_left_alone() {
        AtomicInteger looks = new AtomicInteger();
        server.whenLookedAt = () -> {
            // Twice for the plan, twice when its turn comes, and once right before the call.
            if (looks.incrementAndGet() == 5) {
                server.own.put("process_start_time_seconds", 1_790_000_001d);
            }
        };
        RetentionResult result = run(group(server));
        assertThat(server.sent).isEmpty();
        assertThat(result.notRun()).isNotEmpty();
    }

    @Test
    void where_the_job_asks_for_one_a_snapshot_is_made_once_before_the_first_deletion() {
        RetentionSettings wanted = settings(true).withSnapshot(true);
        server.whenSnapshot = () -> assertThat(book.unfinished().values())
                .singleElement()
                .satisfies(open -> assertThat(open.call()).isEqualTo("snapshot"));

        RetentionResult result = run(wanted, group(server));
        samples.set(1000);
        run(wanted, group(server));

        assertThat(server.sent).containsExactly("snapshot", DELETE, DELETE);
        assertThat(snapshots.left()).singleElement().satisfies(left -> {
            assertThat(left.name()).isEqualTo("20261122T120000Z-1a2b3c4d5e6f7081");
            assertThat(left.run()).isEqualTo("run");
        });
        assertThat(result.notes())
                .singleElement()
                .satisfies(note ->
                        assertThat(note).contains("promwarden snapshots confirm 20261122T120000Z-1a2b3c4d5e6f7081"));
        assertThat(result.receipts()).extracting(Receipt::call).containsOnly("delete_series");
    }

    @Test
    void without_its_snapshot_nothing_is_deleted_and_none_is_tried_again() {
        RetentionSettings wanted = settings(true).withSnapshot(true);
        server.snapshot = new TsdbAdmin.NoSnapshot("timed out", true);

        RetentionResult result = run(wanted, group(server, second));
        run(wanted, group(server, second));

        assertThat(server.sent).containsExactly("snapshot");
        assertThat(second.sent).isEmpty();
        assertThat(result.notRun())
                .extracting(NotRun::reason)
                .anyMatch(why -> why.contains("no snapshot could be made"));
        assertThat(snapshots.left())
                .singleElement()
                .satisfies(left -> assertThat(left.name()).startsWith("unknown-"));
    }

    @Test
    void a_crash_while_a_snapshot_is_made_leaves_a_reminder_and_deletes_nothing_in_that_run() {
        RetentionSettings wanted = settings(true).withSnapshot(true);
        server.whenSnapshot = () -> {
            throw new IllegalStateException("killed");
        };
        assertThatThrownBy(() -> run(wanted, group(server))).hasMessage("killed");

        RetentionResult again = run(wanted, group(server));

        assertThat(server.sent).containsExactly("snapshot");
        assertThat(snapshots.left()).hasSize(1);
        assertThat(again.notes()).hasSize(1);
        assertThat(book.unfinished()).isEmpty();
    }

    @Test
    void a_call_that_a_crash_left_is_watched_until_nothing_changes_any_more() {
        server.whenSent = () -> {
            throw new IllegalStateException("killed");
        };
        assertThatThrownBy(() -> run(group(server))).hasMessage("killed");
        samples.set(900);
        pause = duration -> {
            if (waits.incrementAndGet() % 50 == 0) {
                samples.updateAndGet(left -> Math.max(0, left - 300));
            }
            return true;
        };
        server.whenSent = () -> samples.set(0);

        RetentionResult again = run("another run", group(server));

        assertThat(server.sent).hasSize(1);
        assertThat(waits).hasValueGreaterThanOrEqualTo(150);
        assertThat(book.receipts("run"))
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.verdict()).isEqualTo(Verdict.DELETED));
        assertThat(again.receipts()).isEmpty();
    }

    @Test
    void a_stop_ends_the_run_between_two_calls() {
        server.whenSent = () -> {
            samples.set(0);
            stop.set(true);
        };
        RetentionResult result = run(group(server, second));
        assertThat(result.receipts()).extracting(Receipt::verdict).containsExactly(Verdict.DELETED);
        assertThat(second.sent).isEmpty();
    }

    @Test
    void a_run_that_is_stopped_from_the_start_asks_nothing() {
        stop.set(true);
        assertThat(run(group(server)).plans()).isEmpty();
        assertThat(server.asked).isEmpty();
    }

    @Test
    void a_crash_after_the_call_is_made_good_from_what_the_server_holds() {
        server.whenSent = () -> {
            samples.set(0);
            throw new Killed();
        };
        assertThatThrownBy(() -> run(group(server))).isInstanceOf(Killed.class);
        assertThat(book.unfinished("run")).hasSize(1);
        server.whenSent = () -> {};

        RetentionResult again = run(group(server));

        assertThat(server.sent).hasSize(1);
        assertThat(book.unfinished("run")).isEmpty();
        assertThat(again.receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.verdict()).isEqualTo(Verdict.DELETED);
            assertThat(receipt.samplesBefore()).isEqualTo(1000);
            assertThat(receipt.samplesAfter()).isZero();
            assertThat(receipt.reason()).contains("before the answer was written down", "was not compared");
        });
    }

    @Test
    void a_crash_before_the_call_is_planned_anew_and_sent() {
        server.whenSent = () -> {
            throw new Killed();
        };
        assertThatThrownBy(() -> run(group(server))).isInstanceOf(Killed.class);
        server.whenSent = () -> samples.set(0);

        RetentionResult again = run(group(server));

        assertThat(again.receipts()).extracting(Receipt::verdict).containsExactly(Verdict.NO_EFFECT, Verdict.DELETED);
    }

    @Test
    void a_receipt_stays_open_while_nobody_can_say_what_is_left() {
        server.whenSent = () -> {
            throw new Killed();
        };
        assertThatThrownBy(() -> run(group(server))).isInstanceOf(Killed.class);

        RetentionResult again = run(group(second));

        assertThat(second.sent).as("the first call may still run").isEmpty();
        assertThat(book.unfinished("run")).hasSize(1);
        assertThat(again.notRun()).extracting(NotRun::reason).anyMatch(why -> why.contains("not there any more"));
    }

    /** A kill -9. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private RetentionResult run(ReplicaGroup... groups) {
        return run(settings(true), groups);
    }

    private RetentionResult run(String run, ReplicaGroup... groups) {
        return run(run, settings(true), groups);
    }

    private RetentionResult run(RetentionSettings settings, ReplicaGroup... groups) {
        return run("run", settings, groups);
    }

    private RetentionResult run(String run, RetentionSettings settings, ReplicaGroup... groups) {
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new RetentionRun(book, snapshots, clock, stop::get, Patience.DEFAULT, duration -> pause.sleep(duration))
                .run(run, "eu-1", settings, List.of(groups));
    }

    private static ReplicaGroup group(RecordedPrometheus... servers) {
        return new ReplicaGroup(
                servers[0].id.owner(),
                List.of(servers).stream().map(RecordedPrometheus::replica).toList(),
                List.of());
    }

    private static RetentionSettings settings(boolean apply) {
        return TestSettings.of(
                List.of(policy("a_total")), apply, List.of("monitoring/k8s", "monitoring/other"), List.of(), 100);
    }

    private static RetentionPolicy policy(String match) {
        return new RetentionPolicy(match, Duration.ofDays(30), "a test", Optional.empty(), Optional.empty());
    }
}
