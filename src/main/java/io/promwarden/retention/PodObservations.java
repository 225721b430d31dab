package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.observation.BuildInfo;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.ServerId;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/**
 * What one server says of itself, taken at one moment.
 *
 * @param serverTime its {@code time()}
 * @param ourTime our clock, read when its answer came
 */
public record PodObservations(
        ServerId id,
        Answer<BuildInfo> buildInfo,
        Answer<Map<String, String>> flags,
        Answer<Boolean> ready,
        Answer<OwnMetrics> ownMetrics,
        Answer<Instant> serverTime,
        Instant ourTime) {

    /** Asks the server. */
    public static PodObservations of(MetricsServer server, Clock clock) {
        Answer<Boolean> ready = server.ready();
        Answer<BuildInfo> buildInfo = server.buildInfo();
        Answer<Map<String, String>> flags = server.flags();
        Answer<OwnMetrics> ownMetrics = server.ownMetrics();
        Answer<Instant> time = server.time();
        return new PodObservations(server.id(), buildInfo, flags, ready, ownMetrics, time, clock.instant());
    }

    /** The smaller of the server's clock and ours, so that nothing counts as older than both say. */
    Instant now() {
        return serverTime.value().filter(time -> time.isBefore(ourTime)).orElse(ourTime);
    }
}
