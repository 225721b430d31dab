package io.promwarden.retention;

import java.util.List;

/**
 * How the series of a deletion are kept from being written again.
 *
 * @param steps what to add or remove, and where
 * @param otherwise what no step prevents, or why none is needed; empty when the steps are all there is to say
 */
public record Prevention(List<Step> steps, String otherwise) {

    /**
     * One change.
     *
     * @param where the object and the field
     * @param what YAML to add there, or what to remove
     */
    public record Step(String where, String what) {}

    public Prevention {
        steps = List.copyOf(steps);
    }
}
