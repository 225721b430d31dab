package io.promwarden.storage;

import io.promwarden.answer.Answer;
import io.promwarden.finding.NotRun;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.RecordedNights;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.StorageNight;
import io.promwarden.observation.VolumeStats;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks every Prometheus process of a cluster how its storage is doing, and compares with nights before. Changes nothing. */
public final class StorageDoctor {

    private final Clock clock;

    public StorageDoctor(Clock clock) {
        this.clock = clock;
    }

    /**
     * The health of those that tell, and who doesn't.
     *
     * @param inventory where the volumes of their data are told
     * @param observedAt the instant that volumes are asked for
     */
    public StorageResult examine(
            String cluster,
            List<? extends MetricsServer> servers,
            Optional<ClusterInventory> inventory,
            RecordedNights nights,
            Instant observedAt) {
        List<StorageHealth> healths = new ArrayList<>();
        List<StorageTrend> trends = new ArrayList<>();
        List<NotRun> notRun = new ArrayList<>();
        for (MetricsServer server : servers) {
            ServerId id = server.id();
            switch (server.ownMetrics()) {
                case Answer.Unknown<OwnMetrics> unknown ->
                    notRun.add(new NotRun(cluster, "storage of " + id.owner() + " on " + id.instance(), unknown.why()));
                case Answer.Known<OwnMetrics> own -> {
                    StorageHealth told = StorageMeasure.of(
                            id,
                            server.buildInfo(),
                            server.runtimeInfo(),
                            own.known(),
                            server.headStatistics(),
                            clock.instant());
                    Optional<VolumeStats> volume = volume(id, servers, inventory, observedAt);
                    StorageHealth health =
                            volume.map(stats -> told.withDisk(stats.use())).orElse(told);
                    List<StorageNight> before = nights.storage(id).value().orElse(List.of());
                    healths.add(health);
                    trends.add(StorageTrend.of(
                            health,
                            before,
                            volume.flatMap(stats -> DiskForecast.of(stats, before, observedAt)),
                            observedAt));
                }
            }
        }
        return new StorageResult(cluster, healths, trends, notRun);
    }

    /** The first answer of those that may know; the checks put the same question, and it is asked once. */
    private static Optional<VolumeStats> volume(
            ServerId server,
            List<? extends MetricsServer> all,
            Optional<ClusterInventory> inventory,
            Instant observedAt) {
        return DiskWatch.claim(server, inventory).flatMap(claim -> {
            String query = VolumeStats.query(claim.namespace(), claim.name(), DiskForecast.DAYS_ASKED);
            return DiskWatch.toAsk(server, all).stream()
                    .flatMap(one -> one.query(query, observedAt).flatMap(VolumeStats::of).value().stream())
                    .findFirst();
        });
    }
}
