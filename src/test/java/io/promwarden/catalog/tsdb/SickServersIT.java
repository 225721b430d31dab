package io.promwarden.catalog.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.promwarden.check.CheckResults;
import io.promwarden.check.CheckRunner;
import io.promwarden.check.Evidence;
import io.promwarden.finding.Fact;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.http.DirectExchange;
import io.promwarden.http.ServerConnection;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.Sample;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Servers;
import io.promwarden.prometheus.PrometheusServer;
import io.promwarden.testing.Backfill;
import io.promwarden.testing.RealPrometheus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the checks say of real servers: nothing of a healthy one, and the truth of those that were made sick. */
class SickServersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final String ITSELF = """
            global: {scrape_interval: 1s}
            scrape_configs:
            - {job_name: itself, static_configs: [{targets: ['127.0.0.1:PORT']}]}
            """;

    @TempDir
    private Path folder;

    @Test
    void a_healthy_server_has_nothing_and_all_that_the_checks_need() throws Exception {
        try (RealPrometheus prometheus =
                RealPrometheus.in(folder).adminApi().configuration(ITSELF).start()) {
            MetricsServer server = server("a", prometheus);
            await(server, own -> own.value(Tsdb.HEAD_SERIES).orElse(0) > 100);

            CheckResults results = run(server);

            assertThat(results.findings()).isEmpty();
            assertThat(results.notRun())
                    .allSatisfy(
                            notRun -> assertThat(notRun.reason()).contains("no store with what past nights recorded"));
            assertThat(results.checks()).isGreaterThan(10);
        }
    }

    @Test
    void a_damaged_log_is_told_after_the_start_that_dropped_its_end() throws Exception {
        try (RealPrometheus prometheus =
                RealPrometheus.in(folder).configuration(ITSELF).start()) {
            await(server("a", prometheus), own -> own.value(Tsdb.HEAD_SERIES).orElse(0) > 100);
            prometheus.stop();
            Path segment = prometheus.dataDir().resolve("wal/00000000");
            try (FileChannel log = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                log.write(ByteBuffer.wrap("damage".repeat(20).getBytes(StandardCharsets.UTF_8)), 900);
            }
            prometheus.restart();

            Finding finding = only("tsdb/wal-corrupted", run(server("a", prometheus)));

            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.message()).startsWith("a found its write-ahead log damaged when it started");
        }
    }

    @Test
    void a_bug_is_known_by_the_version_and_the_loaded_configuration() throws Exception {
        try (RealPrometheus prometheus = RealPrometheus.in(folder)
                .configuration(ITSELF + "storage: {tsdb: {out_of_order_time_window: 30m}}\n")
                .start()) {
            Finding finding = only("tsdb/known-bug", run(server("a", prometheus)));

            assertThat(finding.aspect()).isEqualTo("a prometheus#19016");
            assertThat(finding.evidence())
                    .extracting(Fact::value)
                    .contains("storage.tsdb.out_of_order_time_window: 30m");
        }
    }

    @Test
    void a_label_that_explodes_is_named_with_its_metric_and_its_scrape_pool() throws Exception {
        try (Exporter exporter = new Exporter(scrape -> many("visits_total{user=\"u%d\"} 1\n", 60_000));
                RealPrometheus prometheus = RealPrometheus.in(folder)
                        .configuration(scraping("shop", exporter, "20s"))
                        .start()) {
            MetricsServer server = server("a", prometheus);
            // Series are there before their samples can be read.
            await(
                    server,
                    own -> own.value(Tsdb.PREFIX + "head_samples_appended_total")
                                    .orElse(0)
                            >= 60_000);

            Finding finding = only("tsdb/label-explosion", run(server));

            assertThat(finding.aspect()).isEqualTo("a user");
            assertThat(finding.evidence()).contains(new Fact("series with it of visits_total", "60000, job shop"));
            assertThat(finding.fix().flatMap(Fix::patch))
                    .hasValueSatisfying(patch -> assertThat(patch)
                            .startsWith("# shop\n")
                            .contains("regex: user\n")
                            .contains("regex: visits_total\n"));
        }
    }

    @Test
    void samples_that_come_out_of_order_are_counted_and_laid_to_the_scrapes() throws Exception {
        long now = System.currentTimeMillis();
        try (Exporter exporter = new Exporter(
                        scrape -> many("late{n=\"%d\"} " + scrape + " " + (now - 1000L * scrape) + "\n", 1000));
                RealPrometheus prometheus = RealPrometheus.in(folder)
                        .configuration(scraping("late", exporter, "1s"))
                        .start()) {
            MetricsServer server = server("a", prometheus);
            await(
                    server,
                    own -> own.value(Tsdb.PREFIX + "out_of_order_samples_total").orElse(0) > 3000);

            Finding finding = only("tsdb/out-of-order-rejected", run(server));

            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.fix().map(Fix::text))
                    .hasValueSatisfying(fix -> assertThat(fix).contains("scraped-twice"));
        }
    }

    @Test
    void replicas_may_differ_in_their_external_labels_but_in_no_job_and_no_rule() throws Exception {
        // A pod has its rules where the other pods have theirs.
        Path rules = Files.writeString(folder.resolve("r.yml"), rule("up == 0"));
        Path others = Files.writeString(folder.resolve("other.yml"), rule("up == 1"));
        String one = """
                global: {external_labels: {replica: a}}
                rule_files: [%s]
                scrape_configs: [{job_name: x}]
                """.formatted(rules);
        try (RealPrometheus a = RealPrometheus.in(folder.resolve("a"))
                        .configuration(one)
                        .start();
                RealPrometheus b = RealPrometheus.in(folder.resolve("b"))
                        .configuration(one.replace("replica: a", "replica: b"))
                        .start();
                RealPrometheus c = RealPrometheus.in(folder.resolve("c"))
                        .configuration(
                                one.replace("job_name: x", "job_name: y").replace(rules.toString(), others.toString()))
                        .start()) {
            Instant later = Instant.now().plus(Duration.ofMinutes(30)); // no reload is on its way any more

            assertThat(run(later, server("a", a), server("b", b)).findings()).isEmpty();
            assertThat(run(later, server("a", a), server("c", c)).findings())
                    .extracting(finding -> finding.check() + " " + finding.aspect())
                    .containsExactly("tsdb/replicas-disagree configuration", "tsdb/replicas-disagree rules");
        }
    }

    @Test
    void the_question_for_yesterday_is_answered_with_the_metrics_names() throws Exception {
        Instant now = Instant.now();
        new Backfill()
                .series(
                        Tsdb.HEAD_SERIES,
                        Map.of("job", "itself"),
                        now.minus(Duration.ofHours(26)),
                        now.minus(Duration.ofHours(23)),
                        Duration.ofMinutes(1),
                        n -> 42)
                .into(folder.resolve("data"), Duration.ofHours(2));
        try (RealPrometheus prometheus = RealPrometheus.in(folder).start()) {
            MetricsServer server = server("a", prometheus);

            List<Sample> samples = server.query(Yesterday.question(server.id()).expression(), now)
                    .value()
                    .orElseThrow();

            assertThat(samples).singleElement().satisfies(sample -> {
                assertThat(sample.labels().value("__name__")).isEqualTo(Tsdb.HEAD_SERIES);
                assertThat(sample.value()).isEqualTo(42);
            });
            assertThat(server.query(ChurnHigh.BY_JOB, now).value()).isPresent();
        }
    }

    private static Finding only(String check, CheckResults results) {
        assertThat(results.findings())
                .extracting(finding -> finding.check().toString())
                .containsExactly(check);
        return results.findings().getFirst();
    }

    private static CheckResults run(MetricsServer... servers) {
        return run(Instant.now(), servers);
    }

    private static CheckResults run(Instant at, MetricsServer... servers) {
        Evidence evidence = new Evidence("test", Optional.empty(), Servers.of(List.of(servers)), Servers.none(), at);
        return new CheckRunner(TsdbChecks.all(), true)
                .run(evidence, List.of(), LocalDate.parse("2026-11-22"), () -> false);
    }

    private static MetricsServer server(String instance, RealPrometheus prometheus) {
        return new PrometheusServer(
                new ServerId("test", "monitoring/main", instance),
                new DirectExchange(ServerConnection.to(prometheus.uri())),
                PATIENCE);
    }

    private static void await(MetricsServer server, Predicate<Tsdb> enough) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Tsdb.of(server).filter(enough).isEmpty()) {
            assertThat(System.nanoTime() - deadline).isNegative();
            Thread.sleep(200);
        }
    }

    private static String scraping(String job, Exporter exporter, String interval) {
        return """
                global: {scrape_interval: %s}
                scrape_configs:
                - {job_name: %s, honor_timestamps: true, static_configs: [{targets: ['%s']}]}
                """.formatted(interval, job, exporter.address());
    }

    private static String rule(String expression) {
        return "groups: [{name: g, rules: [{alert: Down, expr: " + expression + "}]}]\n";
    }

    private static String many(String line, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(line.formatted(i));
        }
        return text.toString();
    }

    /** Exposes another text at each scrape. */
    private static final class Exporter implements AutoCloseable {
        private final HttpServer http;
        private final List<Integer> scrapes = new ArrayList<>();

        Exporter(IntFunction<String> exposition) throws IOException {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/metrics", exchange -> {
                scrapes.add(scrapes.size());
                byte[] text = exposition.apply(scrapes.size()).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
                exchange.sendResponseHeaders(200, text.length);
                exchange.getResponseBody().write(text);
                exchange.close();
            });
            http.start();
        }

        String address() {
            return "127.0.0.1:" + http.getAddress().getPort();
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
