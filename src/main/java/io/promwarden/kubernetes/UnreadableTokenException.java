package io.promwarden.kubernetes;

/** Carries through fabric8's client that the service account's token can't be read; never leaves this package. */
final class UnreadableTokenException extends RuntimeException {

    private final String reason;

    UnreadableTokenException(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
