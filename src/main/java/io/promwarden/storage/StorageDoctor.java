package io.promwarden.storage;

import io.promwarden.answer.Answer;
import io.promwarden.finding.NotRun;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.OwnMetrics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Asks every Prometheus process of a cluster how its storage is doing. Changes nothing. */
public final class StorageDoctor {

    private final Clock clock;

    public StorageDoctor(Clock clock) {
        this.clock = clock;
    }

    /** The health of those that tell, and who doesn't. */
    public StorageResult examine(String cluster, List<? extends MetricsServer> servers) {
        List<StorageHealth> healths = new ArrayList<>();
        List<NotRun> notRun = new ArrayList<>();
        for (MetricsServer server : servers) {
            switch (server.ownMetrics()) {
                case Answer.Unknown<OwnMetrics> unknown ->
                    notRun.add(new NotRun(
                            cluster,
                            "storage of " + server.id().owner() + " on "
                                    + server.id().instance(),
                            unknown.why()));
                case Answer.Known<OwnMetrics> own ->
                    healths.add(StorageMeasure.of(
                            server.id(), server.buildInfo(), server.runtimeInfo(), own.known(), clock.instant()));
            }
        }
        return new StorageResult(cluster, healths, notRun);
    }
}
