package io.promwarden.history;

import io.promwarden.report.RunHistory.Run;
import io.promwarden.report.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of runs. A run that came to its end has exit code 0, 1 or 3; any other stopped on its way. */
final class RunRows {

    private static final String COLUMNS =
            "SELECT run_number, job, slot, attempt, definition, started_at, finished_at, exit_code FROM promwarden_run ";

    private final JdbcClient sql;

    RunRows(JdbcClient sql) {
        this.sql = sql;
    }

    Optional<Long> number(RunId run) {
        return sql.sql("SELECT run_number FROM promwarden_run WHERE job = ? AND slot = ? AND attempt = ?")
                .params(run.job(), SqlValue.instant(run.slot()), run.attempt())
                .query(Long.class)
                .optional();
    }

    /** The number of a run that must have begun: anything else is a mistake of the caller. */
    long begun(RunId run) {
        return number(run).orElseThrow(() -> new IllegalStateException("the run " + run.text() + " has not begun"));
    }

    void insert(RunId run, String definition, Instant startedAt) {
        sql.sql("INSERT INTO promwarden_run (job, slot, attempt, definition, started_at) VALUES (?, ?, ?, ?, ?)")
                .params(run.job(), SqlValue.instant(run.slot()), run.attempt(), definition, SqlValue.instant(startedAt))
                .update();
    }

    void finish(RunId run, Instant at, int exitCode) {
        sql.sql("UPDATE promwarden_run SET finished_at = ?, exit_code = ? WHERE run_number = ?")
                .params(SqlValue.instant(at), exitCode, begun(run))
                .update();
    }

    Optional<Run> find(RunId run) {
        return sql.sql(COLUMNS + "WHERE job = ? AND slot = ? AND attempt = ?")
                .params(run.job(), SqlValue.instant(run.slot()), run.attempt())
                .query(RunRows::run)
                .optional();
    }

    List<Run> newest(String job, int limit) {
        return sql.sql(COLUMNS + "WHERE job = ? ORDER BY slot DESC, attempt DESC FETCH FIRST ? ROWS ONLY")
                .params(job, limit)
                .query(RunRows::run)
                .list();
    }

    Optional<Run> previous(RunId run) {
        return sql.sql(COLUMNS + """
                        WHERE job = ? AND slot < ? AND finished_at IS NOT NULL AND exit_code IN (0, 1, 3)
                        ORDER BY slot DESC, attempt DESC FETCH FIRST 1 ROWS ONLY""")
                .params(run.job(), SqlValue.instant(run.slot()))
                .query(RunRows::run)
                .optional();
    }

    /** The run before this one that has results of a step in a cluster: a cluster that was down for a night is skipped. */
    Optional<Long> previousWith(RunId run, String cluster, String step) {
        return sql.sql("""
                        SELECT r.run_number FROM promwarden_run r
                        JOIN promwarden_step s ON s.run_number = r.run_number AND s.cluster = ? AND s.step = ?
                        WHERE r.job = ? AND r.slot < ? AND r.finished_at IS NOT NULL AND r.exit_code IN (0, 1, 3)
                        ORDER BY r.slot DESC, r.attempt DESC FETCH FIRST 1 ROWS ONLY""")
                .params(cluster, step, run.job(), SqlValue.instant(run.slot()))
                .query(Long.class)
                .optional();
    }

    private static Run run(ResultSet row, int number) throws SQLException {
        RunId id = new RunId(row.getString("job"), SqlValue.instant(row, "slot"), row.getInt("attempt"));
        return new Run(
                id,
                row.getString("definition"),
                SqlValue.instant(row, "started_at"),
                SqlValue.find(row, "finished_at"),
                Optional.ofNullable(row.getObject("exit_code", Integer.class)));
    }
}
