package io.promwarden.retention;

import java.util.Set;

/**
 * Why nothing is deleted.
 *
 * @param code stable, e.g. {@code admin-api-off}, {@code thanos-sidecar}, {@code above-series-cap}; one that ends in
 *     {@code -unknown} says that somebody has to look first
 * @param reason one sentence
 * @param remedy what to do, with a patch to copy where there is one; empty where there is nothing to do
 */
public record Refusal(String code, String reason, String remedy) {

    /** What has to be known of a server before it is changed; a plan is none the worse without. */
    private static final Set<String> ONLY_FOR_CALLS = Set.of(
            "configuration-reload-unknown",
            "failures-unknown",
            "free-space-unknown",
            "overlap-unknown",
            "process-unknown",
            "wal-corruption-unknown");

    /** True if it is refused because something could not be looked at that a plan depends on. */
    public boolean unknown() {
        return code.endsWith("-unknown") && !ONLY_FOR_CALLS.contains(code);
    }
}
