package io.promwarden.retention;

/**
 * A document and the hash of its content. The hash tells whether it was changed after it was made; it is no signature, and
 * what is carried out is held against the job and the servers all the same.
 *
 * @param sha256 hexadecimal
 */
public record SealedPlan(PlanDocument document, String sha256) {

    /** How people name it, and what its receipts are filed under. */
    public String shortHash() {
        return sha256.substring(0, 12);
    }

    /** The id that its receipts are stored under: the same whenever it is carried out. */
    public String runId() {
        return document.job() + "/plan-" + sha256.substring(0, 32) + "/0";
    }
}
