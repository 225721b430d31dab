package io.promwarden.history;

import io.promwarden.retention.Receipt;
import io.promwarden.retention.ReceiptBook;
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

    private final JdbcClient sql;
    private final TransactionTemplate atOnce;

    public JdbcReceiptBook(DataSource database) {
        sql = JdbcClient.create(database);
        atOnce = new TransactionTemplate(new JdbcTransactionManager(database));
        atOnce.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public long open(String runId, Receipt intent) {
        Receipt unknown = unknown(intent);
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
                            WHERE receipt_number = ?""")
                    .params(
                            SqlValue.instant(receipt.sentAt()),
                            receipt.verdict().name(),
                            ResultJson.write(receipt),
                            number)
                    .update();
            if (rows != 1) {
                throw new IllegalStateException("a receipt is closed that was never opened: " + number);
            }
        });
    }

    @Override
    public SequencedMap<Long, Receipt> unfinished(String runId) {
        SequencedMap<Long, Receipt> unfinished = new LinkedHashMap<>();
        sql.sql("SELECT receipt_number, receipt FROM promwarden_receipt"
                        + " WHERE run = ? AND NOT closed ORDER BY receipt_number")
                .param(runId)
                .query(row -> {
                    unfinished.put(row.getLong("receipt_number"), ResultJson.readReceipt(row.getString("receipt")));
                });
        return unfinished;
    }

    @Override
    public List<Receipt> receipts(String runId) {
        return sql.sql("SELECT receipt FROM promwarden_receipt WHERE run = ? ORDER BY receipt_number")
                .param(runId)
                .query((row, number) -> ResultJson.readReceipt(row.getString("receipt")))
                .list();
    }

    private static Receipt unknown(Receipt intent) {
        return new Receipt(
                intent.server(),
                intent.call(),
                intent.policy(),
                intent.selector(),
                intent.start(),
                intent.end(),
                intent.sentAt(),
                intent.took(),
                intent.status(),
                Receipt.Verdict.UNKNOWN,
                intent.reason().isBlank() ? NEVER_CLOSED : intent.reason(),
                intent.seriesBefore(),
                intent.samplesBefore(),
                intent.samplesAfter(),
                intent.blockBytesBefore(),
                intent.blockBytesAfter(),
                intent.blocksBefore(),
                intent.blocksAfter());
    }
}
