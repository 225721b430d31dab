package io.promwarden.delivery;

import io.promwarden.report.GovernanceReport;

/** Sends a report through one channel. */
public interface Deliverer {

    /** The channel's name in the job; unique there. */
    String channel();

    /**
     * Sends once; retries only what the receiver cannot have accepted.
     *
     * @param dispatch carries the message id that every repetition of this dispatch must use
     * @param report what to say
     * @param files the rendered files, for attachments
     */
    DeliveryOutcome deliver(Dispatch dispatch, GovernanceReport report, RenderedFiles files);
}
