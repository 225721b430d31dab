package io.promwarden.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.delivery.DeliveryOutcome.Accepted;
import io.promwarden.delivery.DeliveryOutcome.Failed;
import io.promwarden.delivery.DeliveryOutcome.InDoubt;
import io.promwarden.finding.NotRun;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.SampleReport;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryRunTest {

    private static final RenderedFiles FILES = new RenderedFiles(Path.of("/"), List.of());

    private final MemoryOutbox outbox = new MemoryOutbox();
    private final GovernanceReport report = SampleReport.night();
    private int ids;

    @Test
    void a_channel_that_fails_does_not_keep_the_others_from_theirs() {
        Channel broken = new Channel("mail", new Failed("550 no such user"));
        Channel hook = new Channel("hook", new Accepted("HTTP 200"));

        DeliveryRun.Delivered delivered = run(broken, hook);

        assertThat(hook.dispatches).hasSize(1);
        assertThat(delivered.undelivered()).containsExactly(new NotRun("", "delivery mail", "550 no such user"));
        assertThat(outbox.sent(report.run()))
                .extracting(Outbox.Sent::channel, Outbox.Sent::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("mail", "failed"),
                        org.assertj.core.groups.Tuple.tuple("hook", "accepted"));
    }

    @Test
    void a_rerun_sends_nothing_to_a_channel_that_accepted() {
        Channel mail = new Channel("mail", new Accepted("yes"), new Accepted("again"));
        Channel hook = new Channel("hook", new Failed("no"), new Accepted("yes"));
        run(mail, hook);

        DeliveryRun.Delivered second = run(mail, hook);

        assertThat(mail.dispatches).hasSize(1);
        assertThat(hook.dispatches).hasSize(2);
        assertThat(second.undelivered()).isEmpty();
    }

    @Test
    void every_try_of_a_dispatch_has_the_same_message_id() {
        Channel hook = new Channel("hook", new Failed("no"), new Accepted("yes"));
        run(hook);
        run(hook);

        assertThat(hook.dispatches).extracting(Dispatch::messageId).containsExactly("<1@promwarden>", "<1@promwarden>");
    }

    @Test
    void what_never_heard_back_is_undelivered_and_its_repetition_is_marked() {
        Channel hook = new Channel("hook", new InDoubt("connection reset"), new Accepted("yes"));

        DeliveryRun.Delivered first = run(hook);
        run(hook);

        assertThat(first.undelivered())
                .containsExactly(new NotRun("", "delivery hook", "nobody knows whether it arrived: connection reset"));
        assertThat(hook.dispatches).extracting(Dispatch::possiblyTwice).containsExactly(false, true);
    }

    @Test
    void a_dispatch_is_stored_before_it_is_sent() {
        List<String> states = new ArrayList<>();
        Deliverer looksIntoTheOutbox = new Deliverer() {
            @Override
            public String channel() {
                return "mail";
            }

            @Override
            public DeliveryOutcome deliver(Dispatch dispatch, GovernanceReport what, RenderedFiles files) {
                outbox.sent(dispatch.run()).forEach(sent -> states.add(sent.state()));
                return new Accepted("yes");
            }
        };

        new DeliveryRun(outbox, List.of(looksIntoTheOutbox), () -> "<id@promwarden>").deliver(report, FILES);

        assertThat(states).containsExactly("sending");
    }

    private DeliveryRun.Delivered run(Deliverer... channels) {
        return new DeliveryRun(outbox, List.of(channels), () -> "<" + ++ids + "@promwarden>").deliver(report, FILES);
    }

    /** A channel that gives these outcomes in turn. */
    private static final class Channel implements Deliverer {
        private final String name;
        private final Deque<DeliveryOutcome> outcomes;
        private final List<Dispatch> dispatches = new ArrayList<>();

        Channel(String name, DeliveryOutcome... outcomes) {
            this.name = name;
            this.outcomes = new ArrayDeque<>(List.of(outcomes));
        }

        @Override
        public String channel() {
            return name;
        }

        @Override
        public DeliveryOutcome deliver(Dispatch dispatch, GovernanceReport what, RenderedFiles files) {
            dispatches.add(dispatch);
            return outcomes.removeFirst();
        }
    }
}
