package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.observation.BuildInfo;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.ServerId;
import java.time.Instant;
import java.util.Map;

/**
 * What one server says of itself, taken at one moment.
 *
 * @param serverTime its {@code time()}
 * @param ourTime our clock, read when its answer came
 * @param condition asked only of a ready Prometheus
 */
public record PodObservations(
        ServerId id,
        Answer<BuildInfo> buildInfo,
        Answer<Map<String, String>> flags,
        Answer<Boolean> ready,
        Answer<OwnMetrics> ownMetrics,
        Answer<Instant> serverTime,
        Instant ourTime,
        Condition condition) {

    PodObservations in(Condition found) {
        return new PodObservations(id, buildInfo, flags, ready, ownMetrics, serverTime, ourTime, found);
    }

    /** The smaller of the server's clock and ours, so that nothing counts as older than both say. */
    Instant now() {
        return serverTime.value().filter(time -> time.isBefore(ourTime)).orElse(ourTime);
    }
}
