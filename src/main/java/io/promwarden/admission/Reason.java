package io.promwarden.admission;

import io.promwarden.finding.Redaction;

/**
 * Why a verdict is what it is.
 *
 * @param code the rule, in capitals, e.g. {@code RL-REGEX}; docs/admission.md lists them
 * @param path the field, as kubectl writes it: {@code spec.endpoints[0].relabelings[2].regex}
 * @param message one sentence; may hold text from the object, never a credential
 */
public record Reason(String code, String path, String message) {

    /** Texts from an object may be as long as anybody likes. */
    private static final int LONGEST = 400;

    public Reason {
        String safe = Redaction.text(message);
        message = safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "...";
    }
}
