package io.promwarden.explain;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The smallest change to one object that mends a chain.
 *
 * @param patch a JSON merge patch (RFC 7386)
 * @param diff the lines of the object that change, with a plus or minus in front
 */
public record PatchFix(Target target, String text, Map<String, @Nullable Object> patch, String diff) {

    /** The object to change. */
    public record Target(String apiVersion, String kind, String namespace, String name) {

        /** E.g. {@code Service shop/cart}. */
        public String title() {
            return namespace.isEmpty() ? kind + " " + name : kind + " " + namespace + "/" + name;
        }
    }
}
