package io.promwarden.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.testing.StubServer;
import io.promwarden.testing.StubServer.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentTest {

    @Test
    void a_document_goes_out_as_it_is_with_the_query_of_its_path() {
        try (StubServer server = StubServer.start().on("/hooks/a", Reply.of(200, ""));
                DirectExchange exchange = new DirectExchange(ServerConnection.to(server.uri()))) {
            HttpQuestion.Document document = new HttpQuestion.Document(
                    "application/json",
                    "{\"a\":\"+&=\u00e9\"}",
                    List.of(new HttpQuestion.Parameter("Idempotency-Key", "1")));

            exchange.ask(HttpQuestion.post("/hooks/a?token=b", document, Duration.ofSeconds(5)));

            StubServer.Request request = server.requests().getFirst();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/hooks/a?token=b");
            assertThat(request.body()).isEqualTo(document.text());
            assertThat(request.headers())
                    .containsEntry("content-type", "application/json")
                    .containsEntry("idempotency-key", "1");
        }
    }
}
