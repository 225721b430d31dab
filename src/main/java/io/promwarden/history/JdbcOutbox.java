package io.promwarden.history;

import io.promwarden.delivery.DeliveryOutcome;
import io.promwarden.delivery.Dispatch;
import io.promwarden.delivery.Outbox;
import io.promwarden.report.RunId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Dispatches in a database. Each note is committed at once, outside of any step's transaction: what is about to be sent
 * must be known before it is sent, even if the step is rolled back.
 */
public final class JdbcOutbox implements Outbox {

    private static final String SENDING = "sending";
    private static final String ACCEPTED = "accepted";
    private static final String FAILED = "failed";
    private static final String IN_DOUBT = "in doubt";

    private final JdbcClient sql;
    private final TransactionTemplate atOnce;

    public JdbcOutbox(DataSource database) {
        sql = JdbcClient.create(database);
        atOnce = new TransactionTemplate(new JdbcTransactionManager(database));
        atOnce.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public Optional<Dispatch> begin(RunId run, String channel, String newMessageId) {
        return Objects.requireNonNull(atOnce.execute(transaction -> {
            Optional<Stored> stored = find(run, channel);
            if (stored.isEmpty()) {
                insert(run, channel, newMessageId);
                return Optional.of(new Dispatch(run, channel, newMessageId, false));
            }
            return stored.filter(earlier -> !earlier.state().equals(ACCEPTED))
                    .map(earlier -> again(new Dispatch(run, channel, earlier.messageId(), earlier.maybeAccepted())));
        }));
    }

    @Override
    public void end(Dispatch dispatch, DeliveryOutcome outcome) {
        switch (outcome) {
            case DeliveryOutcome.Accepted accepted -> close(dispatch, ACCEPTED, accepted.detail(), false);
            case DeliveryOutcome.Failed failed -> close(dispatch, FAILED, failed.reason(), false);
            case DeliveryOutcome.InDoubt inDoubt -> close(dispatch, IN_DOUBT, inDoubt.reason(), true);
        }
    }

    @Override
    public List<Sent> sent(RunId run) {
        return sql.sql("SELECT channel, state, detail FROM promwarden_dispatch WHERE run = ? ORDER BY channel")
                .param(run.text())
                .query((row, number) ->
                        new Sent(row.getString("channel"), row.getString("state"), row.getString("detail")))
                .list();
    }

    /**
     * A dispatch of an earlier try.
     *
     * @param possiblyTwice an even earlier try may have been accepted
     */
    private record Stored(String messageId, String state, boolean possiblyTwice) {
        boolean maybeAccepted() {
            return possiblyTwice || state.equals(SENDING) || state.equals(IN_DOUBT);
        }
    }

    private Optional<Stored> find(RunId run, String channel) {
        return sql.sql(
                        "SELECT message_id, state, possibly_twice FROM promwarden_dispatch WHERE run = ? AND channel = ?")
                .params(run.text(), channel)
                .query((row, number) -> new Stored(
                        row.getString("message_id"), row.getString("state"), row.getBoolean("possibly_twice")))
                .optional();
    }

    private void insert(RunId run, String channel, String messageId) {
        sql.sql("""
                        INSERT INTO promwarden_dispatch (run, channel, message_id, state, detail, possibly_twice)
                        VALUES (?, ?, ?, ?, '', FALSE)""").params(run.text(), channel, messageId, SENDING).update();
    }

    private Dispatch again(Dispatch dispatch) {
        sql.sql(
                        "UPDATE promwarden_dispatch SET state = ?, detail = '', possibly_twice = ? WHERE run = ? AND channel = ?")
                .params(SENDING, dispatch.possiblyTwice(), dispatch.run().text(), dispatch.channel())
                .update();
        return dispatch;
    }

    private void close(Dispatch dispatch, String state, String detail, boolean inDoubt) {
        atOnce.executeWithoutResult(transaction -> {
            int rows = sql.sql("""
                            UPDATE promwarden_dispatch SET state = ?, detail = ?, possibly_twice = ?
                            WHERE run = ? AND channel = ?""")
                    .params(
                            state,
                            SqlValue.text(detail),
                            inDoubt || dispatch.possiblyTwice(),
                            dispatch.run().text(),
                            dispatch.channel())
                    .update();
            if (rows != 1) {
                throw new IllegalStateException("a dispatch ends that never began: " + dispatch.channel());
            }
        });
    }
}
