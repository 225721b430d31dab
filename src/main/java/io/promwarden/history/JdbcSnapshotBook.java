package io.promwarden.history;

import io.promwarden.observation.ServerId;
import io.promwarden.retention.SnapshotBook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Snapshots in a database. Each is committed at once: it is on the server's disk, whatever becomes of the step. */
public final class JdbcSnapshotBook implements SnapshotBook {

    private static final String OF_SERVER =
            " WHERE cluster = ? AND owner = ? AND server = ? AND name = ? AND gone_at IS NULL";

    private final JdbcClient sql;
    private final TransactionTemplate atOnce;

    public JdbcSnapshotBook(DataSource database) {
        sql = JdbcClient.create(database);
        atOnce = new TransactionTemplate(new JdbcTransactionManager(database));
        atOnce.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public void made(SnapshotMade snapshot) {
        ServerId server = snapshot.server();
        atOnce.executeWithoutResult(transaction -> {
            if (!noted(server, snapshot.name())) {
                sql.sql("INSERT INTO promwarden_snapshot (run, cluster, owner, server, name, made_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?)")
                        .params(
                                snapshot.run(),
                                SqlValue.text(server.cluster()),
                                SqlValue.text(server.owner()),
                                SqlValue.text(server.instance()),
                                SqlValue.text(snapshot.name()),
                                SqlValue.instant(snapshot.at()))
                        .update();
            }
        });
    }

    private boolean noted(ServerId server, String name) {
        return sql.sql("SELECT count(*) FROM promwarden_snapshot" + OF_SERVER)
                        .params(ofServer(server, name))
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Override
    public List<SnapshotMade> left() {
        return sql.sql("SELECT run, cluster, owner, server, name, made_at FROM promwarden_snapshot"
                        + " WHERE gone_at IS NULL ORDER BY made_at, snapshot_number")
                .query(JdbcSnapshotBook::snapshot)
                .list();
    }

    @Override
    public boolean confirm(ServerId server, String name, Instant at) {
        return Objects.requireNonNull(
                atOnce.execute(transaction -> sql.sql("UPDATE promwarden_snapshot SET gone_at = ?" + OF_SERVER)
                                .param(SqlValue.instant(at))
                                .params(ofServer(server, name))
                                .update()
                        > 0));
    }

    private static List<Object> ofServer(ServerId server, String name) {
        return List.of(
                SqlValue.text(server.cluster()),
                SqlValue.text(server.owner()),
                SqlValue.text(server.instance()),
                SqlValue.text(name));
    }

    private static SnapshotMade snapshot(ResultSet row, int number) throws SQLException {
        ServerId server = new ServerId(row.getString("cluster"), row.getString("owner"), row.getString("server"));
        return new SnapshotMade(row.getString("run"), server, row.getString("name"), SqlValue.instant(row, "made_at"));
    }
}
