package io.promwarden.catalog.tsdb;

import io.promwarden.check.Evidence;
import io.promwarden.observation.DeletedRange;
import io.promwarden.observation.MetricsServer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What runs deleted from one replica and not, or much less far, from another. */
final class DeletionsApart {

    private static final Duration LOOKED_BACK = Duration.ofDays(90);

    /** Every replica has a plan of its own, and is due by its own blocks: a night or two apart is no difference. */
    private static final Duration ALLOWED = Duration.ofDays(2);

    private DeletionsApart() {}

    /** By selector, up to when each replica's samples were deleted; only those that differ. Nothing without receipts. */
    static SortedMap<String, Map<MetricsServer, Instant>> of(
            Replicas replicas, Map<MetricsServer, Tsdb> known, Evidence evidence) {
        SortedMap<String, Map<MetricsServer, Instant>> ends = new TreeMap<>();
        for (MetricsServer server : replicas.servers()) {
            Optional<List<DeletedRange>> deletions = evidence.nights()
                    .deletions(server.id(), evidence.at().minus(LOOKED_BACK))
                    .value();
            if (deletions.isEmpty()) {
                return new TreeMap<>();
            }
            deletions.get().stream()
                    .filter(deletion -> deletion.effect() == DeletedRange.Effect.ALL
                            || deletion.effect() == DeletedRange.Effect.MORE)
                    .forEach(deletion -> ends.computeIfAbsent(deletion.selector(), key -> new LinkedHashMap<>())
                            .merge(server, deletion.end(), (one, other) -> one.isAfter(other) ? one : other));
        }
        ends.values().removeIf(byServer -> agree(replicas, known, byServer));
        return ends;
    }

    private static boolean agree(
            Replicas replicas, Map<MetricsServer, Tsdb> known, Map<MetricsServer, Instant> byServer) {
        Instant latest = byServer.values().stream().max(Instant::compareTo).orElse(Instant.MIN);
        return replicas.servers().stream().allMatch(server -> {
            Instant end = byServer.getOrDefault(server, Instant.EPOCH);
            return !end.isBefore(latest.minus(ALLOWED)) || beginsAfter(known.get(server), latest);
        });
    }

    /** A replica whose history is younger never had what was deleted from the other. */
    private static boolean beginsAfter(@Nullable Tsdb tsdb, Instant end) {
        return Optional.ofNullable(tsdb)
                .flatMap(known -> known.instant("lowest_timestamp"))
                .map(oldest -> oldest.isAfter(end))
                .orElse(false);
    }
}
