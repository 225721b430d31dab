package io.promwarden.demo;

import io.promwarden.inventory.RawObject;
import io.promwarden.testing.Backfill;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the replicas remember when they start: thirty days of samples, and since when each alert is active. Which series
 * there are, and which alerts, a rehearsal has shown.
 *
 * @param targets the rehearsal's active targets
 * @param alerts the rehearsal's pending and firing alerts
 */
record History(Exporters exporters, AlertPlan plan, List<RawObject> targets, List<RawObject> alerts) {

    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"([^\"]*)\"");
    /** A rule looks at it, and its alert is only restored if the rule finds something at its second evaluation. */
    private static final String FAILURES = "prometheus_rule_evaluation_failures_total";

    private static final String OWN_POOL = "serviceMonitor/monitoring/kps-prometheus/0";
    private static final Duration DEPTH = Duration.ofDays(29);
    private static final Duration FINE = Duration.ofHours(24);
    private static final Duration LIVELY = Duration.ofMinutes(20);
    private static final Duration SCRAPE = Duration.ofSeconds(30);

    /** Writes blocks: large ones for what is older than a day, two-hour ones for the last day. */
    void into(Path data, Instant now) {
        Instant newest = now.minusSeconds(90).truncatedTo(ChronoUnit.SECONDS);
        Instant day = now.minus(FINE).truncatedTo(ChronoUnit.DAYS);
        Instant month = day.minus(DEPTH).plus(Duration.ofDays(1));
        Backfill old = new Backfill();
        samples(old, month, day.minusSeconds(1), Duration.ofMinutes(60), Exposition.Series::history);
        old.into(data, Duration.ofHours(162));
        Instant minutes = newest.minus(LIVELY);
        Backfill recent = new Backfill();
        samples(recent, day, minutes, Duration.ofMinutes(15), Exposition.Series::history);
        // Rates are known from the first evaluation on, and who has been down for a while.
        samples(recent, minutes.plus(SCRAPE), newest, SCRAPE, series -> true);
        for (RawObject target : targets) {
            double up = target.text("health").orElse("").equals("up") ? 1 : 0;
            recent.series("up", target.texts("labels"), minutes.plus(SCRAPE), newest, SCRAPE, number -> up);
            if (target.text("scrapePool").orElse("").equals(OWN_POOL)) {
                recent.series(FAILURES, target.texts("labels"), minutes.plus(SCRAPE), newest, SCRAPE, number -> number);
            }
        }
        for (RawObject alert : alerts) {
            Map<String, String> labels = new LinkedHashMap<>(alert.texts("labels"));
            Instant since = now.minus(plan.age(labels.getOrDefault("alertname", "")));
            Instant from = since.isAfter(newest.minusSeconds(3000)) ? since : newest.minusSeconds(3000);
            recent.series("ALERTS_FOR_STATE", labels, from, newest, SCRAPE, number -> (double) since.getEpochSecond());
        }
        recent.into(data, Duration.ofHours(2));
    }

    private void samples(
            Backfill backfill, Instant start, Instant end, Duration step, Predicate<Exposition.Series> which) {
        for (RawObject target : targets) {
            URI url = URI.create(target.text("scrapeUrl").orElseThrow());
            Optional<Exporters.Place> place = exporters.place(url.getAuthority(), url.getPath());
            if (place.isEmpty()) {
                continue;
            }
            Map<String, String> placeholders = place.get().placeholders();
            for (Exposition.Series series : place.get().exposition().series()) {
                if (which.test(series)) {
                    Map<String, String> labels = new LinkedHashMap<>(target.texts("labels"));
                    Matcher own = LABEL.matcher(series.labels(placeholders));
                    while (own.find()) {
                        labels.put(own.group(1), own.group(2));
                    }
                    String identity = placeholders.toString();
                    backfill.series(
                            series.name(),
                            labels,
                            start,
                            end,
                            step,
                            number ->
                                    series.at((double) (start.getEpochSecond() + number * step.toSeconds()), identity));
                }
            }
        }
    }

    /** Turns a bit over in the oldest two-hour block's chunks: the server starts, and can't compact them. */
    static void spoilABlock(Path data) {
        Path oldest = null;
        long oldestTime = Long.MAX_VALUE;
        try (Stream<Path> blocks = Files.list(data)) {
            for (Path block : (Iterable<Path>) blocks.sorted()::iterator) {
                Path meta = block.resolve("meta.json");
                if (!Files.exists(meta)) {
                    continue;
                }
                RawObject said = RawObject.of(
                        Tree.of("meta", World.documents(meta).getFirst().tree()));
                long from = said.whole("meta", "minTime").orElseThrow();
                long to = said.whole("meta", "maxTime").orElseThrow();
                if (to - from <= Duration.ofHours(2).toMillis() && from < oldestTime) {
                    oldest = block;
                    oldestTime = from;
                }
            }
            if (oldest == null) {
                throw new IllegalStateException("no two-hour block in " + data);
            }
            Path chunks = oldest.resolve("chunks").resolve("000001");
            byte[] bytes = Files.readAllBytes(chunks);
            bytes[bytes.length - 1] ^= 1;
            Files.write(chunks, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
