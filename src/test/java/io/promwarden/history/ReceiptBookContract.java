package io.promwarden.history;

import static io.promwarden.history.StoredThings.receipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promwarden.observation.ServerId;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.retention.ReceiptBook;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
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

        assertThat(book().receipts(RUN))
                .containsExactly(receipt(Verdict.DELETED, "all gone").ofRun(RUN));
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
                .containsExactly(
                        receipt(Verdict.NO_EFFECT, "first").ofRun(RUN),
                        receipt(Verdict.PARTLY, "second").ofRun(RUN));
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
    void over_all_runs_receipts_are_found_by_time_by_server_and_as_open() {
        long first = book().open(RUN, receipt(Verdict.UNKNOWN, "first"));
        book().close(first, receipt(Verdict.DELETED, "first"));
        long open = book().open("other/20261122T021000Z/0", receipt(Verdict.UNKNOWN, "open"));
        reopen();

        Receipt one = receipt(Verdict.DELETED, "first").ofRun(RUN);
        Receipt other = receipt(Verdict.UNKNOWN, "open").ofRun("other/20261122T021000Z/0");
        assertThat(book().since(one.sentAt())).containsExactly(one, other);
        assertThat(book().since(one.sentAt().plusSeconds(1))).isEmpty();
        assertThat(book().ofServer(one.server())).containsExactly(one, other);
        assertThat(book().ofServer(new ServerId(
                        one.server().cluster(), "other/owner", one.server().instance())))
                .isEmpty();
        assertThat(book().unfinished()).containsOnlyKeys(open).containsValue(other);
    }

    @Test
    void controls_and_what_the_policy_says_come_back() {
        Receipt whole = receipt(Verdict.DELETED, "x")
                .with("nobody reads it", new Receipt.Controls(List.of(new Receipt.Count("up", 5, 5)), 0, 1));
        book().close(book().open(RUN, whole), whole);
        reopen();
        assertThat(book().receipts(RUN)).containsExactly(whole.ofRun(RUN));
    }

    /** Receipts are kept for good: this row was written by the first version that had any. */
    @Test
    void a_receipt_of_the_first_version_is_still_readable() {
        JdbcClient.create(store().dataSource())
                .sql(
                        "INSERT INTO promwarden_receipt (run, cluster, server, call, selector, sent_at, verdict, closed, receipt)"
                                + " VALUES ('retention/20261101T021000Z/0', 'eu-1', 'k8s-0', 'delete_series', 'a_total',"
                                + " TIMESTAMP WITH TIME ZONE '2026-11-01 02:10:07+00', 'DELETED', TRUE, ?)")
                .param(
                        "{\"server\":{\"cluster\":\"eu-1\",\"owner\":\"monitoring/k8s\",\"instance\":\"k8s-0\"},"
                                + "\"call\":\"delete_series\",\"policy\":\"a_total\",\"selector\":\"a_total\","
                                + "\"start\":\"2026-09-01T00:00:00Z\",\"end\":\"2026-10-01T00:00:00Z\","
                                + "\"sentAt\":\"2026-11-01T02:10:07Z\",\"took\":\"PT1.5S\",\"status\":\"204\",\"verdict\":\"DELETED\","
                                + "\"reason\":\"control: samples of up 6 before, 6 after\",\"seriesBefore\":3,\"samplesBefore\":1000,"
                                + "\"samplesAfter\":0,\"blockBytesBefore\":8000,\"blockBytesAfter\":8000,\"blocksBefore\":4,\"blocksAfter\":4}")
                .update();

        assertThat(book().receipts("retention/20261101T021000Z/0"))
                .singleElement()
                .satisfies(receipt -> {
                    assertThat(receipt.samplesBefore()).isEqualTo(1000);
                    assertThat(receipt.runId()).isEqualTo("retention/20261101T021000Z/0");
                    assertThat(receipt.because()).isEmpty();
                    assertThat(receipt.controls()).isEqualTo(Receipt.Controls.NONE);
                });
    }

    @Test
    void a_receipt_that_is_closed_stays_as_it_is() {
        long number = book().open(RUN, receipt(Verdict.UNKNOWN, ""));
        book().close(number, receipt(Verdict.CONTROL_CHANGED, "first"));
        assertThatThrownBy(() -> book().close(number, receipt(Verdict.DELETED, "second")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(book().receipts(RUN)).extracting(Receipt::verdict).containsExactly(Verdict.CONTROL_CHANGED);
    }

    @Test
    void nothing_is_closed_that_was_never_opened() {
        assertThatThrownBy(() -> book().close(4711, receipt(Verdict.DELETED, "")))
                .isInstanceOf(IllegalStateException.class);
    }
}
