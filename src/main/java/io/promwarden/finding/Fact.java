package io.promwarden.finding;

/** One piece of evidence: what was read, and what it said. */
public record Fact(String name, String value) {
    public Fact {
        value = Redaction.text(value);
    }
}
