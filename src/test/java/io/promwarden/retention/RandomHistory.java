package io.promwarden.retention;

import io.promwarden.testing.Backfill;
import java.io.IOException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Thirty days of series that begin, pause and end at random, and a way to read every sample back that owes nothing to the
 * product.
 */
final class RandomHistory {

    static final Duration LENGTH = Duration.ofDays(30);

    private static final Duration STEP = Duration.ofMinutes(20);
    private static final List<String> METRICS = List.of(
            "http_requests_total",
            "http_requests_created",
            "http_duration_bucket",
            "cache_hits_total",
            "cache_misses_total",
            "db_rows",
            "db_locks",
            "queue_depth",
            "slo:errors:ratio",
            "up");
    private static final List<String> ENVIRONMENTS = List.of("dev", "test", "prod");
    private static final List<String> PODS = List.of("a+b", "p-1", "p 2", "é\"\\");
    private static final JsonMapper JSON = new JsonMapper();

    private final Instant newest = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(5));
    private final Random random;
    private final Backfill backfill = new Backfill();

    RandomHistory(Random random) {
        this.random = random;
    }

    Instant newest() {
        return newest;
    }

    void into(Path dataDir) {
        for (String metric : METRICS) {
            for (String environment : ENVIRONMENTS) {
                for (String pod : PODS) {
                    Map<String, String> labels = new TreeMap<>(Map.of("env", environment, "pod", pod));
                    if (random.nextBoolean()) {
                        labels.put("zone", "z" + random.nextInt(3));
                    }
                    episodes(metric, labels);
                }
            }
        }
        backfill.into(dataDir, Duration.ofDays(2));
    }

    /** One to three spans of samples with pauses between them. */
    private void episodes(String metric, Map<String, String> labels) {
        Instant oldest = newest.minus(LENGTH);
        Instant from = random.nextInt(3) == 0 ? oldest : oldest.plus(hours(20 * 24));
        for (int episode = random.nextInt(3); episode >= 0 && from.isBefore(newest); episode--) {
            Instant to = episode == 0 && random.nextBoolean() ? newest : from.plus(hours(20 * 24));
            int first = random.nextInt(1_000);
            backfill.series(metric, labels, from, to.isAfter(newest) ? newest : to, STEP, n -> first + n * 0.5);
            from = to.plus(STEP).plus(hours(5 * 24));
        }
    }

    private Duration hours(int most) {
        return Duration.ofMinutes(random.nextInt(most * 60));
    }

    /** Policies that overlap, with all four kinds of matchers; each selector once. */
    List<RetentionPolicy> policies(int count) {
        Map<String, RetentionPolicy> policies = new TreeMap<>();
        while (policies.size() < count) {
            List<String> matchers = new ArrayList<>(List.of(oneOf(
                    "__name__=\"http_requests_total\"",
                    "__name__=\"queue_depth\"",
                    "__name__=\"db_rows\"",
                    "__name__=\"up\"",
                    "__name__=\"cache_hits_total\"",
                    "__name__=~\"http_requests_.*\"",
                    "__name__=~\"cache_(hits|misses)_total\"",
                    "__name__=~\"(db|queue)_.+\"",
                    "__name__=~\"http_.*\",__name__!~\".*_bucket\"",
                    "__name__=~\"slo:errors:.+\"")));
            for (int more = random.nextInt(3); more > 0; more--) {
                matchers.add(oneOf(
                        "env=\"dev\"",
                        "env!=\"prod\"",
                        "env=~\"dev|test\"",
                        "pod=\"a+b\"",
                        "pod=\"é\\\"\\\\\"",
                        "pod!~\"p.*\"",
                        "pod=~\"p.+\"",
                        "zone=\"\"",
                        "zone!=\"\"",
                        "zone=~\"z[01]\""));
            }
            String match = "{" + String.join(",", matchers) + "}";
            Duration keep = Duration.ofHours(24 + random.nextInt(27 * 24));
            policies.putIfAbsent(
                    match,
                    new RetentionPolicy(match, keep, "a test", java.util.Optional.empty(), java.util.Optional.empty()));
        }
        return List.copyOf(policies.values());
    }

    private String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Every sample that a server holds: label set, then time in milliseconds, then value as written. */
    static Map<Map<String, String>, NavigableMap<Long, String>> everything(URI server) {
        String query = "{__name__=~\".+\"}[" + LENGTH.plusDays(3).toHours() + "h]";
        URI uri = URI.create(server + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        Map<Map<String, String>, NavigableMap<Long, String>> all = new java.util.HashMap<>();
        for (JsonNode series : JSON.readTree(body(uri)).path("data").path("result")) {
            Map<String, String> labels = new TreeMap<>();
            series.path("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asString()));
            NavigableMap<Long, String> samples = new TreeMap<>();
            for (JsonNode sample : series.path("values")) {
                samples.put(
                        Math.round(sample.get(0).asDouble() * 1000),
                        sample.get(1).asString());
            }
            all.put(labels, samples);
        }
        return all;
    }

    private static String body(URI uri) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
