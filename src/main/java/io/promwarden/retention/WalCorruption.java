package io.promwarden.retention;

import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.RuntimeInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Whether the WAL or the head's chunks were found corrupted since the server started. */
final class WalCorruption {

    private static final String WAL = "prometheus_tsdb_wal_corruptions_total";
    private static final String CHUNKS = "prometheus_tsdb_mmap_chunk_corruptions_total";

    private WalCorruption() {}

    static List<Refusal> refusals(PodObservations seen) {
        Optional<OwnMetrics> own = seen.ownMetrics().value();
        OptionalDouble wal = own.map(metrics -> metrics.sum(WAL)).orElse(OptionalDouble.empty());
        OptionalDouble chunks = own.map(metrics -> metrics.sum(CHUNKS)).orElse(OptionalDouble.empty());
        long told = seen.condition()
                .runtime()
                .value()
                .map(RuntimeInfo::corruptionCount)
                .orElse(0L);
        double found = Math.max(wal.orElse(0), (double) told) + chunks.orElse(0);
        if (found > 0) {
            return List.of(new Refusal(
                    "wal-corrupted",
                    "its WAL or the chunks of its head were found corrupted since it was started",
                    "Its log says what was lost. Look after the disk, and restart it once it is sound."));
        }
        return wal.isPresent()
                ? List.of()
                : List.of(new Refusal(
                        "wal-corruption-unknown",
                        "whether its WAL is sound is not known: its own metrics lack " + WAL,
                        "Check its /metrics; what is not known is refused."));
    }
}
