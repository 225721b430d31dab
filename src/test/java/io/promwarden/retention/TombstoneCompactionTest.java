package io.promwarden.retention;

import static io.promwarden.retention.RecordedPrometheus.NOW;
import static io.promwarden.retention.RecordedPrometheus.OLDEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promwarden.answer.Answer;
import io.promwarden.finding.NotRun;
import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TombstoneCompactionTest {

    private final RecordedPrometheus server = new RecordedPrometheus("monitoring/k8s", "prometheus-k8s-0");
    private final RecordedPrometheus second = new RecordedPrometheus("monitoring/k8s", "prometheus-k8s-1");
    private final ListedReceipts book = new ListedReceipts();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger waits = new AtomicInteger();
    private Instant now = NOW;
    private List<NotRun> missing = List.of();
    private CompactionSettings settings = new CompactionSettings(0, Optional.empty());
    private RetentionSettings retention = TestSettings.of(List.of(), true, List.of("monitoring/k8s"), List.of(), 100);
    private Pause pause = duration -> {
        waits.incrementAndGet();
        return true;
    };

    @Test
    void where_something_was_deleted_tombstones_are_cleaned_once() {
        deleted(server, Verdict.DELETED);
        server.whenSent = () -> cleaned(server);

        TombstoneCompaction.Outcome outcome = run();
        TombstoneCompaction.Outcome again = run();

        assertThat(server.sent).containsExactly("clean_tombstones");
        assertThat(second.sent).isEmpty();
        assertThat(again).isEqualTo(outcome);
        assertThat(outcome.notRun()).isEmpty();
        assertThat(outcome.receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.verdict()).isEqualTo(Verdict.CLEANED);
            assertThat(receipt.freedBytes()).isEqualTo(3_000_000);
            assertThat(receipt.blocksBefore()).isEqualTo(23);
            assertThat(receipt.blocksAfter()).isEqualTo(20);
        });
    }

    @Test
    void after_series_changed_that_were_to_stay_no_replica_is_cleaned() {
        deleted(server, Verdict.DELETED);
        deleted(second, Verdict.CONTROL_CHANGED);

        TombstoneCompaction.Outcome outcome = run();

        assertThat(server.sent).isEmpty();
        assertThat(outcome.notRun()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"NO_EFFECT", "UNKNOWN", "CONTROL_CHANGED"})
    void where_nothing_is_known_to_be_deleted_nothing_is_sent(Verdict verdict) {
        deleted(server, verdict);
        assertThat(run().receipts()).isEmpty();
        assertThat(server.sent).isEmpty();
    }

    @Test
    void a_time_out_is_watched_to_the_end_and_never_repeated() {
        deleted(server, Verdict.PARTLY);
        server.outcomes.add(new TsdbAdmin.NoAnswer("timed out after 2 h"));
        pause = duration -> {
            if (waits.incrementAndGet() == 5) {
                cleaned(server);
            }
            return true;
        };

        TombstoneCompaction.Outcome outcome = run();

        assertThat(server.sent).containsExactly("clean_tombstones");
        assertThat(outcome.receipts().getFirst().verdict()).isEqualTo(Verdict.CLEANED);
        assertThat(outcome.receipts().getFirst().status()).isEqualTo("no answer: timed out after 2 h");
    }

    @Test
    void an_end_that_is_not_seen_in_time_stays_unknown_and_the_next_replica_is_left_alone() {
        deleted(server, Verdict.DELETED);
        deleted(second, Verdict.DELETED);
        server.outcomes.add(new TsdbAdmin.NoAnswer("timed out"));

        TombstoneCompaction.Outcome outcome = run();

        assertThat(outcome.receipts()).extracting(Receipt::verdict).containsExactly(Verdict.UNKNOWN);
        assertThat(outcome.notRun()).hasSize(1);
        assertThat(second.sent).isEmpty();
        run();
        assertThat(server.sent).hasSize(1);
    }

    @Test
    void a_server_that_restarts_meanwhile_is_not_waited_for_in_vain() {
        deleted(server, Verdict.DELETED);
        server.outcomes.add(new TsdbAdmin.NoAnswer("connection reset"));
        server.whenSent = () -> server.own.put("process_start_time_seconds", 1_795_000_000d);
        assertThat(run().receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(receipt.reason()).contains("restarted");
        });
        assertThat(waits).hasValue(0);
    }

    @Test
    void an_error_is_no_success() {
        deleted(server, Verdict.DELETED);
        server.outcomes.add(new TsdbAdmin.Rejected(500, "internal: no space left on device"));
        TombstoneCompaction.Outcome outcome = run();
        assertThat(outcome.receipts().getFirst().verdict()).isEqualTo(Verdict.NO_EFFECT);
        assertThat(outcome.notRun().getFirst().reason()).contains("no space left");
    }

    @Test
    void a_failed_compaction_meanwhile_is_told() {
        deleted(server, Verdict.DELETED);
        server.whenSent = () -> {
            cleaned(server);
            server.own.put("prometheus_tsdb_compactions_failed_total", 1d);
        };
        assertThat(run().receipts().getFirst().reason()).contains("a compaction failed meanwhile");
    }

    @Test
    void a_server_that_no_longer_passes_is_left_alone() {
        deleted(server, Verdict.DELETED);
        server.flags.put("storage.tsdb.max-block-duration", "2h");
        assertThat(run().notRun().getFirst().reason()).contains("equally long");
        server.flags.put("storage.tsdb.max-block-duration", "4d");
        server.own.remove("prometheus_tsdb_tombstone_cleanup_seconds_count");
        assertThat(run().notRun().getFirst().reason()).contains("refused");
        assertThat(server.sent).isEmpty();
    }

    @Test
    void after_a_crash_a_clean_that_ended_is_closed_and_not_sent_again() {
        deleted(server, Verdict.DELETED);
        server.whenSent = () -> {
            cleaned(server);
            throw new Killed();
        };
        assertThatThrownBy(this::run).isInstanceOf(Killed.class);

        TombstoneCompaction.Outcome again = run();

        assertThat(server.sent).hasSize(1);
        assertThat(book.unfinished("run")).isEmpty();
        assertThat(again.receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.verdict()).isEqualTo(Verdict.CLEANED);
            assertThat(receipt.freedBytes()).isEqualTo(3_000_000);
        });
    }

    @Test
    void after_a_crash_a_clean_of_which_nothing_is_seen_is_not_sent_again_either() {
        deleted(server, Verdict.DELETED);
        server.whenSent = () -> {
            throw new Killed();
        };
        assertThatThrownBy(this::run).isInstanceOf(Killed.class);

        assertThat(run().receipts()).extracting(Receipt::verdict).containsExactly(Verdict.UNKNOWN);
        assertThat(server.sent).hasSize(1);
    }

    @Test
    void a_stop_leaves_the_receipt_open_for_the_next_try() {
        deleted(server, Verdict.DELETED);
        server.outcomes.add(new TsdbAdmin.NoAnswer("timed out"));
        pause = duration -> {
            stop.set(true);
            return true;
        };
        run();
        assertThat(book.unfinished("run")).hasSize(1);
        stop.set(false);
        cleaned(server);
        assertThat(run().receipts().getFirst().verdict()).isEqualTo(Verdict.CLEANED);
        assertThat(server.sent).hasSize(1);
    }

    @Test
    void a_server_that_the_job_may_not_change_is_not_compacted() {
        deleted(server, Verdict.DELETED);
        retention = retention.withApply(false);
        assertThat(run()).isEqualTo(TombstoneCompaction.Outcome.NOTHING);
        retention = TestSettings.of(List.of(), true, List.of("monitoring/other"), List.of(), 100);
        assertThat(run()).isEqualTo(TombstoneCompaction.Outcome.NOTHING);
        assertThat(server.sent).isEmpty();
    }

    @Test
    void below_the_gain_floor_blocks_stay_and_that_is_only_noted() {
        settings = CompactionSettings.USUAL;
        deleted(server, Verdict.DELETED);

        TombstoneCompaction.Outcome outcome = run();

        assertThat(server.sent).isEmpty();
        assertThat(outcome.notRun()).isEmpty();
        assertThat(outcome.notes())
                .singleElement()
                .satisfies(note -> assertThat(note).contains("100 samples").contains("minGainPercent is 1"));
    }

    @Test
    void what_many_nights_deleted_adds_up_until_the_floor_is_reached_and_begins_anew_after_a_clean() {
        settings = CompactionSettings.USUAL;
        // A hundredth of 8 MB at 10 bytes a sample are 8000 samples.
        server.own.put("prometheus_tsdb_compaction_chunk_size_bytes_sum", 1000d);
        server.own.put("prometheus_tsdb_compaction_chunk_samples_sum", 100d);
        deleted("night 1", server, Verdict.DELETED, 4000);
        deleted("night 2", server, Verdict.DELETED, 3999);
        assertThat(run().notes()).hasSize(1);
        deleted("night 3", server, Verdict.DELETED, 1);
        server.whenSent = () -> cleaned(server);
        assertThat(run().receipts()).hasSize(1);
        assertThat(run("next").notes()).isEmpty();
        assertThat(server.sent).hasSize(1);
    }

    @Test
    void outside_of_the_window_blocks_stay_and_it_is_said_when_it_opens() {
        settings = new CompactionSettings(0, DailyWindow.parse("01:00-05:00"));
        deleted(server, Verdict.DELETED);
        assertThat(run().notes())
                .singleElement()
                .satisfies(note -> assertThat(note).contains("opens at 01:00 UTC"));
        assertThat(server.sent).isEmpty();
        settings = new CompactionSettings(0, DailyWindow.parse("11:00-13:00"));
        assertThat(run().notes()).isEmpty();
        assertThat(server.sent).hasSize(1);
    }

    @Test
    void what_an_earlier_run_changed_by_mistake_is_not_made_final() {
        deleted("earlier", server, Verdict.CONTROL_CHANGED, 100);
        deleted(server, Verdict.DELETED);
        assertThat(run().notRun().getFirst().reason()).contains("by hand");
        assertThat(server.sent).isEmpty();
    }

    @Test
    void a_clean_that_an_earlier_run_left_is_closed_before_another_is_sent() {
        deleted("earlier", server, Verdict.DELETED, 100);
        server.whenSent = () -> {
            throw new Killed();
        };
        assertThatThrownBy(() -> run("earlier")).isInstanceOf(Killed.class);
        cleaned(server);

        run("later");

        assertThat(server.sent).hasSize(1);
        assertThat(book.receipts("earlier").getLast().verdict()).isEqualTo(Verdict.CLEANED);
        assertThat(book.unfinished()).isEmpty();
    }

    @Test
    void a_compaction_that_failed_during_a_clean_stops_the_next_replica() {
        deleted(server, Verdict.DELETED);
        deleted(second, Verdict.DELETED);
        server.whenSent = () -> {
            cleaned(server);
            server.own.put("prometheus_tsdb_compactions_failed_total", 1d);
        };
        assertThat(run().notRun()).hasSize(1);
        assertThat(second.sent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void beside_a_delete_of_which_nobody_can_say_what_came_of_it_nothing_is_made_final(boolean open) {
        deleted(server, Verdict.DELETED);
        if (open) {
            book.open("earlier", deletion("earlier", server, 100).open());
        } else {
            deleted("earlier", server, Verdict.UNKNOWN, 100);
        }
        assertThat(run().notRun().getFirst().reason()).contains("would become final");
        assertThat(server.sent).isEmpty();
    }

    @Test
    void one_replica_that_does_not_pass_or_is_missing_leaves_all_as_they_are() {
        deleted(server, Verdict.DELETED);
        second.ready = Answer.known(false);
        assertThat(run().notRun())
                .extracting(NotRun::what)
                .singleElement()
                .satisfies(what -> assertThat(what).contains("prometheus-k8s-1"));
        second.ready = Answer.known(true);
        missing = List.of(new NotRun("eu-1", "Prometheus monitoring/k8s", "prometheus-k8s-2 is Pending"));
        assertThat(run().notRun().getFirst().reason()).contains("prometheus-k8s-2 is Pending");
        assertThat(server.sent).isEmpty();
    }

    @Test
    void a_server_is_cleaned_once_a_night_whichever_run_it_was() {
        deleted("first", server, Verdict.DELETED, 100);
        server.whenSent = () -> cleaned(server);
        run("first");
        deleted("second", server, Verdict.DELETED, 100);

        TombstoneCompaction.Outcome again = run("second");

        assertThat(server.sent).hasSize(1);
        assertThat(again.notRun()).isEmpty();
        assertThat(again.notes())
                .singleElement()
                .satisfies(note -> assertThat(note).contains("at most one is sent in 20 hours"));
        now = NOW.plus(Duration.ofHours(21));
        for (RecordedPrometheus each : List.of(server, second)) {
            each.time = Answer.known(now);
            each.own.put("prometheus_tsdb_head_min_time", (double)
                    now.minus(Duration.ofHours(2)).toEpochMilli());
            each.own.put("prometheus_tsdb_head_max_time", (double) now.toEpochMilli());
        }
        assertThat(run("third").notRun()).isEmpty();
        assertThat(server.sent).hasSize(2);
    }

    @Test
    void a_clean_that_a_crash_left_is_waited_for_as_long_as_its_own_run_would_have() {
        deleted(server, Verdict.DELETED);
        server.whenSent = () -> {
            throw new Killed();
        };
        assertThatThrownBy(this::run).isInstanceOf(Killed.class);
        pause = duration -> {
            if (waits.incrementAndGet() == 1000) {
                cleaned(server);
            }
            return true;
        };
        now = NOW.plus(Duration.ofHours(1));
        assertThat(run("later").notRun()).isEmpty();
        assertThat(book.receipts("run").getLast().verdict()).isEqualTo(Verdict.CLEANED);
        assertThat(server.sent).hasSize(1);
    }

    @Test
    void where_the_job_asks_for_snapshots_or_one_was_made_there_has_to_be_room_for_it() {
        deleted(server, Verdict.DELETED);
        server.free = RecordedPrometheus.number(25_000_000);
        retention = retention.withSnapshot(true);
        assertThat(run().notRun().getFirst().reason()).contains("that the snapshot holds on to");
        retention = retention.withSnapshot(false);
        Intent made = Intent.snapshot("run", server.id, NOW, TsdbMeasure.of(server.ownMetrics()));
        book.close(
                book.open("run", made.open()),
                made.closed(NOW, "200", new Proof(Verdict.SNAPSHOT_MADE, "x", -1), TsdbMeasure.UNKNOWN, List.of()));
        assertThat(run().notRun().getFirst().reason()).contains("that the snapshot holds on to");
        assertThat(server.sent).isEmpty();
    }

    @Test
    void what_an_earlier_run_changed_by_mistake_stops_the_replicas_beside_it_too() {
        deleted("earlier", second, Verdict.CONTROL_CHANGED, 100);
        deleted(server, Verdict.DELETED);
        assertThat(run().notRun()).hasSize(1);
        assertThat(server.sent).isEmpty();
    }

    private static void cleaned(RecordedPrometheus server) {
        server.own.put("prometheus_tsdb_tombstone_cleanup_seconds_count", 1d);
        server.own.put("prometheus_tsdb_storage_blocks_bytes", 5_000_000d);
        server.own.put("prometheus_tsdb_blocks_loaded", 20d);
    }

    private void deleted(RecordedPrometheus server, Verdict verdict) {
        deleted("run", server, verdict, 100);
    }

    private void deleted(String run, RecordedPrometheus server, Verdict verdict, long samples) {
        Intent intent = deletion(run, server, samples);
        long number = book.open(run, intent.open());
        book.close(number, intent.closed(NOW, "204", new Proof(verdict, "", 0), TsdbMeasure.UNKNOWN, List.of()));
    }

    private static Intent deletion(String run, RecordedPrometheus server, long samples) {
        RetentionPolicy policy =
                new RetentionPolicy("a_total", Duration.ofDays(30), "", Optional.empty(), Optional.empty());
        PlannedDeletion deletion =
                new PlannedDeletion(policy, "a_total", OLDEST, NOW.minus(Duration.ofDays(30)), 3, List.of());
        return Intent.delete(run, server.id, deletion, NOW, samples, TsdbMeasure.of(server.ownMetrics()));
    }

    private TombstoneCompaction.Outcome run() {
        return run("run");
    }

    private TombstoneCompaction.Outcome run(String id) {
        ReplicaGroup group = new ReplicaGroup("monitoring/k8s", List.of(server.replica(), second.replica()), missing);
        return new TombstoneCompaction(
                        book,
                        Clock.fixed(now, ZoneOffset.UTC),
                        stop::get,
                        Patience.DEFAULT,
                        duration -> pause.sleep(duration))
                .run(id, "eu-1", settings, retention, List.of(group));
    }

    /** A kill -9. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Test
    void an_unknown_own_metric_while_waiting_is_no_end() {
        deleted(server, Verdict.DELETED);
        server.outcomes.add(new TsdbAdmin.NoAnswer("timed out"));
        server.whenSent = () -> server.ownMetricsKnown = false;
        pause = duration -> {
            if (waits.incrementAndGet() == 4) {
                server.ownMetricsKnown = true;
                cleaned(server);
            }
            return true;
        };
        assertThat(run().receipts().getFirst().verdict()).isEqualTo(Verdict.CLEANED);
        assertThat(server.time).isEqualTo(Answer.known(NOW));
    }
}
