package io.promwarden.bench;

import com.sun.net.httpserver.HttpServer;
import io.promwarden.finding.NotRun;
import io.promwarden.history.JdbcReceiptBook;
import io.promwarden.history.JdbcSnapshotBook;
import io.promwarden.history.Opening;
import io.promwarden.history.Store;
import io.promwarden.http.DirectExchange;
import io.promwarden.http.Exchange;
import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpQuestion;
import io.promwarden.http.ServerConnection;
import io.promwarden.observation.ServerId;
import io.promwarden.prometheus.PrometheusAdmin;
import io.promwarden.prometheus.PrometheusServer;
import io.promwarden.retention.CompactionSettings;
import io.promwarden.retention.Limits;
import io.promwarden.retention.Patience;
import io.promwarden.retention.Pause;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.ReceiptBook;
import io.promwarden.retention.Replica;
import io.promwarden.retention.ReplicaGroup;
import io.promwarden.retention.RetentionPolicy;
import io.promwarden.retention.RetentionResult;
import io.promwarden.retention.RetentionRun;
import io.promwarden.retention.RetentionSettings;
import io.promwarden.retention.TombstoneCompaction;
import io.promwarden.retention.TsdbAdmin;
import io.promwarden.testing.RealPrometheus;
import io.promwarden.testing.RealServers;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What plan and proof cost beside the deletion itself. On copies of one TSDB, {@code delete_series} and
 * {@code clean_tombstones} are called with curl and carried out by Promwarden, in turns: one tenth of the series, two of
 * three days. Prints seconds and ratios, and the samples that queries had the server read beside the query budget.
 */
final class RetentionBenchmark {

    private static final int DAYS = 3;
    private static final Duration STEP = Duration.ofMinutes(30);
    private static final String SELECTOR = "bench_old_total";
    private static final Clock CLOCK = Clock.systemUTC();

    private final Path folder;
    private final int series;
    private final HttpServer exporter;
    private final Instant newest = Instant.now().truncatedTo(ChronoUnit.HOURS);

    private RetentionBenchmark(Path folder, int series) throws IOException {
        this.folder = folder;
        this.series = series;
        this.exporter = exporter();
    }

