package io.promwarden.explain;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.label.PromQuote;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.RuntimeInfo;
import io.promwarden.observation.Sample;
import io.promwarden.observation.ScrapeConfiguration;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Servers;
import io.promwarden.observation.Target;
import io.promwarden.observation.Targets;
import io.promwarden.observation.Unreached;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The links that only a running Prometheus can tell: loaded, scraped, and with samples. */
final class RunningLinks {

    /** Gives the targets whose samples metric relabeling drops, every one. */
    static final String EMPTIED = "scrape_samples_post_metric_relabeling == 0 and scrape_samples_scraped > 0";

    private static final int STALE_INTERVALS = 5;

    private final Running running;
    private final List<PrometheusObject> all;
    private final Map<ServerId, Map<String, List<Target>>> pools = new HashMap<>();
    private final Map<String, Set<String>> poolsByUrl = new HashMap<>();

    RunningLinks(Running running, List<PrometheusObject> all) {
        this.running = running;
        this.all = all;
        for (MetricsServer server : running.servers().answering()) {
            server.targets().value().map(Targets::active).orElse(List.of()).forEach(target -> {
                pools.computeIfAbsent(server.id(), key -> new HashMap<>())
                        .computeIfAbsent(target.scrapePool(), key -> new ArrayList<>())
                        .add(target);
                poolsByUrl
                        .computeIfAbsent(server.id() + " " + url(target), key -> new TreeSet<>())
                        .add(target.scrapePool());
            });
        }
    }

    /** Active targets of a scrape pool with their servers, as far as the Prometheus' servers answered. */
    private record Seen(ServerId server, Target target) {}

    /**
     * The links, up to the first broken one.
     *
     * @param before the chain's links so far
     * @param renamed the series may carry another job or instance than their target
     */
    List<Link> judge(PrometheusObject prometheus, String pool, List<Link> before, boolean renamed) {
        Servers<MetricsServer> servers = running.of(prometheus, all);
        List<Link> links = new ArrayList<>();
        Link loaded = loaded(servers, pool);
        links.add(loaded);
        if (loaded.isBroken()) {
            return links;
        }
        List<Seen> seen = seen(servers, pool);
        Link scraped = scraped(servers, seen, before, pool);
        links.add(scraped);
        if (!scraped.isBroken()) {
            links.add(
                    scraped.outcome() == Link.Outcome.OK
                            ? samples(seen, renamed)
                            : Link.unknown(LinkName.SAMPLES, "no scrape is known to have worked"));
        }
        return links;
    }

    private List<Seen> seen(Servers<MetricsServer> servers, String pool) {
        return servers.answering().stream()
                .flatMap(server -> pools.getOrDefault(server.id(), Map.of()).getOrDefault(pool, List.of()).stream()
                        .map(target -> new Seen(server.id(), target)))
                .toList();
    }

    private Link loaded(Servers<MetricsServer> servers, String pool) {
        if (servers.isEmpty()) {
            return Link.unknown(LinkName.LOADED, "no server of this Prometheus was found to ask");
        }
        List<String> gaps = new ArrayList<>(
                servers.unreached().stream().map(Unreached::text).toList());
        List<String> failed = new ArrayList<>();
        boolean found = false;
        int asked = 0;
        for (MetricsServer server : servers.answering()) {
            boolean active = pools.getOrDefault(server.id(), Map.of()).containsKey(pool);
            switch (server.configuration()) {
                case Answer.Known<ScrapeConfiguration> known -> {
                    asked++;
                    found |= active || known.known().jobs().contains(pool);
                }
                case Answer.Unknown<ScrapeConfiguration> unknown -> {
                    found |= active;
                    gaps.add(server.id().text() + ": " + unknown.why());
                }
            }
            if (server.runtimeInfo()
                    .value()
                    .map(RuntimeInfo::reloadConfigSuccess)
                    .filter(success -> !success)
                    .isPresent()) {
                failed.add("the last configuration reload of " + server.id().text() + " failed"
                        + (found ? "; it goes on with the one before" : ""));
            }
        }
        if (!failed.isEmpty() && failed.size() == servers.answering().size()) {
            return Link.broken(Code.CONFIG_NOT_LOADED, failed);
        }
        if (found) {
            return Link.ok(LinkName.LOADED, "scrape pool " + pool);
        }
        if (asked == 0 || !gaps.isEmpty()) {
            return Link.unknown(LinkName.LOADED, String.join("; ", gaps));
        }
        return Link.broken(
                Code.CONFIG_NOT_LOADED,
                "no scrape pool " + pool + " in the configuration of "
                        + servers.answering().get(0).id().text());
    }

