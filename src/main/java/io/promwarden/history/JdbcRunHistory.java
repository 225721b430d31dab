package io.promwarden.history;

import io.promwarden.check.CheckResults;
import io.promwarden.report.RunHistory;
import io.promwarden.report.RunId;
import io.promwarden.report.ServerSeen;
import io.promwarden.report.StepResult;
import io.promwarden.report.StoredStep;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs and their results in a database. What is saved joins the transaction of a step that is under way. */
public final class JdbcRunHistory implements RunHistory {

    /** The step whose results are findings. */
    private static final String VALIDATE = "validate";

    /** Below what H2 takes in one binary value. */
    private static final int PART_BYTES = 512 * 1024;

    private final JdbcClient sql;
    private final JdbcTemplate batches;
    private final TransactionTemplate together;
    private final RunRows runs;
    private final FindingRows findings;

    public JdbcRunHistory(DataSource database) {
        sql = JdbcClient.create(database);
        batches = new JdbcTemplate(database);
        together = new TransactionTemplate(new JdbcTransactionManager(database));
        runs = new RunRows(sql);
        findings = new FindingRows(sql, batches);
    }

    @Override
    public void begin(RunId run, String definition, Instant startedAt) {
        together.executeWithoutResult(transaction -> {
            if (runs.number(run).isEmpty()) {
                runs.insert(run, definition, startedAt);
            }
        });
    }

    @Override
    public void save(RunId run, String cluster, String step, Duration took, StepResult result) {
        ResultJson.Stored stored = ResultJson.write(result);
        together.executeWithoutResult(transaction -> {
            long number = runs.begun(run);
            replace(number, cluster, step, took, stored);
            if (step.equals(VALIDATE)) {
                saveFindings(number, run, cluster, result);
            }
        });
    }

    private void saveFindings(long number, RunId run, String cluster, StepResult result) {
        Optional<Long> previous = runs.previousWith(run, cluster, VALIDATE);
        if (result instanceof StepResult.Validated validated) {
            CheckResults results = validated.results();
            findings.replace(number, cluster, run.slot(), previous, results.findings(), NotJudged.of(results));
        } else {
            findings.replace(number, cluster, run.slot(), previous, List.of(), new NotJudged.Everything());
        }
    }

    private void replace(long run, String cluster, String step, Duration took, ResultJson.Stored stored) {
        sql.sql("DELETE FROM promwarden_step WHERE run_number = ? AND cluster = ? AND step = ?")
                .params(run, cluster, step)
                .update();
        sql.sql("""
                        INSERT INTO promwarden_step (run_number, cluster, step, took_nanos, kind, encoding)
                        VALUES (?, ?, ?, ?, ?, ?)""")
                .params(run, cluster, step, took.toNanos(), stored.kind(), stored.encoding())
                .update();
        byte[] body = stored.body();
        for (int part = 0; part * PART_BYTES < body.length; part++) {
            int from = part * PART_BYTES;
            sql.sql("INSERT INTO promwarden_step_part (run_number, cluster, step, part, body) VALUES (?, ?, ?, ?, ?)")
                    .params(
                            run,
                            cluster,
                            step,
                            part,
                            Arrays.copyOfRange(body, from, Math.min(body.length, from + PART_BYTES)))
                    .update();
        }
    }

    @Override
    public List<StoredStep> steps(RunId run) {
        return runs.number(run).map(this::steps).orElse(List.of());
    }

    private List<StoredStep> steps(long run) {
        Map<Key, Parts> steps = new LinkedHashMap<>();
        sql.sql("""
                        SELECT s.cluster, s.step, s.took_nanos, s.kind, s.encoding, p.body
                        FROM promwarden_step s JOIN promwarden_step_part p
                        ON p.run_number = s.run_number AND p.cluster = s.cluster AND p.step = s.step
                        WHERE s.run_number = ? ORDER BY s.cluster, s.step, p.part""").param(run).query(row -> {
            Parts parts = new Parts(
                    Duration.ofNanos(row.getLong("took_nanos")),
                    row.getString("kind"),
                    row.getString("encoding"),
                    new ByteArrayOutputStream());
            Key key = new Key(row.getString("cluster"), row.getString("step"));
            steps.computeIfAbsent(key, first -> parts).body().writeBytes(row.getBytes("body"));
        });
        List<StoredStep> stored = new ArrayList<>();
        steps.forEach((key, parts) -> stored.add(parts.read(key)));
        stored.sort(Comparator.comparing(StoredStep::cluster).thenComparing(StoredStep::step));
        return stored;
    }

    private record Key(String cluster, String step) {}

    private record Parts(Duration took, String kind, String encoding, ByteArrayOutputStream body) {
        StoredStep read(Key key) {
            StepResult result = ResultJson.read(new ResultJson.Stored(kind, encoding, body.toByteArray()));
            return new StoredStep(key.cluster(), key.step(), took, result);
        }
    }

    @Override
    public void saveServers(RunId run, String cluster, List<ServerSeen> servers) {
        together.executeWithoutResult(transaction -> {
            long number = runs.begun(run);
            sql.sql("DELETE FROM promwarden_server WHERE run_number = ? AND cluster = ?")
                    .params(number, cluster)
                    .update();
            List<Object[]> rows = IntStream.range(0, servers.size())
                    .mapToObj(i -> row(number, cluster, i, servers.get(i)))
                    .toList();
            batches.batchUpdate("""
                    INSERT INTO promwarden_server (run_number, cluster, ordinal, kind, name, version, reason)
                    VALUES (?, ?, ?, ?, ?, ?, ?)""", rows);
        });
    }

    private static Object[] row(long run, String cluster, int ordinal, ServerSeen server) {
        return new Object[] {
            run,
            cluster,
            ordinal,
            SqlValue.text(server.kind()),
            SqlValue.text(server.name()),
            SqlValue.text(server.version()),
            SqlValue.text(server.reason())
        };
    }

    @Override
    public List<ServerSeen> servers(RunId run) {
        return sql.sql("""
                        SELECT s.cluster, s.kind, s.name, s.version, s.reason
                        FROM promwarden_server s JOIN promwarden_run r ON r.run_number = s.run_number
                        WHERE r.job = ? AND r.slot = ? AND r.attempt = ? ORDER BY s.cluster, s.ordinal""")
                .params(run.job(), SqlValue.instant(run.slot()), run.attempt())
                .query((row, number) -> new ServerSeen(
                        row.getString("cluster"),
                        row.getString("kind"),
                        row.getString("name"),
                        row.getString("version"),
                        row.getString("reason")))
                .list();
    }

    @Override
    public void finish(RunId run, Instant at, int exitCode) {
        runs.finish(run, at, exitCode);
    }

    @Override
    public Optional<Run> find(RunId run) {
        return runs.find(run);
    }

    @Override
    public List<Run> runs(String job, int limit) {
        return runs.newest(job, limit);
    }

    @Override
    public Optional<Run> previous(RunId run) {
        return runs.previous(run);
    }

    @Override
    public Map<String, Instant> firstSeen(RunId run) {
        return runs.number(run).map(findings::firstSeen).orElse(Map.of());
    }
}
