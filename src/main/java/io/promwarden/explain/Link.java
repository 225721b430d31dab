package io.promwarden.explain;

import io.promwarden.finding.Redaction;
import java.util.List;
import java.util.Optional;

/**
 * One link of a chain.
 *
 * @param code why it is broken; empty unless it is
 * @param evidence what was read, a sentence each; of an unknown link the first says why it is not known
 */
public record Link(LinkName name, Outcome outcome, Optional<Code> code, List<String> evidence) {

    /** UNKNOWN: could not be looked at; the chain goes on. */
    public enum Outcome {
        OK("ok"),
        BROKEN("broken"),
        UNKNOWN("unknown");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public Link {
        evidence = evidence.stream().map(Redaction::text).toList();
    }

    static Link ok(LinkName name, List<String> evidence) {
        return new Link(name, Outcome.OK, Optional.empty(), evidence);
    }

    static Link ok(LinkName name, String evidence) {
        return ok(name, List.of(evidence));
    }

    static Link broken(Code code, List<String> evidence) {
        return new Link(code.link(), Outcome.BROKEN, Optional.of(code), evidence);
    }

    static Link broken(Code code, String evidence) {
        return broken(code, List.of(evidence));
    }

    static Link unknown(LinkName name, String why) {
        return new Link(name, Outcome.UNKNOWN, Optional.empty(), List.of(why));
    }

    public boolean isBroken() {
        return outcome == Outcome.BROKEN;
    }
}