    private Link scraped(Servers<MetricsServer> servers, List<Seen> seen, List<Link> before, String pool) {
        List<Seen> tried = seen.stream()
                .filter(one -> one.target().health() != Target.Health.UNKNOWN)
                .toList();
        if (tried.isEmpty()) {
            return untried(servers, seen, before, pool);
        }
        Set<String> up = new TreeSet<>();
        Set<String> targets = new TreeSet<>();
        Map<Code, Set<String>> failures = new EnumMap<>(Code.class);
        Map<Code, String> words = new LinkedHashMap<>();
        for (Seen one : tried) {
            String url = url(one.target());
            targets.add(url);
            if (one.target().health() == Target.Health.UP) {
                up.add(url);
            } else {
                Code code = ScrapeErrors.code(one.target().lastError());
                failures.computeIfAbsent(code, key -> new TreeSet<>()).add(url);
                words.putIfAbsent(code, url + ": " + one.target().lastError());
            }
        }
        List<String> evidence = new ArrayList<>();
        failures.entrySet().stream()
                .sorted(Map.Entry.<Code, Set<String>>comparingByValue((a, b) -> b.size() - a.size()))
                .forEach(entry -> evidence.add((failures.size() > 1
                                ? entry.getKey().word() + " ("
                                        + entry.getValue().size() + "): "
                                : "")
                        + words.get(entry.getKey())));
        if (!up.isEmpty()) {
            evidence.add(0, up.size() + " of " + targets.size() + " targets up");
            return Link.ok(LinkName.SCRAPED, evidence);
        }
        Code most = failures.entrySet().stream()
                .max(Map.Entry.comparingByValue((a, b) -> a.size() - b.size()))
                .orElseThrow()
                .getKey();
        if (most == Code.PATH_NOT_FOUND) {
            neighbour(tried.get(0)).ifPresent(evidence::add);
        }
        return Link.broken(most, evidence);
    }

    /** No target, or none that was scraped yet. What Prometheus has dropped tells what relabeling could not. */
    private Link untried(Servers<MetricsServer> servers, List<Seen> seen, List<Link> before, String pool) {
        if (!seen.isEmpty()) {
            return Link.unknown(LinkName.SCRAPED, "its " + seen.size() + " targets were not scraped yet");
        }
        List<String> gaps = new ArrayList<>();
        servers.unreached().forEach(unreached -> gaps.add(unreached.text()));
        servers.answering().forEach(server -> server.targets().reason().ifPresent(gaps::add));
        boolean relabelingOpen = before.stream()
                .anyMatch(link -> link.name() == LinkName.RELABELING && link.outcome() == Link.Outcome.UNKNOWN);
        boolean addresses = before.stream()
                .anyMatch(link -> link.name() == LinkName.ADDRESSES && link.outcome() == Link.Outcome.OK);
        if (gaps.isEmpty() && relabelingOpen && addresses) {
            return Link.broken(
                    Code.DROPPED_BY_RELABELING,
                    "Prometheus has addresses for scrape pool " + pool + " and no active target");
        }
        return Link.unknown(
                LinkName.SCRAPED,
                gaps.isEmpty()
                        ? "Prometheus has no active target in scrape pool " + pool
                                + (addresses ? "; its service discovery may lag, or may not look there" : "")
                        : String.join("; ", gaps));
    }

    /** Another path of the same address that answers. */
    private Optional<String> neighbour(Seen seen) {
        return pools.getOrDefault(seen.server(), Map.of()).values().stream()
                .flatMap(List::stream)
                .filter(other -> other.address().equals(seen.target().address())
                        && other.health() == Target.Health.UP
                        && !other.path().equals(seen.target().path()))
                .map(other -> "the path " + other.path() + " answers at the same address")
                .findFirst();
    }

