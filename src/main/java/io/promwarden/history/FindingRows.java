package io.promwarden.history;

import io.promwarden.finding.Finding;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of findings. Each row says since which slot its finding stands, taken over from the run before when it is
 * written; so the age of a finding costs one run's rows, however long the history is.
 */
final class FindingRows {

    private static final int BATCH = 1000;

    private final JdbcClient sql;
    private final JdbcTemplate batches;

    FindingRows(JdbcClient sql, JdbcTemplate batches) {
        this.sql = sql;
        this.batches = batches;
    }

    /**
     * Replaces a cluster's rows of one run.
     *
     * @param slot the run's
     * @param previous the run to take ages over from
     * @param notJudged the checks of which an earlier finding still stands, though it is not found now
     */
    void replace(
            long run,
            String cluster,
            Instant slot,
            Optional<Long> previous,
            List<Finding> findings,
            NotJudged notJudged) {
        sql.sql("DELETE FROM promwarden_finding WHERE run_number = ? AND cluster = ?")
                .params(run, cluster)
                .update();
        Map<String, OffsetDateTime> standing =
                previous.map(before -> standing(before, cluster)).orElse(Map.of());
        insert(run, cluster, SqlValue.instant(slot), standing, findings);
        previous.ifPresent(before -> carryOver(run, before, cluster, notJudged));
    }

    Map<String, Instant> firstSeen(long run) {
        Map<String, Instant> firstSeen = new HashMap<>();
        sql.sql("SELECT finding_id, first_seen FROM promwarden_finding WHERE run_number = ? AND seen")
                .param(run)
                .query(row -> {
                    firstSeen.put(row.getString("finding_id"), SqlValue.instant(row, "first_seen"));
                });
        return firstSeen;
    }

    private Map<String, OffsetDateTime> standing(long run, String cluster) {
        Map<String, OffsetDateTime> standing = new HashMap<>();
        sql.sql("SELECT finding_id, first_seen FROM promwarden_finding WHERE run_number = ? AND cluster = ?")
                .params(run, cluster)
                .query(row -> {
                    standing.put(row.getString("finding_id"), row.getObject("first_seen", OffsetDateTime.class));
                });
        return standing;
    }

    private void insert(
            long run,
            String cluster,
            OffsetDateTime slot,
            Map<String, OffsetDateTime> standing,
            List<Finding> findings) {
        Map<String, Finding> byId = new LinkedHashMap<>();
        findings.forEach(finding -> byId.putIfAbsent(finding.id(), finding));
        batches.batchUpdate("""
                INSERT INTO promwarden_finding
                (run_number, cluster, finding_id, check_id, severity, subject, aspect, message, first_seen, seen)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, TRUE)""", byId.entrySet(), BATCH, (row, entry) -> {
            Finding finding = entry.getValue();
            row.setLong(1, run);
            row.setString(2, cluster);
            row.setString(3, entry.getKey());
            row.setString(4, finding.check().toString());
            row.setString(5, finding.severity().word());
            row.setString(6, SqlValue.text(finding.subject().text()));
            row.setString(7, SqlValue.text(finding.aspect()));
            row.setString(8, SqlValue.text(finding.message()));
            row.setObject(9, standing.getOrDefault(entry.getKey(), slot));
        });
    }

    /** What stood before and could not be judged now still stands: could-not-look is no break. */
    private void carryOver(long run, long previous, String cluster, NotJudged notJudged) {
        switch (notJudged) {
            case NotJudged.Nothing nothing -> {}
            case NotJudged.Everything everything -> carryOver(run, previous, cluster, "", List.of());
            case NotJudged.Checks checks ->
                carryOver(run, previous, cluster, " AND p.check_id IN (:checks)", checks.ids());
        }
    }

    private void carryOver(long run, long previous, String cluster, String which, List<String> checks) {
        JdbcClient.StatementSpec insert = sql.sql("""
                        INSERT INTO promwarden_finding
                        (run_number, cluster, finding_id, check_id, severity, subject, aspect, message, first_seen, seen)
                        SELECT :run, p.cluster, p.finding_id, p.check_id, p.severity, p.subject, p.aspect, p.message,
                               p.first_seen, FALSE
                        FROM promwarden_finding p
                        WHERE p.run_number = :previous AND p.cluster = :cluster
                        AND NOT EXISTS (SELECT 1 FROM promwarden_finding n
                            WHERE n.run_number = :run AND n.cluster = p.cluster AND n.finding_id = p.finding_id)
                        """ + which)
                .param("run", run)
                .param("previous", previous)
                .param("cluster", cluster);
        (checks.isEmpty() ? insert : insert.param("checks", checks)).update();
    }
}
