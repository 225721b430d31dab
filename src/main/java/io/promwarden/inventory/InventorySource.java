package io.promwarden.inventory;

import io.promwarden.answer.Answer;
import java.util.List;
import java.util.function.Function;

/** Where declared objects come from: a live cluster, a capture, or manifests. */
public interface InventorySource {

    /**
     * All objects of one kind, in every namespace, each trimmed and then turned into what the caller keeps of it.
     *
     * @param keep called once for each object of a list that was read to its end, and perhaps also for objects of a
     *     list that had to be started over: it must have no side effect
     * @return unknown when the kind could not be listed (not permitted, not reachable, not in the capture); an operator
     *     kind whose CRD is not installed is an empty list
     */
    <T> Answer<List<T>> list(ObjectKind kind, Function<RawObject, T> keep);
}
