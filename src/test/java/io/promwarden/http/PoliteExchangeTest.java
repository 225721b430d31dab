package io.promwarden.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpAnswer.Unanswered;
import io.promwarden.testing.StubServer;
import io.promwarden.testing.StubServer.Reply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PoliteExchangeTest {

    private static final HttpQuestion READ = HttpQuestion.get("/x", Duration.ofSeconds(20));
    private static final HttpQuestion CHANGE = HttpQuestion.once("/x", Duration.ofSeconds(20));
    private static final Received OK = status(200);
    private static final Unanswered RESET = new Unanswered("the connection broke", true, true);

    private final FakeTime time = new FakeTime();

    @Test
    void what_passes_is_asked_again_with_growing_pauses() {
        Script script = new Script(status(503), status(502), RESET, OK);

        assertThat(polite(script).ask(READ)).isEqualTo(OK);

        assertThat(script.asked).isEqualTo(4);
        assertThat(time.pauses).hasSize(3);
        assertThat(time.pauses.get(0)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
        assertThat(time.pauses.get(1)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(time.pauses.get(2)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void tries_are_bounded_and_counted() {
        Script script = new Script(RESET);

        assertThat(polite(script).ask(READ)).isEqualTo(new Unanswered("the connection broke (4 tries)", true, true));
        assertThat(script.asked).isEqualTo(4);
    }

    @Test
    void a_call_that_changes_something_is_sent_once() {
        for (HttpAnswer failure : List.of(RESET, status(503), status(429))) {
            Script script = new Script(failure, OK);
            assertThat(polite(script).ask(CHANGE)).isEqualTo(failure);
            assertThat(script.asked).isEqualTo(1);
        }
    }

    @Test
    void neither_500_nor_a_time_out_nor_a_no_is_repeated() {
        for (HttpAnswer last : List.of(
                status(500), status(400), status(401), status(404), status(422), new Unanswered("too late", true))) {
            Script script = new Script(last, OK);
            assertThat(polite(script).ask(READ)).isEqualTo(last);
            assertThat(script.asked).isEqualTo(1);
        }
    }

    @Test
    void a_server_that_asks_for_patience_gets_it_within_bounds() {
        Script patient = new Script(wait(Duration.ofSeconds(9)), OK);
        assertThat(polite(patient).ask(READ)).isEqualTo(OK);
        assertThat(time.pauses).containsExactly(Duration.ofSeconds(9));

        Script endless = new Script(wait(Duration.ofHours(1)), OK);
        assertThat(polite(endless).ask(READ))
                .isInstanceOfSatisfying(
                        Received.class, answer -> assertThat(answer.status()).isEqualTo(429));
        assertThat(endless.asked).isEqualTo(1);
    }

    @Test
    void an_interrupt_ends_the_waiting() {
        Script script = new Script(RESET);
        time.interruptSleep = true;

        assertThat(polite(script).ask(READ))
                .isEqualTo(new Unanswered("interrupted before the question was asked", false));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(script.asked).isEqualTo(1);
    }

    @Test
    void requests_of_one_server_are_spaced_evenly_whoever_asks() {
        ServerLimit shared = new ServerLimit(4, 20, time);
        Script script = new Script(OK);
        PoliteExchange one = new PoliteExchange(script, shared, RetryPolicy.NEVER, time);
        PoliteExchange other = new PoliteExchange(script, shared, RetryPolicy.NEVER, time);

        for (int i = 0; i < 50; i++) {
            one.ask(READ);
            other.ask(READ);
        }

        assertThat(Duration.ofNanos(time.now)).isEqualTo(Duration.ofMillis(99 * 50));
    }

    @Test
    void no_more_requests_are_in_flight_than_the_limit_allows() throws Exception {
        try (StubServer server = StubServer.start().on("/x", Reply.json("{}").after(Duration.ofMillis(100)));
                DirectExchange direct = new DirectExchange(ServerConnection.to(server.uri()));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            PoliteExchange polite = new PoliteExchange(direct, new ServerLimit(3, 1000), RetryPolicy.NEVER);
            List<java.util.concurrent.Future<HttpAnswer>> answers = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                answers.add(threads.submit(() -> polite.ask(READ)));
            }
            for (var answer : answers) {
                assertThat(answer.get()).isInstanceOf(Received.class);
            }
            assertThat(server.mostAtOnce()).isBetween(2, 3);
        }
    }

    private PoliteExchange polite(Exchange exchange) {
        time.pauses.clear();
        return new PoliteExchange(exchange, new ServerLimit(4, 1_000_000_000, time), RetryPolicy.DEFAULT, time);
    }

    private static Received status(int status) {
        return new Received(status, "", new byte[0]);
    }

    private static Received wait(Duration wanted) {
        return new Received(429, "", new byte[0], Optional.of(wanted));
    }

    /** Gives answers in turn, the last one again and again. */
    private static final class Script implements Exchange {
        private final Deque<HttpAnswer> answers;
        private int asked;

        Script(HttpAnswer... answers) {
            this.answers = new ArrayDeque<>(Arrays.asList(answers));
        }

        @Override
        public HttpAnswer ask(HttpQuestion question) {
            asked++;
            HttpAnswer next = answers.size() > 1 ? answers.removeFirst() : answers.peekFirst();
            return java.util.Objects.requireNonNull(next);
        }
    }

    /** Time that passes by sleeping alone. */
    private static final class FakeTime implements Pause {
        private final List<Duration> pauses = new ArrayList<>();
        private long now;
        private boolean interruptSleep;

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            if (interruptSleep) {
                throw new InterruptedException();
            }
            pauses.add(duration);
            now += duration.toNanos();
        }

        @Override
        public long nanoTime() {
            return now;
        }
    }
}
