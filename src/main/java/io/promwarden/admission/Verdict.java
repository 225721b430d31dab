package io.promwarden.admission;

import java.util.List;
import java.util.Optional;

/**
 * What becomes of an object that a Prometheus selects.
 *
 * @param layer who rejects it; empty unless it is rejected
 * @param reasons why it is rejected, or what could not be looked at
 * @param dropped fields that leave the generated configuration though the object is accepted, by their names in the
 *     object, sorted, each once
 */
public record Verdict(Outcome outcome, Optional<Layer> layer, List<Reason> reasons, List<String> dropped) {

    /** UNKNOWN: a reference that decides could not be looked at. */
    public enum Outcome {
        ACCEPTED("accepted"),
        REJECTED("rejected"),
        UNKNOWN("unknown");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public Verdict {
        reasons = List.copyOf(reasons);
        dropped = List.copyOf(dropped);
    }

    public static Verdict accepted(List<String> dropped) {
        return new Verdict(Outcome.ACCEPTED, Optional.empty(), List.of(), dropped);
    }

    public static Verdict rejected(Layer layer, List<Reason> reasons) {
        return new Verdict(Outcome.REJECTED, Optional.of(layer), reasons, List.of());
    }

    public static Verdict unknown(List<Reason> reasons) {
        return new Verdict(Outcome.UNKNOWN, Optional.empty(), reasons, List.of());
    }
}
