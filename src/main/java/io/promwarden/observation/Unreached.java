package io.promwarden.observation;

/**
 * A server that is known to be there and that could not be asked at all.
 *
 * @param reason in words that a person on call understands, e.g. {@code connection refused}
 */
public record Unreached(ServerId id, String reason) {

    /** {@code cluster/instance: reason}; the same cause always gives the same text. */
    public String text() {
        return id.text() + ": " + reason;
    }
}
