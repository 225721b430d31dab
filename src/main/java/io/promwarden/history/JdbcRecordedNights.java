package io.promwarden.history;

import io.promwarden.answer.Answer;
import io.promwarden.observation.DeletedRange;
import io.promwarden.observation.DeletedRange.Effect;
import io.promwarden.observation.LeftSnapshot;
import io.promwarden.observation.RecordedNights;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.StorageNight;
import io.promwarden.report.RunId;
import io.promwarden.report.StepResult;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.storage.StorageHealth;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the runs before one left in the store. All jobs of a store count: whichever looked at a server, it is the same server, as
 * a cluster has one name in a store.
 */
public final class JdbcRecordedNights implements RecordedNights {

    /** The step whose results are about storage. */
    private static final String COMPACT = "compact";

    /** Runs that are looked through for their nights: a job that runs every hour has this many in two months. */
    private static final int MOST_RUNS = 1500;

    private static final String DELETE = "delete_series";

    private final JdbcClient sql;
    private final JdbcSnapshotBook snapshots;
    private final RunId running;
    private final Map<String, Map<ServerId, List<StorageNight>>> read = new ConcurrentHashMap<>();

    /**
     * The nights before a run.
     *
     * @param running the run that asks; what it left itself, and what later slots did, is no part of it
     */
    public JdbcRecordedNights(DataSource database, RunId running) {
        this.sql = JdbcClient.create(database);
        this.snapshots = new JdbcSnapshotBook(database);
        this.running = running;
    }

    @Override
    public Answer<List<StorageNight>> storage(ServerId server) {
        Map<ServerId, List<StorageNight>> nights = read.computeIfAbsent(server.cluster(), this::read);
        return Answer.known(nights.getOrDefault(server, List.of()));
    }

    private record Night(long run, Instant startedAt) {}

    private Map<ServerId, List<StorageNight>> read(String cluster) {
        Map<ServerId, TreeMap<LocalDate, StorageNight>> byDay = new HashMap<>();
        for (Night night : nights(cluster)) {
            for (StorageHealth health : healths(night.run(), cluster)) {
                StorageNight told = night(health, night.startedAt());
                byDay.computeIfAbsent(health.server(), key -> new TreeMap<>())
                        .merge(
                                LocalDate.ofInstant(told.at(), ZoneOffset.UTC),
                                told,
                                (one, other) -> one.at().isBefore(other.at()) ? other : one);
            }
        }
        Map<ServerId, List<StorageNight>> nights = new HashMap<>();
        byDay.forEach((server, days) -> nights.put(
                server,
                days.values().stream()
                        .skip(Math.max(0, days.size() - MOST_NIGHTS))
                        .toList()));
        return nights;
    }

    /** The newest run of each job and day. */
    private List<Night> nights(String cluster) {
        Map<String, Night> newest = new LinkedHashMap<>();
        Map<String, Integer> ofJob = new HashMap<>();
        sql.sql("""
                        SELECT r.run_number, r.job, r.slot, r.started_at FROM promwarden_step s
                        JOIN promwarden_run r ON r.run_number = s.run_number
                        WHERE s.cluster = ? AND s.step = ? AND s.kind = ? AND r.slot <= ?
                        AND NOT (r.job = ? AND r.slot = ? AND r.attempt = ?)
                        ORDER BY r.slot DESC, r.run_number DESC FETCH FIRST ? ROWS ONLY""")
                .params(
                        cluster,
                        COMPACT,
                        ResultJson.COMPACTED,
                        SqlValue.instant(running.slot()),
                        running.job(),
                        SqlValue.instant(running.slot()),
                        running.attempt(),
                        MOST_RUNS)
                .query(row -> {
                    String job = row.getString("job");
                    String day = job + " " + LocalDate.ofInstant(SqlValue.instant(row, "slot"), ZoneOffset.UTC);
                    if (!newest.containsKey(day) && ofJob.merge(job, 1, Integer::sum) <= MOST_NIGHTS) {
                        newest.put(day, new Night(row.getLong("run_number"), SqlValue.instant(row, "started_at")));
                    }
                });
        return List.copyOf(newest.values());
    }

    private List<StorageHealth> healths(long run, String cluster) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List<String> encoding = sql.sql("""
                        SELECT s.encoding, p.body FROM promwarden_step s JOIN promwarden_step_part p
                        ON p.run_number = s.run_number AND p.cluster = s.cluster AND p.step = s.step
                        WHERE s.run_number = ? AND s.cluster = ? AND s.step = ? ORDER BY p.part""")
                .params(run, cluster, COMPACT)
                .query((row, number) -> {
                    body.writeBytes(row.getBytes("body"));
                    return row.getString("encoding");
                })
                .list();
        StepResult result =
                ResultJson.read(new ResultJson.Stored(ResultJson.COMPACTED, encoding.getFirst(), body.toByteArray()));
        return result instanceof StepResult.Compacted compacted
                ? compacted.result().servers()
                : List.of();
    }

    private static StorageNight night(StorageHealth health, Instant startedAt) {
        return new StorageNight(
                health.at().orElse(startedAt),
                health.headSeries(),
                health.blockBytes(),
                health.walBytes(),
                health.disk(),
                health.samplesPerSecond(),
                health.seriesByMetric(),
                health.seriesByLabelPair(),
                health.valuesByLabel());
    }

    @Override
    public Answer<List<DeletedRange>> deletions(ServerId server, Instant since) {
        List<Receipt> receipts = sql
                .sql("""
                        SELECT receipt FROM promwarden_receipt WHERE sent_at >= ? AND cluster = ? AND server = ? AND run <> ?
                        ORDER BY sent_at, receipt_number""")
                .params(
                        SqlValue.instant(since),
                        SqlValue.text(server.cluster()),
                        SqlValue.text(server.instance()),
                        running.text())
                .query((row, number) -> ResultJson.readReceipt(row.getString("receipt")))
                .list()
                .stream()
                .filter(receipt -> receipt.server().owner().equals(server.owner()))
                .toList();
        List<DeletedRange> deleted = new ArrayList<>();
        for (Receipt receipt : receipts) {
            if (receipt.call().equals(DELETE)) {
                boolean cleaned = receipts.stream()
                        .anyMatch(other -> other.verdict() == Verdict.CLEANED
                                && other.sentAt().isAfter(receipt.sentAt()));
                deleted.add(new DeletedRange(
                        server,
                        receipt.selector(),
                        receipt.start().orElse(Instant.EPOCH),
                        receipt.end().orElse(receipt.sentAt()),
                        receipt.sentAt(),
                        effect(receipt.verdict()),
                        cleaned));
            }
        }
        return Answer.known(deleted);
    }

    private static Effect effect(Verdict verdict) {
        return switch (verdict) {
            case DELETED -> Effect.ALL;
            case PARTLY -> Effect.PART;
            case NO_EFFECT -> Effect.NOTHING;
            case CONTROL_CHANGED -> Effect.MORE;
            case UNKNOWN, CLEANED, SNAPSHOT_MADE -> Effect.UNKNOWN;
        };
    }

    @Override
    public Answer<List<LeftSnapshot>> snapshots(String cluster) {
        return Answer.known(snapshots.left().stream()
                .filter(snapshot -> snapshot.server().cluster().equals(cluster))
                .map(snapshot -> new LeftSnapshot(snapshot.server(), snapshot.name(), snapshot.at(), snapshot.run()))
                .toList());
    }
}
