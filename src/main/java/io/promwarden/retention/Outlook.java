package io.promwarden.retention;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one deletion would mean: what somebody wants to know before it is carried out.
 *
 * @param metrics series by metric name
 */
public record Outlook(
        SortedMap<String, Long> metrics,
        Effect effect,
        StillWritten stillWritten,
        ReadBy readBy,
        Prevention prevention) {

    public Outlook {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /** Nobody has looked. */
    static Outlook unknown(String why) {
        return new Outlook(
                new TreeMap<>(),
                Effect.unknown(why),
                StillWritten.unknown(why),
                new ReadBy(List.of(), Optional.of(why)),
                new Prevention(List.of(), why));
    }
}
