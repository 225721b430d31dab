package io.promwarden.selfmetrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.http.Authorization;
import io.promwarden.http.DirectExchange;
import io.promwarden.http.ServerConnection;
import io.promwarden.testing.RealServers;
import io.promwarden.testing.StubServer;
import io.promwarden.testing.StubServer.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a Pushgateway can fail. */
class PushgatewayMetricsTest {

    private static final String GROUP = "/metrics/job/promwarden/promwarden_job/nightly";

    @Test
    void metrics_are_posted_with_credentials_as_text() {
        try (StubServer gateway = StubServer.start().on(GROUP, Reply.of(200, ""));
                DirectExchange exchange = new DirectExchange(
                        ServerConnection.to(gateway.uri()).with(Authorization.bearer(() -> "s3cr3t")))) {
            assertThat(metrics(exchange).publish(Reports.full(), 0).value()).contains("Pushgateway " + GROUP);

            StubServer.Request request = gateway.requests().getFirst();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.headers())
                    .containsEntry("authorization", "Bearer s3cr3t")
                    .containsEntry("content-type", "text/plain; version=0.0.4; charset=utf-8");
            assertThat(request.body()).contains("promwarden_last_success_timestamp_seconds{");
        }
    }

    @Test
    void a_refusal_is_told_with_its_status_and_its_words() {
        assertThat(answered(Reply.of(401, "Unauthorized")))
                .hasValueSatisfying(why ->
                        assertThat(why).contains("401").contains("credentials").contains("Unauthorized"));
        assertThat(answered(Reply.of(400, "pushed metrics are invalid or inconsistent with existing metrics\nmore")))
                .hasValueSatisfying(why ->
                        assertThat(why).contains("400").contains("inconsistent").doesNotContain("more"));
        assertThat(answered(Reply.of(500, "<html>oops</html>")))
                .hasValueSatisfying(why -> assertThat(why).contains("500").doesNotContain("html"));
    }

    @Test
    void a_redirect_is_told_and_not_followed() {
        try (StubServer elsewhere = StubServer.start().on(GROUP, Reply.of(200, ""))) {
            assertThat(answered(Reply.of(307, "").header("Location", elsewhere.uri() + GROUP)))
                    .hasValueSatisfying(why -> assertThat(why).contains("307"));
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void a_gateway_that_hangs_holds_nobody_up_for_long() {
        assertThat(answered(Reply.of(200, "").after(Duration.ofMinutes(1))))
                .hasValueSatisfying(why -> assertThat(why).contains("did not take the metrics"));
    }

    @Test
    void a_gateway_that_is_not_there_is_told() {
        URI nowhere = URI.create("http://127.0.0.1:" + RealServers.freePort());
        try (DirectExchange exchange = new DirectExchange(ServerConnection.to(nowhere))) {
            assertThat(metrics(exchange).publish(Reports.full(), 0).reason())
                    .hasValueSatisfying(why -> assertThat(why).contains(nowhere.getAuthority()));
        }
    }

    private static Optional<String> answered(Reply reply) {
        try (StubServer gateway = StubServer.start().on(GROUP, reply);
                DirectExchange exchange = new DirectExchange(ServerConnection.to(gateway.uri()))) {
            return metrics(exchange).publish(Reports.full(), 0).reason();
        }
    }

    private static PushgatewayMetrics metrics(DirectExchange exchange) {
        return new PushgatewayMetrics(exchange, Reports.CLOCK, Duration.ofSeconds(2));
    }
}
