package io.promwarden.history;

import static io.promwarden.history.StoredThings.CLUSTER;
import static io.promwarden.history.StoredThings.NIGHT;
import static io.promwarden.history.StoredThings.night;
import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.finding.NotRun;
import io.promwarden.observation.Count;
import io.promwarden.observation.DeletedRange;
import io.promwarden.observation.DeletedRange.Effect;
import io.promwarden.observation.DiskUse;
import io.promwarden.observation.LeftSnapshot;
import io.promwarden.observation.RecordedNights;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.StorageNight;
import io.promwarden.report.RunHistory;
import io.promwarden.report.RunId;
import io.promwarden.report.StepResult;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.retention.SnapshotBook.SnapshotMade;
import io.promwarden.storage.StorageHealth;
import io.promwarden.storage.StorageResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What every {@link RecordedNights} over a store gives. */
abstract class RecordedNightsContract extends StoreContract {

    private static final ServerId FIRST = new ServerId(CLUSTER, "monitoring/main", "prometheus-main-0");
    private static final ServerId SECOND = new ServerId(CLUSTER, "monitoring/main", "prometheus-main-1");

    private RecordedNights before(RunId run) {
        return new JdbcRecordedNights(store().dataSource(), run);
    }

    private List<StorageNight> storage(RunId run, ServerId server) {
        return before(run).storage(server).value().orElseThrow();
    }

    private void compacted(RunId run, String cluster, StorageHealth... servers) {
        RunHistory history = new JdbcRunHistory(store().dataSource());
        history.begin(run, "abc", run.slot());
        StorageResult result = new StorageResult(cluster, List.of(servers), List.of(), List.of());
        history.save(run, cluster, "compact", Duration.ofSeconds(1), new StepResult.Compacted(result));
    }

    private static StorageHealth health(ServerId server, Instant at, long series) {
        return new StorageHealth(
                server,
                "2.42.0",
                "15d",
                OptionalLong.of(series),
                Optional.empty(),
                OptionalLong.of(3),
                OptionalLong.of(300),
                OptionalLong.of(30),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.of(2.5),
                Optional.of(at),
                Optional.of(new DiskUse(7, 3, OptionalLong.of(8))),
                List.of(new Count("up", 4)),
                List.of(new Count("job=a", 3)),
                List.of(new Count("job", 2)));
    }

    @Test
    void a_night_comes_back_as_it_was_recorded() {
        compacted(night(0), CLUSTER, health(FIRST, NIGHT.plusSeconds(90), 12));
        reopen();

        assertThat(storage(night(1), FIRST))
                .containsExactly(new StorageNight(
                        NIGHT.plusSeconds(90),
                        OptionalLong.of(12),
                        OptionalLong.of(300),
                        OptionalLong.of(30),
                        Optional.of(new DiskUse(7, 3, OptionalLong.of(8))),
                        OptionalDouble.of(2.5),
                        List.of(new Count("up", 4)),
                        List.of(new Count("job=a", 3)),
                        List.of(new Count("job", 2))));
    }

    @Test
    void each_server_has_its_own_nights_oldest_first() {
        for (int i : List.of(2, 0, 1)) {
            compacted(
                    night(i),
                    CLUSTER,
                    health(FIRST, night(i).slot(), 100 + i),
                    health(SECOND, night(i).slot(), 200 + i));
        }

        assertThat(storage(night(3), FIRST))
                .extracting(StorageNight::headSeries)
                .containsExactly(OptionalLong.of(100), OptionalLong.of(101), OptionalLong.of(102));
        assertThat(storage(night(3), SECOND))
                .extracting(StorageNight::headSeries)
                .containsExactly(OptionalLong.of(200), OptionalLong.of(201), OptionalLong.of(202));
        assertThat(storage(night(3), new ServerId("us-1", "monitoring/main", "prometheus-main-0")))
                .isEmpty();
    }

    @Test
    void the_run_that_asks_and_later_ones_are_no_past_nights() {
        compacted(night(0), CLUSTER, health(FIRST, night(0).slot(), 100));
        compacted(night(1), CLUSTER, health(FIRST, night(1).slot(), 101));
        compacted(night(2), CLUSTER, health(FIRST, night(2).slot(), 102));

        assertThat(storage(night(1), FIRST))
                .extracting(StorageNight::headSeries)
                .containsExactly(OptionalLong.of(100));
    }

    @Test
    void a_day_counts_once_by_its_last_record_whichever_job_made_it() {
        compacted(night(0), CLUSTER, health(FIRST, NIGHT, 100));
        compacted(
                new RunId("retention", NIGHT.plusSeconds(7200), 0),
                CLUSTER,
                health(FIRST, NIGHT.plusSeconds(7200), 90));
        compacted(
                new RunId("other-servers", NIGHT.plusSeconds(9000), 0),
                CLUSTER,
                health(SECOND, NIGHT.plusSeconds(9000), 7));

        assertThat(storage(night(1), FIRST))
                .extracting(StorageNight::headSeries)
                .containsExactly(OptionalLong.of(90));
        assertThat(storage(night(1), SECOND))
                .extracting(StorageNight::headSeries)
                .containsExactly(OptionalLong.of(7));
    }

    @Test
    void two_months_are_given_at_most() {
        for (int i = 0; i < 65; i++) {
            compacted(night(i), CLUSTER, health(FIRST, night(i).slot(), i));
        }

        List<StorageNight> nights = storage(night(65), FIRST);

        assertThat(nights).hasSize(RecordedNights.MOST_NIGHTS);
        assertThat(nights.getFirst().headSeries()).hasValue(5);
        assertThat(nights.getLast().headSeries()).hasValue(64);
    }

