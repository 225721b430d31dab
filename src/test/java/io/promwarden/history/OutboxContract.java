package io.promwarden.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promwarden.delivery.DeliveryOutcome;
import io.promwarden.delivery.Dispatch;
import io.promwarden.delivery.Outbox;
import io.promwarden.delivery.Outbox.Sent;
import io.promwarden.report.RunId;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What every {@link Outbox} does. */
abstract class OutboxContract extends StoreContract {

    private static final RunId RUN = StoredThings.night(0);

    private Outbox outbox() {
        return new JdbcOutbox(store().dataSource());
    }

    @Test
    void a_channel_that_accepted_the_report_gets_it_no_second_time() {
        Dispatch first = outbox().begin(RUN, "ops", "<1@promwarden>").orElseThrow();
        outbox().end(first, new DeliveryOutcome.Accepted("mail to 2 addresses"));
        reopen();

        assertThat(first).isEqualTo(new Dispatch(RUN, "ops", "<1@promwarden>", false));
        assertThat(outbox().begin(RUN, "ops", "<2@promwarden>")).isEmpty();
        assertThat(outbox().sent(RUN)).containsExactly(new Sent("ops", "accepted", "mail to 2 addresses"));
    }

    @Test
    void a_crash_while_sending_sends_the_same_message_again_and_says_so() {
        outbox().begin(RUN, "ops", "<1@promwarden>");
        reopen();

        assertThat(outbox().sent(RUN)).containsExactly(new Sent("ops", "sending", ""));
        assertThat(outbox().begin(RUN, "ops", "<2@promwarden>"))
                .contains(new Dispatch(RUN, "ops", "<1@promwarden>", true));
    }

    @Test
    void a_refused_message_is_tried_again_under_its_id_and_is_no_repetition() {
        Dispatch first = outbox().begin(RUN, "ops", "<1@promwarden>").orElseThrow();
        outbox().end(first, new DeliveryOutcome.Failed("550 no such user"));

        assertThat(outbox().sent(RUN)).containsExactly(new Sent("ops", "failed", "550 no such user"));
        assertThat(outbox().begin(RUN, "ops", "<2@promwarden>"))
                .contains(new Dispatch(RUN, "ops", "<1@promwarden>", false));
        assertThat(outbox().sent(RUN)).containsExactly(new Sent("ops", "sending", ""));
    }

    @Test
    void doubt_about_a_message_is_never_forgotten() {
        Dispatch first = outbox().begin(RUN, "ops", "<1@promwarden>").orElseThrow();
        outbox().end(first, new DeliveryOutcome.InDoubt("cut after DATA"));
        assertThat(outbox().sent(RUN)).containsExactly(new Sent("ops", "in doubt", "cut after DATA"));

        Dispatch second = outbox().begin(RUN, "ops", "<2@promwarden>").orElseThrow();
        outbox().end(second, new DeliveryOutcome.Failed("refused"));

        assertThat(second).isEqualTo(new Dispatch(RUN, "ops", "<1@promwarden>", true));
        assertThat(outbox().begin(RUN, "ops", "<3@promwarden>")).contains(second);
    }

    @Test
    void channels_and_runs_know_nothing_of_one_another() {
        RunId again = new RunId(RUN.job(), RUN.slot(), 1);
        outbox().end(outbox().begin(RUN, "ops", "<1@x>").orElseThrow(), new DeliveryOutcome.Accepted("yes"));

        assertThat(outbox().begin(RUN, "hook", "<2@x>")).contains(new Dispatch(RUN, "hook", "<2@x>", false));
        assertThat(outbox().begin(again, "ops", "<3@x>")).contains(new Dispatch(again, "ops", "<3@x>", false));
        assertThat(outbox().sent(RUN)).extracting(Sent::channel).containsExactly("hook", "ops");
    }

    @Test
    void a_dispatch_is_on_record_even_if_the_step_around_it_is_rolled_back() {
        new TransactionTemplate(new JdbcTransactionManager(store().dataSource())).executeWithoutResult(step -> {
            outbox().begin(RUN, "ops", "<1@promwarden>");
            step.setRollbackOnly();
        });

        assertThat(outbox().sent(RUN)).extracting(Sent::state).containsExactly("sending");
    }

    @Test
    void a_hostile_reason_is_stored_as_text() {
        Dispatch first = outbox().begin(RUN, "ops", "<1@promwarden>").orElseThrow();
        outbox().end(first, new DeliveryOutcome.Failed(StoredThings.HOSTILE.repeat(1000)));

        assertThat(outbox().sent(RUN).getFirst().detail())
                .isEqualTo(StoredThings.HOSTILE.repeat(1000).replace('\0', '\ufffd'));
    }

    @Test
    void nothing_ends_that_never_began() {
        Dispatch unknown = new Dispatch(RUN, "nobody", "<1@promwarden>", false);

        assertThatThrownBy(() -> outbox().end(unknown, new DeliveryOutcome.Accepted("yes")))
                .isInstanceOf(IllegalStateException.class);
    }
}
