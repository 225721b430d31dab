package io.promwarden.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.delivery.DeliveryOutcome;
import io.promwarden.delivery.Dispatch;
import io.promwarden.delivery.RenderedFiles;
import io.promwarden.http.DirectExchange;
import io.promwarden.http.ServerConnection;
import io.promwarden.report.SampleReport;
import io.promwarden.testing.StubServer;
import io.promwarden.testing.StubServer.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebhookDelivererTest {

    @Test
    void a_short_document_is_posted_with_its_key() {
        try (StubServer server = StubServer.start().on("/hook", Reply.of(202, ""))) {
            assertThat(deliver(server.uri())).isEqualTo(new DeliveryOutcome.Accepted("HTTP 202"));

            StubServer.Request request = server.requests().getFirst();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/hook?token=s3cret");
            assertThat(request.headers())
                    .containsEntry("idempotency-key", "<fixed@promwarden>")
                    .containsEntry("content-type", "application/json; charset=utf-8");
            JsonNode document = JsonMapper.builder().build().readTree(request.body());
            assertThat(document.get("state").asString()).isEqualTo("act");
            assertThat(document.get("run").get("slot").asString()).isEqualTo("2026-11-22T02:10:00Z");
            assertThat(document.get("counts").get("error").asInt()).isEqualTo(5);
            assertThat(document.get("findings")).hasSize(12);
            assertThat(document.get("notRun")).hasSize(3);
        }
    }

    @Test
    void a_receiver_that_is_busy_is_asked_again_with_the_same_key() {
        try (StubServer server = StubServer.start()
                .on("/hook", Reply.of(429, "slow down"), Reply.of(503, "starting"), Reply.of(200, "ok"))) {
            assertThat(deliver(server.uri())).isEqualTo(new DeliveryOutcome.Accepted("HTTP 200"));

            assertThat(server.requests())
                    .hasSize(3)
                    .allSatisfy(request ->
                            assertThat(request.headers()).containsEntry("idempotency-key", "<fixed@promwarden>"));
        }
    }

    @Test
    void a_receiver_that_stays_busy_is_left_alone_in_the_end() {
        try (StubServer server = StubServer.start().on("/hook", Reply.of(503, "starting"))) {
            assertThat(deliver(server.uri())).isEqualTo(new DeliveryOutcome.Failed("HTTP 503: starting"));
            assertThat(server.requests()).hasSize(4);
        }
    }

    @Test
    void a_refusal_is_not_repeated() {
        for (int status : List.of(302, 400, 401, 500)) {
            try (StubServer server = StubServer.start().on("/hook", Reply.of(status, "no\033[2J"))) {
                assertThat(deliver(server.uri())).isEqualTo(new DeliveryOutcome.Failed("HTTP " + status + ": no␛[2J"));
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @Test
    void a_gateways_word_for_a_silent_receiver_is_doubt() {
        for (int status : List.of(502, 504)) {
            try (StubServer server = StubServer.start().on("/hook", Reply.of(status, ""))) {
                assertThat(deliver(server.uri())).isEqualTo(new DeliveryOutcome.InDoubt("HTTP " + status));
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @Test
    void an_answer_that_never_comes_is_doubt_and_nothing_is_sent_twice() {
        try (StubServer server =
                StubServer.start().on("/hook", Reply.of(200, "").after(Duration.ofSeconds(30)))) {
            assertThat(deliver(server.uri(), Duration.ofMillis(500))).isInstanceOf(DeliveryOutcome.InDoubt.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void an_answer_that_breaks_off_before_its_status_is_doubt() throws IOException {
        try (ServerSocket closing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var socket = closing.accept()) {
                    // Reads the beginning of the request and goes away.
                    assertThat(socket.getInputStream().read()).isNotNegative();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });

            assertThat(deliver(URI.create("http://127.0.0.1:" + closing.getLocalPort())))
                    .isInstanceOf(DeliveryOutcome.InDoubt.class);
        }
    }

    @Test
    void a_closed_port_is_a_failure_that_does_not_show_the_token() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        DeliveryOutcome outcome = deliver(URI.create("http://127.0.0.1:" + port));

        assertThat(outcome).isInstanceOf(DeliveryOutcome.Failed.class);
        assertThat(outcome.toString()).contains("127.0.0.1").doesNotContain("s3cret");
    }

    private static DeliveryOutcome deliver(URI server) {
        return deliver(server, Duration.ofSeconds(10));
    }

    private static DeliveryOutcome deliver(URI server, Duration timeout) {
        try (DirectExchange exchange = new DirectExchange(ServerConnection.to(server))) {
            return new WebhookDeliverer("hook", exchange, "/hook?token=s3cret", timeout, Duration.ofMillis(1))
                    .deliver(
                            new Dispatch(SampleReport.night().run(), "hook", "<fixed@promwarden>", false),
                            SampleReport.night(),
                            new RenderedFiles(Path.of("/"), List.of()));
        }
    }
}
