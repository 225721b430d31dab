package io.promwarden.html;

import io.promwarden.observation.ServerId;
import io.promwarden.report.Wording;
import io.promwarden.storage.DiskForecast;
import io.promwarden.storage.StorageHealth;
import io.promwarden.storage.StorageResult;
import io.promwarden.storage.StorageTrend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One row per Prometheus pod, and what most of its series are. */
public record StorageView(Capped<Row> servers, Capped<StorageTrends.Server> trends) {

    public record Row(
            String server,
            String version,
            String retention,
            String series,
            String rate,
            String blocks,
            String bytes,
            String wal,
            String volume,
            String full,
            String oldest,
            String troubles,
            String tone) {}

    private static final double FAR_DAYS = 365;

    static StorageView of(List<StorageResult> all) {
        List<StorageHealth> servers =
                all.stream().flatMap(result -> result.servers().stream()).toList();
        List<StorageTrend> trends =
                all.stream().flatMap(result -> result.trends().stream()).toList();
        Map<ServerId, DiskForecast> forecasts = new HashMap<>();
        trends.forEach(trend -> trend.forecast().ifPresent(forecast -> forecasts.put(trend.server(), forecast)));
        return new StorageView(
                Capped.of(
                        servers,
                        150,
                        new Budget(60_000),
                        health -> row(health, Optional.ofNullable(forecasts.get(health.server()))),
                        row -> List.of(row.server(), row.retention(), row.version(), " ".repeat(260))),
                StorageTrends.of(trends).servers());
    }

    private static Row row(StorageHealth health, Optional<DiskForecast> forecast) {
        List<String> troubles = new ArrayList<>();
        add(troubles, health.compactionsFailed(), "failed compaction");
        add(troubles, health.reloadsFailed(), "failed reload");
        add(troubles, health.walCorruptions(), "WAL corruption");
        boolean unknown = health.compactionsFailed().isEmpty()
                || health.reloadsFailed().isEmpty()
                || health.walCorruptions().isEmpty();
        return new Row(
                Shown.name(health.server().text()),
                Shown.name(health.version()),
                Shown.name(health.retention()),
                Wording.number(health.headSeries().orElse(-1)),
                health.samplesPerSecond().isPresent()
                        ? Wording.number(Math.round(health.samplesPerSecond().getAsDouble()))
                        : Wording.UNKNOWN,
                Wording.number(health.blocks().orElse(-1)),
                Wording.bytes(health.blockBytes().orElse(-1)),
                Wording.bytes(health.walBytes().orElse(-1)),
                health.disk()
                        .map(disk -> Wording.bytes(disk.usedBytes()) + " of " + Wording.bytes(disk.size()))
                        .orElse(Wording.UNKNOWN),
                forecast.flatMap(one -> health.at().map(at -> full(one, at))).orElse(""),
                health.oldestSample().map(Wording::minute).orElse(Wording.UNKNOWN),
                troubles.isEmpty() ? (unknown ? "not known" : "none") : String.join(", ", troubles),
                troubles.isEmpty() ? (unknown ? "warn" : "none") : "bad");
    }

    /** Nobody plans for a day that is further away than a year. */
    private static String full(DiskForecast forecast, Instant at) {
        if (forecast.left() > FAR_DAYS) {
            return "";
        }
        String latest = forecast.latest() > FAR_DAYS ? "later than in a year" : day(forecast.latest(), at);
        return "full around " + day(forecast.left(), at) + " (" + day(forecast.earliest(), at) + " to " + latest + ")";
    }

    private static String day(double days, Instant at) {
        return Wording.day(at.plus(Duration.ofMinutes(Math.round(days * 1440))));
    }

    private static void add(List<String> troubles, OptionalLong count, String noun) {
        if (count.isPresent() && count.getAsLong() > 0) {
            troubles.add(Wording.count(count.getAsLong(), noun));
        }
    }
}
