package io.promwarden.retention;

import io.promwarden.observation.ServerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Snapshots in memory. */
final class ListedSnapshots implements SnapshotBook {

    private final List<SnapshotMade> left = new ArrayList<>();

    @Override
    public void made(SnapshotMade snapshot) {
        left.add(snapshot);
    }

    @Override
    public List<SnapshotMade> left() {
        return List.copyOf(left);
    }

    @Override
    public boolean confirm(ServerId server, String name, Instant at) {
        return left.removeIf(
                snapshot -> snapshot.server().equals(server) && snapshot.name().equals(name));
    }
}
