package io.promwarden.history;

/** What came of opening a store. */
public sealed interface Opening {

    /** It is open, up to date, and no other run can have it until it is closed. */
    record Opened(Store store) implements Opening {}

    /**
     * Somebody else has it.
     *
     * @param reason names the run that holds it, where it is known
     */
    record Locked(String reason) implements Opening {}

    /**
     * It cannot be used.
     *
     * @param reason what is wrong, in one sentence, without credentials
     * @param remedy what to do
     */
    record Broken(String reason, String remedy) implements Opening {}
}
