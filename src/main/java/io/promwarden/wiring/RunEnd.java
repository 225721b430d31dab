package io.promwarden.wiring;

import io.promwarden.report.GovernanceReport;
import io.promwarden.report.RunId;
import java.nio.file.Path;
import java.util.List;

/** How a run ended. */
public sealed interface RunEnd {

    /**
     * All steps are done.
     *
     * @param before true when this run had ended before, and nothing was done now
     * @param exitCode 0, 1 or 3
     * @param undelivered what could not be delivered, and why
     * @param notes what else should be said, e.g. that metrics could not be published
     */
    record Done(
            RunId run,
            boolean before,
            int exitCode,
            GovernanceReport report,
            List<Path> files,
            List<String> undelivered,
            List<String> notes)
            implements RunEnd {
        public Done {
            files = List.copyOf(files);
            undelivered = List.copyOf(undelivered);
            notes = List.copyOf(notes);
        }
    }

    /** Nothing was started. */
    record Refused(String reason) implements RunEnd {}

    /** Somebody asked for it; the same command goes on. */
    record Stopped(RunId run) implements RunEnd {}

    /** Something broke that the run could not even report. */
    record Fatal(String reason) implements RunEnd {}
}
