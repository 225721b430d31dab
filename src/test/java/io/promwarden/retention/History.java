package io.promwarden.retention;

import io.promwarden.http.DirectExchange;
import io.promwarden.http.Exchange;
import io.promwarden.http.ServerConnection;
import io.promwarden.observation.ServerId;
import io.promwarden.prometheus.PrometheusAdmin;
import io.promwarden.prometheus.PrometheusServer;
import io.promwarden.testing.Backfill;
import io.promwarden.testing.RealPrometheus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Forty days of history for real servers, made once and copied, and a way to count it that owes nothing to the product. */
final class History {

    static final Duration STEP = Duration.ofMinutes(10);

    @SuppressWarnings("TimeInStaticInitializer") // one history for all tests of a JVM
    static final Instant NEWEST = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(5));

    static final Instant OLDEST = NEWEST.minus(Duration.ofDays(40));

    /** Samples of one series. */
    static final long SAMPLES = Duration.between(OLDEST, NEWEST).dividedBy(STEP) + 1;

    private History() {}

    /** old_total and other_total with three series each, path_total with a plus in a label, and up. */
    static void make(Path dataDir) {
        Backfill backfill = new Backfill();
        for (int pod = 0; pod < 3; pod++) {
            int offset = pod;
            backfill.series("old_total", Map.of("pod", "p-" + pod), OLDEST, NEWEST, STEP, n -> n * 7.0 + offset);
            backfill.series("other_total", Map.of("pod", "p-" + pod), OLDEST, NEWEST, STEP, n -> n * 3.0 + offset);
        }
        backfill.series("path_total", Map.of("path", "/a+b"), OLDEST, NEWEST, STEP, n -> n * 5.0);
        backfill.series("path_total", Map.of("path", "/a b"), OLDEST, NEWEST, STEP, n -> n * 5.0);
        backfill.series("up", Map.of("job", "x"), OLDEST, NEWEST, STEP, n -> 1.0);
        backfill.into(dataDir, Duration.ofDays(2));
    }

    /** A server of its own with a copy of the history. */
    static RealPrometheus.Builder copied(Path template, Path folder) {
        Path data = folder.resolve("data");
        try (Stream<Path> files = Files.walk(template)) {
            for (Path file : files.toList()) {
                Path copy = data.resolve(template.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return RealPrometheus.in(folder)
                .configuration("scrape_configs: []\n")
                .flag("--storage.tsdb.retention.time=1000d");
    }

    static Replica replica(String instance, URI uri) {
        Exchange exchange = exchange(uri);
        return replica(instance, exchange, exchange);
    }

    static Exchange exchange(URI uri) {
        return new DirectExchange(ServerConnection.to(uri));
    }

    static Replica replica(String instance, Exchange reads, Exchange changes) {
        ServerId id = new ServerId("eu-1", "monitoring/k8s", instance);
        return new Replica(
                new PrometheusServer(id, reads, Duration.ofSeconds(30)),
                new PrometheusAdmin(id, changes, Duration.ofSeconds(30), Duration.ofSeconds(60)),
                new Replica.NamedInJob());
    }

    /** How many samples the server holds of a selector up to an instant, that instant included. */
    static long samplesUpTo(URI uri, String selector, Instant end) {
        return count(uri, "sum(count_over_time(" + selector + "[10000d]))", end);
    }

    /** All samples that the server holds of a selector. */
    static long samples(URI uri, String selector) {
        return samplesUpTo(uri, selector, NEWEST.plus(Duration.ofHours(4)));
    }

    static long count(URI uri, String expression, Instant at) {
        String query =
                "query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8) + "&time=" + at.getEpochSecond();
        String body = get(URI.create(uri + "/api/v1/query?" + query));
        if (body.contains("\"result\":[]")) {
            return 0;
        }
        Matcher value = Pattern.compile("\"value\":\\[[^,]*,\"(\\d+)\"]").matcher(body);
        if (!value.find()) {
            throw new AssertionError(body);
        }
        return Long.parseLong(value.group(1));
    }

    static String get(URI uri) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Bytes of all files of all blocks on disk. */
    static long blockBytes(RealPrometheus prometheus) {
        try (Stream<Path> files = Files.walk(prometheus.dataDir())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/chunks/")
                            || file.getFileName().toString().equals("index"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
