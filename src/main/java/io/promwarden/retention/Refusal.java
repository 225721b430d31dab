package io.promwarden.retention;

/**
 * Why nothing is deleted.
 *
 * @param code stable, e.g. {@code admin-api-off}, {@code thanos-sidecar}, {@code above-series-cap}; one that ends in
 *     {@code -unknown} says that somebody has to look first
 * @param reason one sentence
 * @param remedy what to do, with a patch to copy where there is one; empty where there is nothing to do
 */
public record Refusal(String code, String reason, String remedy) {

    /** True if it is refused because something could not be looked at. */
    public boolean unknown() {
        return code.endsWith("-unknown");
    }
}
