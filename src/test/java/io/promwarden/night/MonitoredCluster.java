package io.promwarden.night;

import io.promwarden.testing.Backfill;
import io.promwarden.testing.RealAlertmanager;
import io.promwarden.testing.RealPrometheus;
import io.promwarden.testing.RecordingProxy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small cluster with a real Prometheus, which has 40 days of history, and a real Alertmanager. Their pods have the address
 * of the recording proxies in front of them. The Prometheus scrapes itself as the operator's ServiceMonitor would have it.
 */
final class MonitoredCluster implements AutoCloseable {

    static final String OLD_METRIC = "night_old_total";
    static final String OTHER_METRIC = "night_other_total";

    private final RealPrometheus prometheus;
    private final RealAlertmanager alertmanager;
    private final RecordingProxy toPrometheus;
    private final RecordingProxy toAlertmanager;
    private final SmallCluster kubernetes;
    private final Instant historyEnd;

    private MonitoredCluster(
            RealPrometheus prometheus, RealAlertmanager alertmanager, SmallCluster kubernetes, Instant historyEnd) {
        this.prometheus = prometheus;
        this.alertmanager = alertmanager;
        this.toPrometheus = RecordingProxy.of(prometheus.uri());
        this.toAlertmanager = RecordingProxy.of(alertmanager.uri());
        this.kubernetes = kubernetes;
        this.historyEnd = historyEnd;
    }

    /** Starts everything; all files are below the folder. */
    static MonitoredCluster start(Path folder) {
        RealAlertmanager alertmanager = RealAlertmanager.start(
                folder.resolve("alertmanager"),
                "route: {receiver: nobody, group_wait: 1s}\nreceivers:\n  - name: nobody\n");
        // The head begins where the history ends: so that it is neither due for compaction nor stuck at any time of
        // day.
        Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofMinutes(30));
        Instant fortyDaysAgo = end.minus(Duration.ofDays(40));
        new Backfill()
                .series(OLD_METRIC, Map.of("job", "shop"), fortyDaysAgo, end, Duration.ofMinutes(30), n -> n)
                .series(OTHER_METRIC, Map.of("job", "shop"), fortyDaysAgo, end, Duration.ofMinutes(30), n -> n)
                .into(folder.resolve("prometheus").resolve("data"), Duration.ofDays(2));
        RealPrometheus prometheus = RealPrometheus.in(folder.resolve("prometheus"))
                .file("rules.yml", resource("rules.yml"))
                .configuration(resource("prometheus.yml")
                        .replace(
                                "ALERTMANAGER_PORT",
                                Integer.toString(alertmanager.uri().getPort())))
                .flag("--storage.tsdb.retention.time=60d")
                .adminApi()
                .start();
        SmallCluster kubernetes = SmallCluster.start(folder.resolve("kubernetes"));
        MonitoredCluster cluster = new MonitoredCluster(prometheus, alertmanager, kubernetes, end);
        kubernetes.create(resource("objects.yaml")
                .replace(
                        "PROMETHEUS_PORT",
                        Integer.toString(cluster.toPrometheus.uri().getPort()))
                .replace(
                        "ALERTMANAGER_PORT",
                        Integer.toString(cluster.toAlertmanager.uri().getPort())));
        cluster.awaitScrape();
        return cluster;
    }

    /** Until the server has scraped itself and evaluated its rules. */
    private void awaitScrape() {
        awaitValue("count(ALERTS{alertname=\"Watchdog\"}) and count(up == 1)");
    }

    /** Until an expression has a value. */
    void awaitValue(String expression) {
        Instant deadline = Instant.now().plusSeconds(60);
        while (value(expression) <= 0) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("in a minute nothing came of " + expression);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The first element's value of an instant query, asked past the proxy; 0 if the vector is empty. */
    double value(String expression) {
        URI uri = URI.create(
                prometheus.uri() + "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        try (HttpClient client = HttpClient.newHttpClient()) {
            String body = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            JsonNode result = new JsonMapper().readTree(body).path("data").path("result");
            return result.isEmpty()
                    ? 0
                    : Double.parseDouble(result.path(0).path("value").path(1).asString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Samples of a back-filled metric from so many days ago to so many days ago. */
    long samples(String metric, int fromDaysAgo, int toDaysAgo) {
        long seconds = Duration.ofDays((long) fromDaysAgo - toDaysAgo).toSeconds();
        Instant end = historyEnd.minus(Duration.ofDays(toDaysAgo));
        return (long) value("sum(count_over_time(" + metric + "[" + seconds + "s] @ " + end.getEpochSecond() + "))");
    }

    RecordingProxy toPrometheus() {
        return toPrometheus;
    }

    RecordingProxy toAlertmanager() {
        return toAlertmanager;
    }

    SmallCluster kubernetes() {
        return kubernetes;
    }

    RealPrometheus prometheus() {
        return prometheus;
    }

    static String resource(String name) {
        try (InputStream stream = MonitoredCluster.class.getResourceAsStream("/night/" + name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        toPrometheus.close();
        toAlertmanager.close();
        kubernetes.close();
        prometheus.close();
        alertmanager.close();
    }
}
