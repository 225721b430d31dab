package io.promwarden.selfmetrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.http.DirectExchange;
import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpQuestion;
import io.promwarden.http.ServerConnection;
import io.promwarden.testing.RealPushgateway;
import io.promwarden.testing.RealServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Pushgateway shows, and what promtool says of the file. */
class RealPushgatewayIT {

    private static final String SUCCESS =
            "promwarden_last_success_timestamp_seconds{instance=\"\",job=\"promwarden\",promwarden_job=\"nightly\"} ";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_failed_run_replaces_everything_but_the_last_success_and_leaves_other_jobs_alone() {
        try (RealPushgateway gateway = RealPushgateway.start(folder);
                DirectExchange exchange = new DirectExchange(ServerConnection.to(gateway.uri()))) {
            assertThat(metrics(exchange, Reports.CLOCK)
                            .publish(Reports.full(), 0)
                            .reason())
                    .isEmpty();
            assertThat(metrics(exchange, Reports.CLOCK)
                            .publish(Reports.blind("retention"), 0)
                            .reason())
                    .isEmpty();
            String success = sample(exchange, SUCCESS);

            assertThat(metrics(exchange, Reports.later(Duration.ofDays(1)))
                            .publish(Reports.blind("nightly"), 3)
                            .reason())
                    .isEmpty();

            assertThat(sample(exchange, SUCCESS)).isEqualTo(success);
            assertThat(exposed(exchange))
                    .contains("promwarden_run_exit_code{instance=\"\",job=\"promwarden\",promwarden_job=\"nightly\"} 3")
                    .contains(
                            "promwarden_run_exit_code{instance=\"\",job=\"promwarden\",promwarden_job=\"retention\"} 0")
                    .noneMatch(line -> line.startsWith("promwarden_") && line.contains("eu-1"));

            assertThat(metrics(exchange, Reports.later(Duration.ofDays(2)))
                            .publish(Reports.full(), 1)
                            .reason())
                    .isEmpty();
            assertThat(sample(exchange, SUCCESS)).isNotEqualTo(success);
        }
    }

    @Test
    void promtool_finds_nothing_to_say_about_the_textfile() throws Exception {
        Path file = folder.resolve("promwarden.prom");
        for (int exitCode : List.of(0, 3)) {
            new TextfileMetrics(file, Reports.CLOCK)
                    .publish(exitCode == 0 ? Reports.full() : Reports.blind("nightly"), exitCode);

            assertThat(promtool(file)).isEmpty();
        }
    }

    private static PushgatewayMetrics metrics(DirectExchange exchange, Clock clock) {
        return new PushgatewayMetrics(exchange, clock, Duration.ofSeconds(10));
    }

    private static String sample(DirectExchange exchange, String start) {
        return exposed(exchange).stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> exposed(DirectExchange exchange) {
        Received received = (Received) exchange.ask(HttpQuestion.get("/metrics", Duration.ofSeconds(10)));
        return received.text().lines().toList();
    }

    private static String promtool(Path file) throws IOException, InterruptedException {
        Process promtool = new ProcessBuilder(RealServers.program("promtool").toString(), "check", "metrics")
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return promtool.waitFor() == 0 ? said : "exit " + promtool.exitValue() + ": " + said;
    }
}
