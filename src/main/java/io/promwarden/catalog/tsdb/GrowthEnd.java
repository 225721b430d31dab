package io.promwarden.catalog.tsdb;

import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.VolumeStats;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Where a database's growth ends by itself: at its own limit of size, or once its oldest blocks go as new ones come. */
final class GrowthEnd {

    /** What Prometheus takes when neither a time nor a size is given. */
    private static final String DEFAULT_TIME = "15d";

    private GrowthEnd() {}

    /**
     * Whether a volume will not be full, though it grows now.
     *
     * @param left days until it would be
     * @param spare the share of a volume that is to stay free
     */
    static boolean comesBefore(double left, MetricsServer server, VolumeStats volume, double spare, Instant now) {
        Optional<OwnMetrics> own = server.ownMetrics().value();
        return own.isPresent()
                && (sizeFits(own.get(), volume, spare)
                        || daysToRetention(own.get(), server, now)
                                .filter(days -> days > 0 && days < left)
                                .isPresent());
    }

    private static boolean sizeFits(OwnMetrics own, VolumeStats volume, double spare) {
        double limit = sum(own, "prometheus_tsdb_retention_limit_bytes");
        double database = sum(own, "prometheus_tsdb_storage_blocks_bytes")
                + sum(own, "prometheus_tsdb_wal_storage_size_bytes")
                + sum(own, "prometheus_tsdb_head_chunks_storage_size_bytes");
        double besides = Math.max(0, volume.usedBytes() - database);
        return limit > 0 && limit + besides < (volume.usedBytes() + volume.availableBytes()) * (1 - spare);
    }

    /** Days until the oldest block is dropped, which goes as a whole: a tenth of the retention later at most. */
    private static Optional<Double> daysToRetention(OwnMetrics own, MetricsServer server, Instant now) {
        double oldest = sum(own, "prometheus_tsdb_lowest_timestamp_seconds");
        if (oldest <= 0 || oldest > now.getEpochSecond()) {
            return Optional.empty();
        }
        Duration kept = Duration.between(Instant.ofEpochSecond((long) oldest), now);
        return server.flags()
                .value()
                .flatMap(GrowthEnd::time)
                .map(retention -> (retention.toSeconds() * 1.1 - kept.toSeconds()) / 86_400);
    }

    private static Optional<Duration> time(Map<String, String> flags) {
        Optional<Duration> time = Optional.ofNullable(flags.get("storage.tsdb.retention.time"))
                .flatMap(Retention::time)
                .filter(given -> !given.isZero());
        boolean sized = Optional.ofNullable(flags.get("storage.tsdb.retention.size"))
                .flatMap(Retention::bytes)
                .filter(bytes -> bytes > 0)
                .isPresent();
        return time.isPresent() || sized ? time : Retention.time(DEFAULT_TIME);
    }

    private static double sum(OwnMetrics own, String metric) {
        return own.sum(metric).orElse(0);
    }
}
