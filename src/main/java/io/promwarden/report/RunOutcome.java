package io.promwarden.report;

import io.promwarden.finding.Severity;
import java.util.Optional;

/**
 * How a run that reached its end came out. What ends a run before (a bad definition, a crash, a signal) is the command
 * line's to say.
 */
public enum RunOutcome {
    /** Everything was looked at and delivered; findings alone do not fail a run. */
    DONE(0),
    /** Done, and there are findings at or above what the job fails on. */
    FINDINGS(1),
    /** Something could not be looked at, or a report was not delivered. */
    INCOMPLETE(3);

    private final int exitCode;

    RunOutcome(int exitCode) {
        this.exitCode = exitCode;
    }

    /**
     * The outcome of a run. Incomplete outranks findings: whoever fails on findings must first know that all were looked for.
     *
     * @param failOn empty: findings don't fail a run
     * @param undelivered channels that did not take the report
     */
    public static RunOutcome of(GovernanceReport report, Optional<Severity> failOn, int undelivered) {
        if (undelivered > 0 || !report.notRun().isEmpty()) {
            return INCOMPLETE;
        }
        boolean failing = failOn.isPresent()
                && report.findings().stream()
                        .anyMatch(aged -> aged.finding().severity().atLeast(failOn.get()));
        return failing ? FINDINGS : DONE;
    }

    /** 0, 1 or 3. */
    public int exitCode() {
        return exitCode;
    }
}