    @Test
    void a_night_that_could_not_look_is_no_night() {
        RunHistory history = new JdbcRunHistory(store().dataSource());
        history.begin(night(0), "abc", NIGHT);
        history.save(
                night(0),
                CLUSTER,
                "compact",
                Duration.ZERO,
                new StepResult.NotDone(List.of(new NotRun(CLUSTER, "compact", "no route"))));

        assertThat(storage(night(1), FIRST)).isEmpty();
    }

    /** As version 0.1 wrote it: without an instant, a volume, lists of names, and trends. */
    @Test
    void a_row_of_an_older_version_is_read_and_dated_by_its_run() {
        compacted(night(0), CLUSTER, health(FIRST, NIGHT, 1));
        String old = """
                {"cluster":"eu-1","servers":[{"server":{"cluster":"eu-1","owner":"monitoring/main",\
                "instance":"prometheus-main-0"},"version":"2.42.0","retention":"15d","headSeries":4711,\
                "headMinTime":"2026-11-22T00:00:00Z","blocks":21,"blockBytes":8000000,"walBytes":null,\
                "oldestSample":"2026-11-07T00:00:00Z","compactionsFailed":0,"reloadsFailed":0,"walCorruptions":0,\
                "samplesPerSecond":100.5}],"notRun":[]}""";
        JdbcClient.create(store().dataSource())
                .sql("UPDATE promwarden_step_part SET body = ?")
                .param(old.getBytes(StandardCharsets.UTF_8))
                .update();

        StorageNight read = storage(night(1), FIRST).getFirst();

        assertThat(read.at()).isEqualTo(NIGHT);
        assertThat(read.headSeries()).hasValue(4711);
        assertThat(read.walBytes()).isEmpty();
        assertThat(read.disk()).isEmpty();
        assertThat(read.seriesByMetric()).isEmpty();
        assertThat(new JdbcRunHistory(store().dataSource()).steps(night(0)))
                .extracting(
                        step -> ((StepResult.Compacted) step.result()).result().trends())
                .containsExactly(List.of());
    }

    @Test
    void deletions_say_whether_a_run_cleaned_up_after_them() {
        String run = night(0).text();
        receipt(run, FIRST, "delete_series", "old", NIGHT.minus(Duration.ofDays(90)), Verdict.DELETED);
        receipt(run, FIRST, "delete_series", "{a=\"1\"}", NIGHT, Verdict.DELETED);
        receipt(run, FIRST, "clean_tombstones", "", NIGHT.plusSeconds(60), Verdict.CLEANED);
        receipt(run, FIRST, "delete_series", "{b=\"2\"}", NIGHT.plusSeconds(120), Verdict.PARTLY);
        receipt(run, SECOND, "delete_series", "{c=\"3\"}", NIGHT.plusSeconds(180), Verdict.NO_EFFECT);
        receipt(night(1).text(), FIRST, "delete_series", "{d=\"4\"}", NIGHT.plusSeconds(240), Verdict.DELETED);
        RecordedNights nights = before(night(1));

        assertThat(nights.deletions(FIRST, NIGHT.minus(Duration.ofDays(60)))
                        .value()
                        .orElseThrow())
                .extracting(DeletedRange::selector, DeletedRange::effect, DeletedRange::cleaned)
                .containsExactly(
                        Tuple.tuple("{a=\"1\"}", Effect.ALL, true), Tuple.tuple("{b=\"2\"}", Effect.PART, false));
        assertThat(nights.deletions(SECOND, NIGHT).value().orElseThrow())
                .extracting(DeletedRange::effect)
                .containsExactly(Effect.NOTHING);
        assertThat(nights.deletions(new ServerId(CLUSTER, "other/main", "prometheus-main-0"), NIGHT)
                        .value())
                .contains(List.of());
    }

    private void receipt(String run, ServerId server, String call, String selector, Instant at, Verdict verdict) {
        JdbcReceiptBook book = new JdbcReceiptBook(store().dataSource());
        Receipt receipt = new Receipt(
                server,
                call,
                "",
                selector,
                Optional.of(NIGHT.minus(Duration.ofDays(40))),
                Optional.of(NIGHT.minus(Duration.ofDays(9))),
                at,
                Duration.ofSeconds(1),
                "204",
                verdict,
                "",
                1,
                1,
                0,
                1,
                1,
                1,
                1);
        book.close(book.open(run, receipt), receipt);
    }

    @Test
    void snapshots_that_nobody_has_confirmed_are_given_by_cluster() {
        JdbcSnapshotBook book = new JdbcSnapshotBook(store().dataSource());
        ServerId elsewhere = new ServerId("us-1", "monitoring/main", "prometheus-main-0");
        book.made(new SnapshotMade("nightly/x/0", FIRST, "one", NIGHT));
        book.made(new SnapshotMade("nightly/x/0", FIRST, "two", NIGHT.plusSeconds(1)));
        book.made(new SnapshotMade("nightly/x/0", elsewhere, "three", NIGHT));
        book.confirm(FIRST, "one", NIGHT.plusSeconds(60));

        assertThat(before(night(1)).snapshots(CLUSTER).value().orElseThrow())
                .containsExactly(new LeftSnapshot(FIRST, "two", NIGHT.plusSeconds(1), "nightly/x/0"));
    }
}
