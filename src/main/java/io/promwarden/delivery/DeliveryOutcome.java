package io.promwarden.delivery;

/** What became of a dispatch. */
public sealed interface DeliveryOutcome {

    /** The receiver said yes. {@code detail} is where it went, without credentials. */
    record Accepted(String detail) implements DeliveryOutcome {}

    /** The receiver said no, or nobody answered: it was not accepted. */
    record Failed(String reason) implements DeliveryOutcome {}

    /** The connection broke after the message was handed over: nobody knows. */
    record InDoubt(String reason) implements DeliveryOutcome {}
}
