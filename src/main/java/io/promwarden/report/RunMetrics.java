package io.promwarden.report;

import io.promwarden.answer.Answer;

/** Where a run's own metrics go. */
public interface RunMetrics {

    /**
     * Publishes a finished run's metrics.
     *
     * @return unknown, with the reason, when they could not be published: reported, never fatal
     */
    Answer<String> publish(GovernanceReport report, int exitCode);
}
