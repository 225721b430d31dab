package io.promwarden.observation;

import java.time.Instant;

/**
 * A deletion that some run asked a server for.
 *
 * @param start inclusive
 * @param end inclusive
 * @param at when it was asked for
 * @param cleaned true if the blocks were rewritten later, by a run
 */
public record DeletedRange(
        ServerId server, String selector, Instant start, Instant end, Instant at, Effect effect, boolean cleaned) {

    /** What the proof showed. */
    public enum Effect {
        ALL("all of it is gone"),
        PART("part of it is gone"),
        NOTHING("nothing is gone"),
        /** Series that were not to be touched have fewer samples than before. */
        MORE("more than that is gone"),
        UNKNOWN("what is gone is not known");

        private final String words;

        Effect(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        /** Whether tombstones were written, or may have been. */
        public boolean mayHaveTombstones() {
            return this != NOTHING;
        }
    }
}
