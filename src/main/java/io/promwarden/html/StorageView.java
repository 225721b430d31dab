package io.promwarden.html;

import io.promwarden.report.Wording;
import io.promwarden.storage.StorageHealth;
import io.promwarden.storage.StorageResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** One row per Prometheus pod. */
public record StorageView(Capped<Row> servers) {

    public record Row(
            String server,
            String version,
            String retention,
            String series,
            String rate,
            String blocks,
            String bytes,
            String wal,
            String oldest,
            String troubles,
            String tone) {}

    static StorageView of(List<StorageResult> all) {
        List<StorageHealth> servers =
                all.stream().flatMap(result -> result.servers().stream()).toList();
        return new StorageView(Capped.of(
                servers,
                150,
                new Budget(50_000),
                StorageView::row,
                row -> List.of(row.server(), row.retention(), row.version(), " ".repeat(200))));
    }

    private static Row row(StorageHealth health) {
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
                health.oldestSample().map(Wording::minute).orElse(Wording.UNKNOWN),
                troubles.isEmpty() ? (unknown ? "not known" : "none") : String.join(", ", troubles),
                troubles.isEmpty() ? (unknown ? "warn" : "none") : "bad");
    }

    private static void add(List<String> troubles, OptionalLong count, String noun) {
        if (count.isPresent() && count.getAsLong() > 0) {
            troubles.add(Wording.count(count.getAsLong(), noun));
        }
    }
}
