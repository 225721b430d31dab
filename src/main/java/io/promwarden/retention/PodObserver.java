package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.observation.BuildInfo;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.ServerId;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks servers what the pre-flight has to know, and remembers for the length of a run which process answered: behind one
 * URL there may be several.
 */
public final class PodObserver {

    private final Clock clock;
    private final Optional<String> freeSpace;
    private final boolean snapshot;
    private final Map<ServerId, Set<String>> processes = new ConcurrentHashMap<>();

    /**
     * For one run.
     *
     * @param freeSpace as in {@link RetentionSettings}
     * @param snapshot whether there has to be room for one
     */
    public PodObserver(Clock clock, Optional<String> freeSpace, boolean snapshot) {
        this.clock = clock;
        this.freeSpace = freeSpace;
        this.snapshot = snapshot;
    }

    static PodObserver of(Clock clock, RetentionSettings settings) {
        return new PodObserver(clock, settings.freeSpace(), settings.snapshot());
    }

    /** Asks now; nothing is remembered but who answered. */
    public PodObservations observe(Replica replica) {
        MetricsServer server = replica.server();
        Answer<Boolean> ready = server.ready();
        Answer<BuildInfo> buildInfo = server.buildInfo();
        Answer<Map<String, String>> flags = server.flags();
        Answer<OwnMetrics> own = server.ownMetrics();
        Answer<Instant> time = server.time();
        PodObservations seen = new PodObservations(
                server.id(), buildInfo, flags, ready, own, time, clock.instant(), Condition.notAsked());
        note(server.id(), own);
        return ServerIdentity.refusals(seen).isEmpty() ? seen.in(condition(replica, seen)) : seen;
    }

    private Condition condition(Replica replica, PodObservations seen) {
        MetricsServer server = replica.server();
        Instant now = seen.now();
        return new Condition(
                server.runtimeInfo(),
                server.blocks(),
                LastDay.of(server, seen.ownMetrics(), now),
                FreeSpace.ask(replica, freeSpace, now),
                snapshot,
                note(server.id(), server.ownMetrics()));
    }

    /** All processes that answered for that server so far. */
    Set<String> note(ServerId server, Answer<OwnMetrics> own) {
        Set<String> seen = processes.computeIfAbsent(server, key -> ConcurrentHashMap.newKeySet());
        own.value()
                .map(metrics -> metrics.sum(LastDay.PROCESS_START))
                .ifPresent(start -> start.ifPresent(value -> seen.add(Double.toString(value))));
        return Set.copyOf(seen);
    }
}
