package io.promwarden.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.http.DirectExchange;
import io.promwarden.http.ServerConnection;
import io.promwarden.observation.AlertServer;
import io.promwarden.observation.ServerId;
import io.promwarden.testing.RealAlertmanager;
import io.promwarden.testing.Recording;
import io.promwarden.testing.RecordingProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class RealAlertmanagerServerIT extends AlertServerContract {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RealAlertmanager alertmanager;
    private RecordingProxy proxy;
    private AlertServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        alertmanager = RealAlertmanager.start(folder, CONFIGURATION);
        post("/api/v2/silences", SILENCE);
        post("/api/v2/alerts", ALERTS);
        proxy = RecordingProxy.of(alertmanager.uri());
        server = server(proxy.uri());
        awaitQuiet();
        proxy.forget();
    }

    @AfterAll
    void stop() {
        Recording.save(
                "alertmanager-0.25",
                proxy.requests().stream()
                        .filter(request -> !request.path().endsWith("/status"))
                        .toList());
        proxy.close();
        alertmanager.close();
    }

    @Override
    AlertServer server() {
        return server;
    }

    static AlertServer server(URI uri) {
        return new AlertmanagerServer(
                new ServerId("test", "monitoring/main", "alertmanager-main-0"),
                new DirectExchange(ServerConnection.to(uri)),
                PATIENCE);
    }

    private void awaitQuiet() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (known(server.alerts()).stream()
                        .filter(alert -> !alert.silencedBy().isEmpty()
                                || !alert.inhibitedBy().isEmpty())
                        .count()
                < 2) {
            assertThat(System.nanoTime() - deadline).isNegative();
            Thread.sleep(100);
        }
    }

    private void post(String path, String json) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(alertmanager.uri() + path))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(json))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        }
    }
}
