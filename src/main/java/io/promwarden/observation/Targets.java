package io.promwarden.observation;

import io.promwarden.label.Labels;
import java.util.List;

/**
 * A server's targets.
 *
 * @param dropped discovered labels of targets that relabeling dropped, as far as the server keeps them
 */
public record Targets(List<Target> active, List<Labels> dropped) {
    public Targets {
        active = List.copyOf(active);
        dropped = List.copyOf(dropped);
    }
}
