package io.promwarden.batch;

import io.promwarden.job.StepSpec;

/** The steps of a whole run: what they need is put together by wiring. */
public interface RunSteps {

    /** Writes the report's files; returns a note for the progress line. */
    String report();

    /** Sends the report; returns a note for the progress line. */
    String deliver(StepSpec.Deliver deliver);
}
