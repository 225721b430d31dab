package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.label.SeriesSelector;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.Sample;
import io.promwarden.observation.Target;
import io.promwarden.observation.Targets;
import io.promwarden.retention.StillWritten.Scraper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What writes series of a server now: its targets, joined by job and instance, and its recording rules. */
final class LiveWriters {

    private static final int MOST = 1000;

    private final MetricsServer server;
    private final Instant now;
    private final LoadedRules rules;

    /** Asked for once, and only if some series is still written. */
    private @Nullable Answer<Map<Key, String>> pools;

    private record Key(String job, String instance) {}

    private record PoolJob(String pool, String job) {}

    LiveWriters(MetricsServer server, Instant now, LoadedRules rules) {
        this.server = server;
        this.now = now;
        this.rules = rules;
    }

    StillWritten of(SeriesSelector selector, Collection<String> metrics) {
        String expression = "topk(" + MOST + ", count by (job, instance) (" + selector.text() + "))";
        List<StillWritten.RuleName> writers = rules.writers(metrics);
        return switch (server.query(expression, now)) {
            case Answer.Unknown<List<Sample>> unknown ->
                new StillWritten(List.of(), writers, Optional.of("its latest samples: " + unknown.why()));
            case Answer.Known<List<Sample>> known -> {
                Answer<Map<Key, String>> targets = known.known().isEmpty() ? Answer.known(Map.of()) : pools();
                Optional<String> unknown =
                        targets.reason().map(why -> "its targets: " + why).or(rules::unknown);
                yield new StillWritten(scrapers(known.known(), targets.value().orElse(Map.of())), writers, unknown);
            }
        };
    }

    private static List<Scraper> scrapers(List<Sample> counts, Map<Key, String> pools) {
        Map<PoolJob, Long> byPool = new HashMap<>();
        for (Sample count : counts) {
            String job = count.labels().value("job");
            String pool = pools.getOrDefault(new Key(job, count.labels().value("instance")), "");
            byPool.merge(new PoolJob(pool, job), (long) count.value(), Long::sum);
        }
        List<Scraper> scrapers = new ArrayList<>();
        byPool.forEach((key, series) -> scrapers.add(new Scraper(key.pool(), key.job(), series)));
        scrapers.sort(Comparator.comparingLong(Scraper::series)
                .reversed()
                .thenComparing(Scraper::pool)
                .thenComparing(Scraper::job));
        return scrapers;
    }

    private Answer<Map<Key, String>> pools() {
        Answer<Map<Key, String>> known = pools;
        if (known == null) {
            known = server.targets().map(LiveWriters::pools);
            pools = known;
        }
        return known;
    }

    private static Map<Key, String> pools(Targets targets) {
        Map<Key, String> pools = new HashMap<>();
        for (Target target : targets.active()) {
            pools.put(new Key(target.job(), target.instance()), target.scrapePool());
        }
        return pools;
    }
}
