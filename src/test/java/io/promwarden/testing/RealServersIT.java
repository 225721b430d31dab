package io.promwarden.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealServersIT {

    @TempDir
    private Path folder;

    @Test
    void backfilled_history_is_there_before_and_after_a_restart_and_a_kill() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.DAYS);
        new Backfill()
                .series(
                        "old_metric",
                        Map.of("job", "x"),
                        now.minus(Duration.ofDays(10)),
                        now,
                        Duration.ofHours(1),
                        n -> n)
                .into(folder.resolve("data"), Duration.ofDays(1));

        try (RealPrometheus prometheus = RealPrometheus.in(folder)
                .flag("--storage.tsdb.retention.time=100d")
                .start()) {
            String query = prometheus.uri() + "/api/v1/query?query=count_over_time(old_metric%5B20d%5D)&time="
                    + now.getEpochSecond();
            assertThat(fetch(query)).contains("\"241\"");
            prometheus.restart();
            assertThat(fetch(query)).contains("\"241\"");
            prometheus.kill();
            prometheus.restart();
            assertThat(fetch(query)).contains("\"241\"");
        }
    }

    @Test
    void the_proxy_hands_on_and_records() throws Exception {
        try (RealAlertmanager alertmanager = RealAlertmanager.start(folder, """
                        route: {receiver: nobody}
                        receivers: [{name: nobody}]
                        """);
                RecordingProxy proxy = RecordingProxy.of(alertmanager.uri())) {
            assertThat(fetch(proxy.uri() + "/api/v2/alerts?active=true").trim()).isEqualTo("[]");
            assertThat(proxy.requests("GET", "/api/v2/alerts?active=true")).hasSize(1);
            assertThat(proxy.requests("POST", "/")).isEmpty();
        }
    }

    @Test
    void a_pushgateway_answers() throws Exception {
        try (RealPushgateway pushgateway = RealPushgateway.start(folder)) {
            assertThat(fetch(pushgateway.uri() + "/metrics")).contains("pushgateway_build_info");
        }
    }

    private static String fetch(String uri) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
