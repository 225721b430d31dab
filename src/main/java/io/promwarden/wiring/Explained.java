package io.promwarden.wiring;

import io.promwarden.explain.Chain;
import io.promwarden.manifests.Manifests;
import java.util.List;

/**
 * What {@code promwarden explain} found.
 *
 * @param chains in the order of the objects
 * @param found false if the object that was asked for is nowhere
 * @param problems documents that can't be read
 * @param notes what could not be looked at, or was assumed
 */
public record Explained(List<Chain> chains, boolean found, List<Manifests.Problem> problems, List<String> notes) {
    public Explained {
        chains = List.copyOf(chains);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }
}
