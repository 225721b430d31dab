package io.promwarden.label;

/** What became of a text that should be one vector selector. */
public sealed interface ParsedSelector {

    /** It is one. */
    record Selected(SeriesSelector selector) implements ParsedSelector {}

    /**
     * It is none.
     *
     * @param position of the first character that is wrong, counted from 0; the text's length when its end is missing
     * @param problem one sentence without position
     */
    record Malformed(int position, String problem) implements ParsedSelector {

        /** For people, who count from 1. */
        public String text() {
            return "character " + (position + 1) + ": " + problem;
        }
    }
}
