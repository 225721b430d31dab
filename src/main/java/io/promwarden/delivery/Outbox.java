package io.promwarden.delivery;

import io.promwarden.report.RunId;
import java.util.List;
import java.util.Optional;

/** What is remembered of every dispatch, so that a rerun sends nothing twice. */
public interface Outbox {

    /**
     * Stores that a dispatch is about to be sent.
     *
     * @return empty when this channel has already accepted the run's report; otherwise the dispatch, with the message id of
     *     the first try and marked possibly twice when an earlier try never heard back
     */
    Optional<Dispatch> begin(RunId run, String channel, String newMessageId);

    void end(Dispatch dispatch, DeliveryOutcome outcome);

    List<Sent> sent(RunId run);

    /**
     * A stored dispatch.
     *
     * @param state {@code sending}, {@code accepted}, {@code failed} or {@code in doubt}
     */
    record Sent(String channel, String state, String detail) {}
}
