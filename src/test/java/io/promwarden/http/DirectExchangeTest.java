package io.promwarden.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpAnswer.Unanswered;
import io.promwarden.http.HttpQuestion.Parameter;
import io.promwarden.testing.RealServers;
import io.promwarden.testing.StubServer;
import io.promwarden.testing.StubServer.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DirectExchangeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final StubServer server = StubServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void every_status_is_an_answer() {
        server.on("/ok", Reply.json("{}"))
                .on("/broken", Reply.of(500, "sorry").header("Content-Type", "text/plain"))
                .on("/credentials", Reply.of(401, ""))
                .on("/proxy", Reply.of(407, ""));

        assertThat(received("/ok").status()).isEqualTo(200);
        assertThat(received("/ok").contentType()).isEqualTo("application/json");
        assertThat(received("/broken").text()).isEqualTo("sorry");
        assertThat(received("/credentials").status()).isEqualTo(401);
        assertThat(received("/proxy").status()).isEqualTo(407);
    }

    @Test
    void a_plus_stays_a_plus_in_a_query_and_in_a_form() {
        server.on("/q", Reply.json("{}"));
        Parameter hostile = new Parameter("match[]", "{job=\"a+b&c=d e\",x=~\".+\"}");

        ask(ServerConnection.to(server.uri()), HttpQuestion.get("/q", PATIENCE, hostile));
        ask(ServerConnection.to(server.uri()), HttpQuestion.once("/q", PATIENCE, hostile));

        String encoded = "match%5B%5D=%7Bjob%3D%22a%2Bb%26c%3Dd+e%22%2Cx%3D%7E%22.%2B%22%7D";
        assertThat(server.requests()).extracting(StubServer.Request::path).containsExactly("/q?" + encoded, "/q");
        assertThat(server.requests().get(1).body()).isEqualTo(encoded);
        assertThat(server.requests().get(1).headers())
                .containsEntry("content-type", "application/x-www-form-urlencoded");
    }

    @Test
    void a_route_prefix_comes_before_the_path() {
        server.on("/prom/api", Reply.json("{}"));

        assertThat(ask(ServerConnection.to(URI.create(server.uri() + "/prom/")), HttpQuestion.get("/api", PATIENCE)))
                .isInstanceOf(Received.class);
        assertThat(server.requests()).extracting(StubServer.Request::path).containsExactly("/prom/api");
    }

    @Test
    void a_redirect_is_never_followed_so_a_token_stays_with_its_server() {
        try (StubServer elsewhere = StubServer.start()) {
            elsewhere.on("/x", Reply.json("{}"));
            server.on("/x", Reply.of(302, "").header("Location", elsewhere.uri() + "/x"));

            HttpAnswer answer = ask(
                    ServerConnection.to(server.uri()).with(Authorization.bearer(() -> "s3cret")),
                    HttpQuestion.get("/x", PATIENCE));

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Received.class, r -> assertThat(r.status()).isEqualTo(302));
            assertThat(elsewhere.requests()).isEmpty();
            assertThat(server.requests().get(0).headers()).containsEntry("authorization", "Bearer s3cret");
        }
    }

    @Test
    void basic_credentials_are_asked_for_anew_each_time() {
        server.on("/x", Reply.json("{}"));
        AtomicInteger turn = new AtomicInteger();
        try (DirectExchange exchange = new DirectExchange(ServerConnection.to(server.uri())
                .with(Authorization.basic("ann", () -> "pass" + turn.incrementAndGet())))) {
            exchange.ask(HttpQuestion.get("/x", PATIENCE));
            exchange.ask(HttpQuestion.get("/x", PATIENCE));
        }

        assertThat(server.requests())
                .extracting(request -> request.headers().get("authorization"))
                .containsExactly("Basic YW5uOnBhc3Mx", "Basic YW5uOnBhc3My");
    }

    @Test
    void nothing_is_sent_without_the_credential_that_belongs_to_it() {
        HttpAnswer answer = ask(
                ServerConnection.to(server.uri()).with(() -> new Authorization.Missing("token can't be read")),
                HttpQuestion.get("/x", PATIENCE));

        assertThat(answer).isEqualTo(new Unanswered("token can't be read", false));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void a_credential_is_not_shown_by_its_text() {
        assertThat(Authorization.bearer(() -> "s3cret").present().toString()).doesNotContain("s3cret");
    }

    @Test
    void half_an_answer_is_none() {
        server.on("/half", Reply.json("{\"a\":1,\"b\":2}").cutAfterBytes(5));

        assertThat(unanswered("/half"))
                .satisfies(half -> assertThat(half.reason()).startsWith("the connection broke before"))
                .satisfies(half -> assertThat(half.sent()).isTrue())
                .satisfies(half -> assertThat(half.passing()).isTrue());
    }

    @Test
    void a_body_above_the_cap_is_given_up() {
        server.on("/big", Reply.json("x".repeat(2001))).on("/fits", Reply.json("x".repeat(2000)));
        ServerConnection capped = ServerConnection.to(server.uri()).withBodyCap(2000);

        assertThat(ask(capped, HttpQuestion.get("/big", PATIENCE)))
                .isEqualTo(new Unanswered("the answer is larger than the cap of 2000 bytes", true));
        assertThat(ask(capped, HttpQuestion.get("/fits", PATIENCE)))
                .isInstanceOfSatisfying(
                        Received.class, fits -> assertThat(fits.body()).hasSize(2000));
    }

    @Test
    void a_large_body_arrives_whole() {
        server.on("/large", Reply.json("0123456789".repeat(500_000)));

        assertThat(received("/large").body()).hasSize(5_000_000);
    }

    @Test
    void a_late_answer_is_none_and_may_have_had_its_effect() {
        server.on("/late", Reply.json("{}").after(Duration.ofSeconds(30)));

        assertThat(ask(ServerConnection.to(server.uri()), HttpQuestion.get("/late", Duration.ofMillis(300))))
                .isEqualTo(new Unanswered("no whole answer within 300 ms", true));
    }

    @Test
    void a_refused_connection_and_an_unknown_name_are_told_apart() {
        int port = RealServers.freePort();

        assertThat(ask(ServerConnection.to(URI.create("http://127.0.0.1:" + port)), HttpQuestion.get("/", PATIENCE)))
                .isEqualTo(new Unanswered("127.0.0.1:" + port + " refuses the connection", false, true));
        assertThat(ask(ServerConnection.to(URI.create("http://no-such-host.invalid")), HttpQuestion.get("/", PATIENCE)))
                .isEqualTo(new Unanswered("the name no-such-host.invalid is not known", false, true));
    }

    @Test
    void retry_after_is_read_in_seconds_and_as_a_date() {
        server.on("/seconds", Reply.of(429, "").header("Retry-After", "7"))
                .on("/words", Reply.of(429, "").header("Retry-After", "soon"));

        assertThat(received("/seconds").retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(received("/words").retryAfter()).isEmpty();
    }

    @Test
    void an_address_with_credentials_or_of_another_scheme_is_our_mistake() {
        assertThatThrownBy(() -> ServerConnection.to(URI.create("http://a:b@host")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("a:b");
        assertThatThrownBy(() -> ServerConnection.to(URI.create("ftp://host")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Received received(String path) {
        HttpAnswer answer = ask(ServerConnection.to(server.uri()), HttpQuestion.get(path, PATIENCE));
        assertThat(answer).isInstanceOf(Received.class);
        return (Received) answer;
    }

    private Unanswered unanswered(String path) {
        HttpAnswer answer = ask(ServerConnection.to(server.uri()), HttpQuestion.get(path, PATIENCE));
        assertThat(answer).isInstanceOf(Unanswered.class);
        return (Unanswered) answer;
    }

    private static HttpAnswer ask(ServerConnection connection, HttpQuestion question) {
        try (DirectExchange exchange = new DirectExchange(connection)) {
            return exchange.ask(question);
        }
    }
}
