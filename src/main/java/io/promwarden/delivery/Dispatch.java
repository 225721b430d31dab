package io.promwarden.delivery;

import io.promwarden.report.RunId;

/**
 * One report on its way to one channel.
 *
 * @param messageId fixed when the dispatch is stored, e.g. {@code <...@promwarden>} for mail
 * @param possiblyTwice true when an earlier try may have been accepted without our hearing of it
 */
public record Dispatch(RunId run, String channel, String messageId, boolean possiblyTwice) {}
