package io.promwarden.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.testing.StubServer;
import io.promwarden.testing.StubServer.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentTest {

    @Test
    void a_document_goes_out_as_it_is_to_the_base_address_with_its_query() {
        try (StubServer server = StubServer.start().on("/hooks/a", Reply.of(200, ""));
                DirectExchange exchange =
                        new DirectExchange(ServerConnection.to(URI.create(server.uri() + "/hooks/a?token=b")))) {
            HttpQuestion.Document document = new HttpQuestion.Document(
                    "application/json",
                    "{\"a\":\"+&=\u00e9\"}",
                    List.of(new HttpQuestion.Parameter("Idempotency-Key", "1")));

            exchange.ask(HttpQuestion.post(document, Duration.ofSeconds(5)));

            StubServer.Request request = server.requests().getFirst();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/hooks/a?token=b");
            assertThat(request.body()).isEqualTo(document.text());
            assertThat(request.headers())
                    .containsEntry("content-type", "application/json")
                    .containsEntry("idempotency-key", "1");
        }
    }

    @Test
    void a_path_below_the_base_does_not_get_the_bases_query() {
        try (StubServer server = StubServer.start().on("/hooks/below", Reply.of(200, ""));
                DirectExchange exchange =
                        new DirectExchange(ServerConnection.to(URI.create(server.uri() + "/hooks?token=b")))) {
            exchange.ask(HttpQuestion.get("/below", Duration.ofSeconds(5)));

            assertThat(server.requests().getFirst().path()).isEqualTo("/hooks/below");
        }
    }
}
