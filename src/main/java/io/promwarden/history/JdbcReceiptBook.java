package io.promwarden.history;

import io.promwarden.observation.ServerId;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.ReceiptBook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Receipts in a database. Each is committed at once, so that a call that was under way when the run died is known. */
public final class JdbcReceiptBook implements ReceiptBook {

    private static final String NEVER_CLOSED = "the run ended before the call's outcome was known";

    private static final String SELECT = "SELECT receipt_number, run, receipt FROM promwarden_receipt";

    private final JdbcClient sql;
    private final TransactionTemplate atOnce;

    public JdbcReceiptBook(DataSource database) {
        sql = JdbcClient.create(database);
        atOnce = new TransactionTemplate(new JdbcTransactionManager(database));
        atOnce.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public long open(String runId, Receipt intent) {
        Receipt unknown = intent.notClosed(NEVER_CLOSED);
        return Objects.requireNonNull(atOnce.execute(transaction -> {
            GeneratedKeyHolder number = new GeneratedKeyHolder();
            sql.sql("""
                            INSERT INTO promwarden_receipt
                            (run, cluster, server, call, selector, sent_at, verdict, closed, receipt)
                            VALUES (?, ?, ?, ?, ?, ?, ?, FALSE, ?)""")
                    .params(
                            runId,
                            SqlValue.text(intent.server().cluster()),
                            SqlValue.text(intent.server().instance()),
                            intent.call(),
                            SqlValue.text(intent.selector()),
                            SqlValue.instant(intent.sentAt()),
                            unknown.verdict().name(),
                            ResultJson.write(unknown))
                    .update(number, "receipt_number");
            return Objects.requireNonNull(number.getKey(), "the receipt's number")
                    .longValue();
        }));
    }

    @Override
    public void close(long number, Receipt receipt) {
        atOnce.executeWithoutResult(transaction -> {
            int rows = sql.sql("""
                            UPDATE promwarden_receipt SET sent_at = ?, verdict = ?, closed = TRUE, receipt = ?
                            WHERE receipt_number = ? AND NOT closed""")
                    .params(
                            SqlValue.instant(receipt.sentAt()),
                            receipt.verdict().name(),
                            ResultJson.write(receipt),
                            number)
                    .update();
            if (rows != 1) {
                throw new IllegalStateException("a receipt is closed that is not open: " + number);
            }
        });
    }

    @Override
    public SequencedMap<Long, Receipt> unfinished(String runId) {
        return numbered(sql.sql(SELECT + " WHERE run = ? AND NOT closed ORDER BY receipt_number")
                .param(runId));
    }

    @Override
    public SequencedMap<Long, Receipt> unfinished() {
        return numbered(sql.sql(SELECT + " WHERE NOT closed ORDER BY receipt_number"));
    }

    @Override
    public List<Receipt> receipts(String runId) {
        return listed(sql.sql(SELECT + " WHERE run = ? ORDER BY receipt_number").param(runId));
    }

    @Override
    public List<Receipt> since(Instant from) {
        return listed(sql.sql(SELECT + " WHERE sent_at >= ? ORDER BY sent_at, receipt_number")
                .param(SqlValue.instant(from)));
    }

    @Override
    public List<Receipt> ofServer(ServerId server) {
        return listed(sql.sql(SELECT + " WHERE cluster = ? AND server = ? ORDER BY receipt_number")
                        .params(SqlValue.text(server.cluster()), SqlValue.text(server.instance())))
                .stream()
                .filter(receipt -> receipt.server().equals(server))
                .toList();
    }

    private static SequencedMap<Long, Receipt> numbered(JdbcClient.StatementSpec statement) {
        SequencedMap<Long, Receipt> receipts = new LinkedHashMap<>();
        statement.query(row -> {
            receipts.put(row.getLong("receipt_number"), receipt(row));
        });
        return receipts;
    }

    private static List<Receipt> listed(JdbcClient.StatementSpec statement) {
        return statement.query((row, number) -> receipt(row)).list();
    }

    /** What older versions wrote does not say of which run it is; its row does. */
    private static Receipt receipt(ResultSet row) throws SQLException {
        return ResultJson.readReceipt(row.getString("receipt")).ofRun(row.getString("run"));
    }
}
