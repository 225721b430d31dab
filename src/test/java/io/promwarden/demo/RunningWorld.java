package io.promwarden.demo;

import io.promwarden.inventory.RawObject;
import io.promwarden.testing.RealAlertmanager;
import io.promwarden.testing.RealPrometheus;
import io.promwarden.testing.RealServers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/** A world's servers as real processes: an Alertmanager and two replicas of Prometheus that scrape the exporters. */
final class RunningWorld implements AutoCloseable {

    static final List<String> REPLICAS = List.of("prometheus-kps-prometheus-0", "prometheus-kps-prometheus-1");
    static final String ALERTMANAGER = "alertmanager-kps-alertmanager-0";

    private static final Duration PATIENCE = Duration.ofMinutes(6);

    /** Younger alerts may still be pending. */
    private static final Duration SHORT = Duration.ofMinutes(20);

    private final World world;
    private final AlertPlan plan;
    private final Exporters exporters;
    private final ExporterProxy proxy;
    private final Path folder;
    private final int nobody = RealServers.freePort();
    private final Map<String, URI> servers = new ConcurrentHashMap<>();
    private final List<Runnable> running = new ArrayList<>();

    RunningWorld(World world, Path source, Path folder, SSLContext tls) {
        this.world = world;
        this.plan = new AlertPlan(source.resolve("world").resolve("alerts.yaml"));
        this.exporters = new Exporters(world, source.resolve("exporters"), pod -> String.valueOf(servers.get(pod)));
        this.proxy = new ExporterProxy(exporters, tls);
        this.folder = folder;
    }

    /** The real process behind each server pod. */
    Map<String, URI> servers() {
        return new TreeMap<>(servers);
    }

    /** The port that refuses connections on behalf of pods that do. */
    int nobody() {
        return nobody;
    }

    /** Everything of this world lies below: configuration, rules, data. */
    Path folder() {
        return folder;
    }

    /** Rehearses, back-fills, starts all, and waits until targets, rules, alerts and storage have settled. */
    void start() throws IOException, InterruptedException {
        RealAlertmanager alertmanager = RealAlertmanager.start(folder.resolve("alertmanager"), plan.configuration());
        running.add(alertmanager::close);
        servers.put(ALERTMANAGER, alertmanager.uri());
        Replica replica = new Replica(world, proxy, nobody, alertmanager.uri().getAuthority());
        History history = rehearse(new Replica(world, proxy, nobody, "127.0.0.1:" + nobody));
        Instant now = Instant.now();
        for (String pod : REPLICAS) {
            history.into(folder.resolve(pod).resolve("data"), now);
        }
        History.spoilABlock(folder.resolve(REPLICAS.getLast()).resolve("data"));
        for (String pod : REPLICAS) {
            RealPrometheus prometheus = replica.start(pod, folder.resolve(pod), "30s");
            running.add(prometheus::close);
            servers.put(pod, prometheus.uri());
        }
        for (Map<String, ?> silence : plan.silences(Instant.now())) {
            PrometheusApi.post(URI.create(alertmanager.uri() + "/api/v2/silences"), silence);
        }
        awaitSettled();
    }

    /** A short run with short intervals shows which series and alerts there will be. */
    private History rehearse(Replica replica) throws IOException, InterruptedException {
        try (RealPrometheus prometheus = replica.start(REPLICAS.getFirst(), folder.resolve("rehearsal"), "4s")) {
            REPLICAS.forEach(pod -> servers.put(pod, prometheus.uri()));
            PrometheusApi api = new PrometheusApi(prometheus.uri());
            Instant deadline = Instant.now().plus(PATIENCE);
            while (unsettled(api).isPresent() || !missing(api.alerts()).isEmpty()) {
                pause(
                        deadline,
                        "the rehearsal doesn't settle: " + unsettled(api) + ", missing " + missing(api.alerts()));
            }
            // An alert may have several label sets, and not all at once.
            Thread.sleep(16_000);
            return new History(exporters, plan, api.targets(), api.alerts());
        }
    }

    private void awaitSettled() throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        // Alerts restore their age at a group's second evaluation, and storage compacts after a minute.
        Thread.sleep(100_000);
        while (unsettled().isPresent()) {
            pause(deadline, "the world doesn't settle: " + unsettled().orElse(""));
        }
    }

    /** What is still missing. */
    private Optional<String> unsettled() throws IOException, InterruptedException {
        for (String pod : REPLICAS) {
            Optional<String> why = unsettled(api(pod));
            if (why.isPresent()) {
                return why.map(text -> pod + ": " + text);
            }
            List<RawObject> alerts = api(pod).alerts();
            Set<String> missing = missing(alerts);
            alerts.stream()
                    .filter(alert -> !restored(alert))
                    .forEach(alert ->
                            missing.add(alert.text("labels", "alertname").orElse("")));
            if (!missing.isEmpty()) {
                return Optional.of(pod + ": not active for as long as they should be: " + missing);
            }
        }
        PrometheusApi spoilt = api(REPLICAS.getFirst());
        if (spoilt.value("max(prometheus_tsdb_compactions_failed_total)") < 1) {
            return Optional.of("no compaction has failed yet");
        }
        RawObject held = PrometheusApi.read(URI.create(servers.get(ALERTMANAGER) + "/api/v2/alerts"));
        for (String way : List.of("silencedBy", "inhibitedBy")) {
            if (held.objects("list").stream()
                    .allMatch(alert -> alert.words("status", way).isEmpty())) {
                return Optional.of("no alert is " + way);
            }
        }
        return Optional.empty();
    }

    /** Alerts that have to be there and aren't. */
    private Set<String> missing(List<RawObject> alerts) {
        Set<String> missing = new TreeSet<>(plan.expected());
        alerts.forEach(alert -> missing.remove(alert.text("labels", "alertname").orElse("")));
        return missing;
    }

    /** True if it has been active for as long as planned, or has no plan. */
    private boolean restored(RawObject alert) {
        String name = alert.text("labels", "alertname").orElse("");
        if (!plan.expected().contains(name)) {
            return true;
        }
        Duration age = plan.age(name);
        Instant active = Instant.parse(alert.text("activeAt").orElseThrow());
        boolean fires = alert.text("state").orElse("").equals("firing");
        return active.isBefore(Instant.now().minus(age)) && (fires || age.compareTo(SHORT) < 0);
    }

    private PrometheusApi api(String pod) {
        return new PrometheusApi(java.util.Objects.requireNonNull(servers.get(pod), pod));
    }

    private static Optional<String> unsettled(PrometheusApi api) throws IOException, InterruptedException {
        List<RawObject> targets = api.targets();
        Optional<String> unscraped = targets.stream()
                .filter(target -> target.text("health").orElse("unknown").equals("unknown"))
                .flatMap(target -> target.text("scrapeUrl").stream())
                .findFirst();
        if (targets.isEmpty() || unscraped.isPresent()) {
            return Optional.of("not scraped yet: " + unscraped.orElse("anything"));
        }
        return api.rules().stream()
                .filter(rule -> rule.text("health").orElse("unknown").equals("unknown"))
                .flatMap(rule -> rule.text("name").stream())
                .findFirst()
                .map(rule -> "not evaluated yet: " + rule);
    }

    private static void pause(Instant deadline, String otherwise) throws InterruptedException {
        if (Instant.now().isAfter(deadline)) {
            throw new IllegalStateException(otherwise);
        }
        Thread.sleep(1000);
    }

    @Override
    public void close() {
        for (Runnable server : running.reversed()) {
            server.run();
        }
        proxy.close();
    }
}