    /** Arguments: series (100000), rounds (3). */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int series = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path folder = Files.createTempDirectory("retention-benchmark");
        try {
            RetentionBenchmark benchmark = new RetentionBenchmark(folder, series);
            benchmark.measure(rounds);
            benchmark.exporter.stop(0);
        } finally {
            remove(folder);
        }
    }

    private void measure(int rounds) throws IOException, InterruptedException {
        Path template = folder.resolve("template");
        makeBlocks(template);
        List<Double> curls = new ArrayList<>();
        List<Double> calls = new ArrayList<>();
        List<Double> besides = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            curls.add(byCurl(template, folder.resolve("curl-" + round)));
            Costs costs = byPromwarden(template, folder.resolve("promwarden-" + round));
            calls.add(costs.calls());
            besides.add(costs.besides());
        }
        double curl = median(curls);
        System.out.printf("%,d series, medians of %d rounds%n", series, rounds);
        System.out.printf("the two calls with curl:             %.2f s%n", curl);
        System.out.printf(
                "the two calls sent by Promwarden:    %.2f s, ratio %.2f%n", median(calls), median(calls) / curl);
        System.out.printf(
                "plan, pre-flight and proof besides:  %.2f s, ratio %.2f%n", median(besides), median(besides) / curl);
    }

    private double byCurl(Path template, Path copy) throws IOException, InterruptedException {
        try (RealPrometheus prometheus = server(template, copy)) {
            long start = System.nanoTime();
            curl(
                    prometheus.uri() + "/api/v1/admin/tsdb/delete_series",
                    "--data-urlencode",
                    "match[]=" + SELECTOR,
                    "--data-urlencode",
                    "start=" + newest.minus(Duration.ofDays(DAYS)).getEpochSecond(),
                    "--data-urlencode",
                    "end=" + CLOCK.instant().minus(keep()).getEpochSecond());
            curl(prometheus.uri() + "/api/v1/admin/tsdb/clean_tombstones");
            return seconds(start);
        }
    }

    /** The newest day and what has passed of today stay. */
    private Duration keep() {
        return Duration.between(newest.minus(Duration.ofDays(1)), CLOCK.instant())
                .truncatedTo(ChronoUnit.MINUTES);
    }

    private static void curl(String url, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--fail", "-X", "POST", "-g", url));
        command.addAll(List.of(more));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("curl failed: " + url);
        }
    }

    /**
     * What one clean-up took.
     *
     * @param calls seconds in the two calls
     * @param besides seconds in all else
     */
    private record Costs(double calls, double besides) {}

    private Costs byPromwarden(Path template, Path copy) throws IOException, InterruptedException {
        try (RealPrometheus prometheus = server(template, copy);
                Store store = store(copy)) {
            CountingExchange exchange = new CountingExchange(new DirectExchange(ServerConnection.to(prometheus.uri())));
            ServerId id = new ServerId("bench", "monitoring/k8s", "k8s-0");
            PrometheusServer server = new PrometheusServer(id, exchange, Duration.ofMinutes(2));
            TimedAdmin admin =
                    new TimedAdmin(new PrometheusAdmin(id, exchange, Duration.ofMinutes(5), Duration.ofHours(1)));
            ReplicaGroup group = new ReplicaGroup(
                    "monitoring/k8s", List.of(new Replica(server, admin, new Replica.NamedInJob())), List.of());
            RetentionPolicy policy =
                    new RetentionPolicy(SELECTOR, keep(), "a benchmark", Optional.empty(), Optional.empty());
            RetentionSettings settings = RetentionSettings.of(
                            List.of(policy), true, List.of("monitoring/k8s"), List.of())
                    .withFreeSpace("vector(1e15)");
            ReceiptBook book = new JdbcReceiptBook(store.dataSource());
            long start = System.nanoTime();
            RetentionResult result = new RetentionRun(
                            book,
                            new JdbcSnapshotBook(store.dataSource()),
                            CLOCK,
                            () -> false,
                            Patience.DEFAULT,
                            Pause.real())
                    .run("bench", "bench", settings, List.of(group));
            TombstoneCompaction.Outcome compacted = new TombstoneCompaction(
                            book, CLOCK, () -> false, Patience.DEFAULT, Pause.real())
                    .run("bench", "bench", new CompactionSettings(0, Optional.empty()), settings, List.of(group));
            double took = seconds(start);
            List<NotRun> notRun = new ArrayList<>(result.notRun());
            notRun.addAll(compacted.notRun());
            if (!notRun.isEmpty()
                    || result.receipts().isEmpty()
                    || compacted.receipts().isEmpty()) {
                throw new IllegalStateException("nothing was measured: " + notRun + result.plans());
            }
            Receipt receipt = result.receipts().getFirst();
            System.out.printf(
                    "deleted %,d samples of %,d series (%s), freed %,d bytes; counted %,d samples of a budget of %,d%n",
                    receipt.samplesBefore(),
                    receipt.seriesBefore(),
                    receipt.verdict(),
                    compacted.receipts().getFirst().freedBytes(),
                    exchange.counted,
                    Limits.USUAL.queryBudget());
            return new Costs(admin.seconds, took - admin.seconds);
        }
    }

    private static Store store(Path copy) {
        String url = "jdbc:h2:file:" + copy.resolve("store").toAbsolutePath();
        return switch (Store.open(url, System.getenv(), "the benchmark", CLOCK.instant())) {
            case Opening.Opened opened -> opened.store();
            case Opening other -> throw new IllegalStateException("no store: " + other);
        };
    }

    private RealPrometheus server(Path template, Path copy) throws IOException, InterruptedException {
        Path data = copy.resolve("data");
        try (Stream<Path> files = Files.walk(template)) {
            for (Path file : files.toList()) {
                Path to = data.resolve(template.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        RealPrometheus prometheus = RealPrometheus.in(copy)
                .configuration("""
                        scrape_configs:
                          - job_name: bench
                            honor_labels: true
                            scrape_interval: 20s
                            scrape_timeout: 20s
                            static_configs: [{targets: ['127.0.0.1:%d']}]
                        """.formatted(exporter.getAddress().getPort()))
                .flag("--storage.tsdb.retention.time=1000d")
                .adminApi()
                .start();
        while (headSeries(prometheus) < series) {
            Thread.sleep(500);
        }
        return prometheus;
    }

    private static double headSeries(RealPrometheus prometheus) {
        ServerId id = new ServerId("bench", "bench", "bench");
        return new PrometheusServer(
                        id, new DirectExchange(ServerConnection.to(prometheus.uri())), Duration.ofMinutes(1))
                .ownMetrics()
                .value()
                .orElseThrow()
                .sum("prometheus_tsdb_head_series")
                .orElse(0);
    }

    /** A target that exposes the same series, so that the head holds them as it does on a server that is in use. */
    private HttpServer exporter() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < series; i++) {
            text.append(name(i)).append(i).append('\n');
        }
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String name(int i) {
        String metric = i % 10 == 0 ? SELECTOR : "bench_metric_" + i % 50 + "_total";
        return metric + "{pod=\"pod-" + i + "\",namespace=\"team-" + i % 100 + "\"} ";
    }

    /** One file and one block a day, as promtool reads a file once for each block. */
    private void makeBlocks(Path dataDir) throws IOException, InterruptedException {
        for (int day = DAYS; day > 0; day--) {
            Path file = folder.resolve("day.om");
            write(file, newest.minus(Duration.ofDays(day)));
            Process promtool = new ProcessBuilder(
                            RealServers.program("promtool").toString(),
                            "tsdb",
                            "create-blocks-from",
                            "openmetrics",
                            "--quiet",
                            "--max-block-duration=24h",
                            file.toString(),
                            dataDir.toString())
                    .inheritIO()
                    .start();
            if (promtool.waitFor() != 0) {
                throw new IllegalStateException("promtool made no blocks");
            }
            Files.delete(file);
        }
    }

    private void write(Path file, Instant start) throws IOException {
        long samples = Duration.ofDays(1).dividedBy(STEP);
        try (BufferedWriter text = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (int i = 0; i < series; i++) {
                String name = name(i);
                for (int n = 0; n < samples; n++) {
                    text.write(name);
                    text.write(Long.toString(3L * n + i));
                    text.write(' ');
                    text.write(Long.toString(start.getEpochSecond() + n * STEP.toSeconds()));
                    text.write('\n');
                }
            }
            text.write("# EOF\n");
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Adds up what the counting queries counted: that many samples the server had to read for them. */
    private static final class CountingExchange implements Exchange {
        private static final Pattern VALUE = Pattern.compile("\"value\":\\[[^,]*,\"(\\d+)\"]");

        private final Exchange exchange;
        private long counted;

        private CountingExchange(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public HttpAnswer ask(HttpQuestion question) {
            HttpAnswer answer = exchange.ask(question);
            if (question.encoded().contains("count_over_time") && answer instanceof HttpAnswer.Received received) {
                Matcher value = VALUE.matcher(received.text());
                while (value.find()) {
                    counted += Long.parseLong(value.group(1));
                }
            }
            return answer;
        }
    }

    /** Measures how long the calls take. */
    private static final class TimedAdmin implements TsdbAdmin {
        private final TsdbAdmin admin;
        private double seconds;

        private TimedAdmin(TsdbAdmin admin) {
            this.admin = admin;
        }

        @Override
        public ServerId id() {
            return admin.id();
        }

        @Override
        public CallOutcome deleteSeries(String selector, Instant start, Instant end) {
            long begun = System.nanoTime();
            CallOutcome outcome = admin.deleteSeries(selector, start, end);
            seconds += seconds(begun);
            return outcome;
        }

        @Override
        public CallOutcome cleanTombstones() {
            long begun = System.nanoTime();
            CallOutcome outcome = admin.cleanTombstones();
            seconds += seconds(begun);
            return outcome;
        }

        @Override
        public SnapshotOutcome snapshot() {
            return admin.snapshot();
        }
    }
}
