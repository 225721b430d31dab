package io.promwarden.wiring;

import io.promwarden.batch.ClusterWorld;
import io.promwarden.batch.World;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The clusters of a run, each read once, when the first step asks for it. */
final class RunWorld implements World, AutoCloseable {

    private final Instant observedAt;
    private final boolean live;
    private final ClusterReading reading;
    private final Map<String, ClusterAccess> accesses = new LinkedHashMap<>();
    private final Map<String, ClusterWorld> read = new ConcurrentHashMap<>();

    RunWorld(Instant observedAt, boolean live, List<ClusterAccess> accesses, ClusterReading reading) {
        this.observedAt = observedAt;
        this.live = live;
        this.reading = reading;
        accesses.forEach(access -> this.accesses.put(access.name(), access));
    }

    @Override
    public Instant observedAt() {
        return observedAt;
    }

    @Override
    public boolean live() {
        return live;
    }

    @Override
    public ClusterWorld cluster(String name) {
        ClusterAccess access = accesses.get(name);
        if (access == null) {
            throw new IllegalArgumentException("no cluster of this run: " + name);
        }
        return read.computeIfAbsent(name, key -> reading.read(access));
    }

    @Override
    public void close() {
        accesses.values().forEach(ClusterAccess::close);
    }
}
