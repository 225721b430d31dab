package io.promwarden.history;

import static io.promwarden.history.StoredThings.receipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promwarden.retention.Receipt;
import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.retention.ReceiptBook;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What every {@link ReceiptBook} does. */
abstract class ReceiptBookContract extends StoreContract {

    private static final String RUN = StoredThings.night(0).text();

    private ReceiptBook book() {
        return new JdbcReceiptBook(store().dataSource());
    }

    @Test
    void a_closed_receipt_replaces_its_intent() {
        long number = book().open(RUN, receipt(Verdict.UNKNOWN, ""));
        book().close(number, receipt(Verdict.DELETED, "all gone"));
        reopen();

        assertThat(book().receipts(RUN)).containsExactly(receipt(Verdict.DELETED, "all gone"));
        assertThat(book().unfinished(RUN)).isEmpty();
    }

    @Test
    void an_intent_that_was_never_closed_is_unknown_whatever_it_hoped_for() {
        long number = book().open(RUN, receipt(Verdict.DELETED, ""));
        reopen();

        Receipt left = book().receipts(RUN).getFirst();
        assertThat(left.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(left.reason()).isNotBlank();
        assertThat(left.selector()).isEqualTo(receipt(Verdict.UNKNOWN, "").selector());
        assertThat(book().unfinished(RUN)).containsOnlyKeys(number).containsValue(left);
    }

    @Test
    void receipts_come_in_the_order_of_their_calls_and_by_run() {
        long first = book().open(RUN, receipt(Verdict.UNKNOWN, "first"));
        long second = book().open(RUN, receipt(Verdict.UNKNOWN, "second"));
        book().open("other/20261122T021000Z/0", receipt(Verdict.UNKNOWN, "elsewhere"));
        book().close(second, receipt(Verdict.PARTLY, "second"));
        book().close(first, receipt(Verdict.NO_EFFECT, "first"));

        assertThat(book().receipts(RUN))
                .containsExactly(receipt(Verdict.NO_EFFECT, "first"), receipt(Verdict.PARTLY, "second"));
    }

    @Test
    void an_intent_is_on_record_even_if_the_step_around_it_is_rolled_back() {
        new TransactionTemplate(new JdbcTransactionManager(store().dataSource())).executeWithoutResult(step -> {
            book().open(RUN, receipt(Verdict.UNKNOWN, ""));
            step.setRollbackOnly();
        });

        assertThat(book().unfinished(RUN)).hasSize(1);
    }

    @Test
    void nothing_is_closed_that_was_never_opened() {
        assertThatThrownBy(() -> book().close(4711, receipt(Verdict.DELETED, "")))
                .isInstanceOf(IllegalStateException.class);
    }
}
