package io.promwarden.storage;

import io.promwarden.answer.Answer;
import io.promwarden.observation.BuildInfo;
import io.promwarden.observation.Count;
import io.promwarden.observation.HeadStatistics;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.RuntimeInfo;
import io.promwarden.observation.ServerId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** How one TSDB is doing, from what its server says of itself. What it does not say stays empty. */
public final class StorageMeasure {

    /** An empty head, or an empty database, gives the largest integer for its oldest sample. */
    private static final double LAST_MILLI = 253_402_300_799_000d;

    private static final int MOST_NAMES = 20;

    /** A label's value may be of any length; what is recorded each night may not. */
    private static final int LONGEST_NAME = 300;

    private StorageMeasure() {}

    /**
     * Measures.
     *
     * @param head its largest metrics, labels and pairs
     * @param now to tell for how long the process has been appending samples
     */
    public static StorageHealth of(
            ServerId server,
            Answer<BuildInfo> build,
            Answer<RuntimeInfo> runtime,
            OwnMetrics own,
            Answer<HeadStatistics> head,
            Instant now) {
        return new StorageHealth(
                server,
                build.value().map(BuildInfo::version).orElse(""),
                runtime.value().map(RuntimeInfo::storageRetention).orElse(""),
                whole(own, "prometheus_tsdb_head_series"),
                instant(own, "prometheus_tsdb_head_min_time"),
                whole(own, "prometheus_tsdb_blocks_loaded"),
                whole(own, "prometheus_tsdb_storage_blocks_bytes"),
                whole(own, "prometheus_tsdb_wal_storage_size_bytes"),
                instant(own, "prometheus_tsdb_lowest_timestamp"),
                whole(own, "prometheus_tsdb_compactions_failed_total"),
                whole(own, "prometheus_tsdb_reloads_failures_total"),
                whole(own, "prometheus_tsdb_wal_corruptions_total"),
                samplesPerSecond(own, now),
                Optional.of(now),
                Optional.empty(),
                largest(head, HeadStatistics::seriesByMetric),
                largest(head, HeadStatistics::seriesByLabelPair),
                largest(head, HeadStatistics::valuesByLabel));
    }

    private static List<Count> largest(Answer<HeadStatistics> head, Function<HeadStatistics, List<Count>> list) {
        return head.value().map(list).orElse(List.of()).stream()
                .sorted(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::name))
                .limit(MOST_NAMES)
                .map(count -> new Count(cut(count.name()), count.count()))
                .toList();
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }

    /** The mean since the process started. */
    private static OptionalDouble samplesPerSecond(OwnMetrics own, Instant now) {
        OptionalDouble appended = own.sum("prometheus_tsdb_head_samples_appended_total");
        OptionalDouble started = own.sum("process_start_time_seconds");
        if (appended.isEmpty() || started.isEmpty()) {
            return OptionalDouble.empty();
        }
        double seconds = now.toEpochMilli() / 1000d - started.getAsDouble();
        return seconds > 0 ? OptionalDouble.of(appended.getAsDouble() / seconds) : OptionalDouble.empty();
    }

    private static OptionalLong whole(OwnMetrics own, String metric) {
        OptionalDouble value = own.sum(metric);
        return value.isPresent() && value.getAsDouble() >= 0
                ? OptionalLong.of((long) value.getAsDouble())
                : OptionalLong.empty();
    }

    private static Optional<Instant> instant(OwnMetrics own, String millisMetric) {
        OptionalDouble millis = own.sum(millisMetric);
        return millis.isPresent() && Math.abs(millis.getAsDouble()) < LAST_MILLI
                ? Optional.of(Instant.ofEpochMilli((long) millis.getAsDouble()))
                : Optional.empty();
    }
}
