package io.promwarden.observation;

import java.util.List;

/**
 * The servers of one kind that a cluster has: those that can be asked, and those that could not be reached.
 *
 * @param <S> {@link MetricsServer} or {@link AlertServer}
 */
public record Servers<S>(List<S> answering, List<Unreached> unreached) {

    public Servers {
        answering = List.copyOf(answering);
        unreached = List.copyOf(unreached);
    }

    public static <S> Servers<S> of(List<S> answering) {
        return new Servers<>(answering, List.of());
    }

    public static <S> Servers<S> none() {
        return new Servers<>(List.of(), List.of());
    }

    /** True if there is no such server at all, neither one that answers nor one that does not. */
    public boolean isEmpty() {
        return answering.isEmpty() && unreached.isEmpty();
    }
}
