package io.promwarden.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.http.DirectExchange;
import io.promwarden.http.Exchange;
import io.promwarden.http.ServerConnection;
import io.promwarden.label.PromQuote;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.Sample;
import io.promwarden.observation.ServerId;
import io.promwarden.retention.TsdbAdmin;
import io.promwarden.testing.Backfill;
import io.promwarden.testing.RealPrometheus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusAdminIT {

    private static final ServerId ID = new ServerId("test", "static", "static");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant START = Instant.parse("2026-01-10T00:00:00Z");
    private static final Instant MIDDLE = Instant.parse("2026-01-10T06:00:00Z");
    private static final Instant END = Instant.parse("2026-01-10T12:00:00Z");
    private static final String HOSTILE = "a+b \"c\\d";

    @TempDir
    private Path folder;

    @Test
    void a_selector_with_a_plus_deletes_its_own_series_in_its_range_and_no_other() {
        Backfill history = new Backfill();
        for (String shop : List.of(HOSTILE, "a b \"c\\d")) {
            history.series("orders", Map.of("shop", shop), START, END, Duration.ofMinutes(1), n -> n);
        }
        history.into(folder.resolve("data"), Duration.ofDays(1));
        try (RealPrometheus prometheus = RealPrometheus.in(folder)
                .adminApi()
                .flag("--storage.tsdb.retention.time=10y")
                .start()) {
            Exchange exchange = new DirectExchange(ServerConnection.to(prometheus.uri()));
            MetricsServer server = new PrometheusServer(ID, exchange, PATIENCE);
            TsdbAdmin admin = new PrometheusAdmin(ID, exchange, PATIENCE, PATIENCE);

            assertThat(admin.deleteSeries("orders{shop=" + PromQuote.quote(HOSTILE) + "}", START, MIDDLE))
                    .isEqualTo(new TsdbAdmin.Done());
            assertThat(admin.cleanTombstones()).isEqualTo(new TsdbAdmin.Done());

            assertThat(server.query("count_over_time(orders[1d])", END).value().orElseThrow())
                    .extracting(sample -> sample.labels().value("shop"), Sample::value)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple(HOSTILE, 360.0),
                            org.assertj.core.groups.Tuple.tuple("a b \"c\\d", 721.0));
            assertThat(admin.deleteSeries("orders{", START, MIDDLE))
                    .isInstanceOfSatisfying(
                            TsdbAdmin.Rejected.class,
                            rejected -> assertThat(rejected.status()).isEqualTo(400));
        }
    }

    @Test
    void an_admin_api_that_is_off_and_an_agent_say_so() {
        try (RealPrometheus prometheus =
                RealPrometheus.in(folder.resolve("plain")).start()) {
            Exchange exchange = new DirectExchange(ServerConnection.to(prometheus.uri()));
            TsdbAdmin admin = new PrometheusAdmin(ID, exchange, PATIENCE, PATIENCE);

            assertThat(admin.deleteSeries("up", START, MIDDLE))
                    .isEqualTo(new TsdbAdmin.Rejected(500, "unavailable: admin APIs disabled"));
            assertThat(admin.cleanTombstones())
                    .isEqualTo(new TsdbAdmin.Rejected(500, "unavailable: admin APIs disabled"));
        }
        try (RealPrometheus agent = RealPrometheus.in(folder.resolve("agent"))
                .configuration("remote_write: [{url: 'http://127.0.0.1:1/'}]\n")
                .agent()
                .start()) {
            MetricsServer server =
                    new PrometheusServer(ID, new DirectExchange(ServerConnection.to(agent.uri())), PATIENCE);

            assertThat(server.ready().value()).contains(true);
            assertThat(server.query("up", END).reason())
                    .hasValueSatisfying(reason -> assertThat(reason).startsWith("422: execution:"));
        }
    }
}
