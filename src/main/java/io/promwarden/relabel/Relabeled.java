package io.promwarden.relabel;

import io.promwarden.label.Labels;

/** What a rule list made of a label set. */
public sealed interface Relabeled {

    /** It passed all rules, and looks like this. */
    record Kept(Labels labels) implements Relabeled {}

    /**
     * A rule dropped it.
     *
     * @param rule which one, from 0
     * @param before the labels as that rule saw them
     */
    record Dropped(int rule, Labels before) implements Relabeled {}
}
