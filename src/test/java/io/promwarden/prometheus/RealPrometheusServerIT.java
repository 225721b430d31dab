package io.promwarden.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.http.DirectExchange;
import io.promwarden.http.ServerConnection;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.Rule;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Target;
import io.promwarden.testing.Backfill;
import io.promwarden.testing.RealPrometheus;
import io.promwarden.testing.Recording;
import io.promwarden.testing.RecordingProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class RealPrometheusServerIT extends MetricsServerContract {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RealPrometheus prometheus;
    private RecordingProxy proxy;
    private MetricsServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws InterruptedException {
        new Backfill()
                .series(
                        "orders_total",
                        Map.of("shop", HOSTILE),
                        HISTORY_START,
                        HISTORY_END,
                        Duration.ofMinutes(1),
                        n -> n)
                .into(folder.resolve("data"), Duration.ofDays(1));
        prometheus = RealPrometheus.in(folder)
                .configuration(CONFIGURATION)
                .file("rules.yml", RULES)
                .flag("--storage.tsdb.retention.time=10y")
                .start();
        proxy = RecordingProxy.of(prometheus.uri());
        server = server(proxy.uri());
        awaitScrapesAndRules();
        proxy.forget();
    }

    @AfterAll
    void stop() {
        Recording.save("prometheus-2.42", proxy.requests());
        proxy.close();
        prometheus.close();
    }

    @Override
    MetricsServer server() {
        return server;
    }

    @Test
    void reading_sends_no_post() {
        server.query("up", HISTORY_END);
        server.series("up", HISTORY_START, HISTORY_END);

        assertThat(proxy.requests("POST", "/")).isEmpty();
    }

    @Test
    void a_question_too_long_for_an_address_is_answered_all_the_same() {
        String selector = "orders_total{shop!~\"" + "x".repeat(10_000) + "\"}";

        assertThat(known(server(prometheus.uri()).series(selector, HISTORY_START, HISTORY_END)))
                .hasSize(1);
    }

    static MetricsServer server(java.net.URI uri) {
        return new PrometheusServer(
                new ServerId("test", "monitoring/main", "prometheus-main-0"),
                new DirectExchange(ServerConnection.to(uri)),
                PATIENCE);
    }

    private void awaitScrapesAndRules() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!scraped() || !evaluated()) {
            assertThat(System.nanoTime() - deadline).isNegative();
            Thread.sleep(200);
        }
    }

    private boolean scraped() {
        return known(server.targets()).active().stream().noneMatch(t -> t.health() == Target.Health.UNKNOWN);
    }

    private boolean evaluated() {
        var rules = known(server.ruleGroups()).get(0).rules();
        return rules.stream().noneMatch(rule -> rule.health().equals("unknown"))
                && rules.stream()
                        .filter(r -> r.kind() == Rule.Kind.ALERTING)
                        .noneMatch(r -> r.alerts().isEmpty())
                && rules.get(3).health().equals("err");
    }
}