    /** The first server that scrapes it stands for its replicas, and its first target for the others. */
    private Link samples(List<Seen> seen, boolean renamed) {
        List<Seen> up = up(seen);
        Answer<List<Sample>> emptied = running.answers().ask(up.get(0).server(), EMPTIED);
        List<Sample> bare = emptied.value().orElse(List.of());
        List<Seen> filled = up.stream()
                .filter(one -> bare.stream().noneMatch(sample -> same(sample, one.target())))
                .toList();
        if (filled.isEmpty()) {
            return Link.broken(
                    Code.ALL_SAMPLES_DROPPED,
                    "scrape_samples_scraped is above 0, scrape_samples_post_metric_relabeling is 0");
        }
        if (filled.stream().allMatch(one -> late(one.target()))) {
            return Link.broken(
                    Code.STALE,
                    filled.size() + " targets were last scraped more than " + STALE_INTERVALS + " intervals ago");
        }
        if (emptied.reason().isPresent()) {
            return Link.unknown(LinkName.SAMPLES, emptied.reason().get());
        }
        return filled.get(0).equals(up.get(0))
                ? fresh(filled.get(0), renamed)
                : Link.ok(LinkName.SAMPLES, "samples of " + filled.size() + " of " + up.size() + " targets are kept");
    }

    private static List<Seen> up(List<Seen> seen) {
        List<Seen> up = seen.stream()
                .filter(one -> one.target().health() == Target.Health.UP)
                .toList();
        return up.stream()
                .filter(one -> one.server().equals(up.get(0).server()))
                .toList();
    }

    /** Series may carry timestamps of their own, which can be old while the scrape is new. */
    private Link fresh(Seen one, boolean renamed) {
        return switch (running.answers().ask(one.server(), recent(one.target()))) {
            case Answer.Unknown<List<Sample>> unknown -> Link.unknown(LinkName.SAMPLES, unknown.why());
            case Answer.Known<List<Sample>> known -> {
                if (!known.known().isEmpty()) {
                    yield Link.ok(
                            LinkName.SAMPLES,
                            Math.round(known.known().get(0).value()) + " series of " + url(one.target())
                                    + " have a sample of the last " + window(one.target()) + " s");
                }
                yield renamed
                        ? Link.ok(LinkName.SAMPLES, "samples are stored under labels of their own")
                        : Link.broken(
                                Code.STALE,
                                "no series of " + url(one.target()) + " has a sample of the last "
                                        + window(one.target()) + " s, which are " + STALE_INTERVALS + " intervals");
            }
        };
    }

    /**
     * How many series of a target have a sample within five intervals, its scrape's own metrics apart. Of the functions
     * over a range only {@code last_over_time} keeps the metrics' names, without which their series would be alike.
     */
    static String recent(Target target) {
        return "count(last_over_time({__name__!~\"up|scrape_.*\",job=" + PromQuote.quote(target.job()) + ",instance="
                + PromQuote.quote(target.instance()) + "}[" + window(target) + "s]))";
    }

    /** Five intervals, in seconds. */
    private static long window(Target target) {
        Duration interval = target.interval().isZero() ? Duration.ofMinutes(1) : target.interval();
        return Math.max(1, interval.multipliedBy(STALE_INTERVALS).toSeconds());
    }

    private boolean late(Target target) {
        Instant limit = running.at().minus(target.interval().multipliedBy(STALE_INTERVALS));
        return !target.interval().equals(Duration.ZERO)
                && target.lastScrape().filter(last -> last.isBefore(limit)).isPresent();
    }

    private static boolean same(Sample sample, Target target) {
        return sample.labels().without("__name__").equals(target.labels());
    }

    /** Other scrape pools of the same server that scrape one of the targets as well. */
    Set<String> twice(PrometheusObject prometheus, String pool) {
        Set<String> others = new TreeSet<>();
        if (pool.startsWith("probe/")) {
            return others; // probes differ in what they ask of one prober
        }
        for (Seen one : seen(running.of(prometheus, all), pool)) {
            others.addAll(poolsByUrl.getOrDefault(one.server() + " " + url(one.target()), Set.of()));
        }
        others.remove(pool);
        return others;
    }

    /** The queries that the samples link will ask for these pools. */
    List<Map.Entry<ServerId, String>> questions(PrometheusObject prometheus, String pool) {
        List<Map.Entry<ServerId, String>> questions = new ArrayList<>();
        up(seen(running.of(prometheus, all), pool)).stream().findFirst().ifPresent(one -> {
            questions.add(Map.entry(one.server(), EMPTIED));
            questions.add(Map.entry(one.server(), recent(one.target())));
        });
        return questions;
    }

    private static String url(Target target) {
        return target.scheme() + "://" + target.address() + target.path();
    }
}
