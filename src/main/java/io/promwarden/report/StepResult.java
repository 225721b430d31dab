package io.promwarden.report;

import io.promwarden.alertsummary.AlertSummary;
import io.promwarden.check.CheckResults;
import io.promwarden.coverage.Coverage;
import io.promwarden.finding.NotRun;
import io.promwarden.retention.RetentionResult;
import io.promwarden.storage.StorageResult;
import java.util.List;

/** What one step stored for one cluster; one record per step word that measures something. */
public sealed interface StepResult {

    /** What this step could not look at. */
    List<NotRun> notRun();

    /** The step could not be done for this cluster at all. */
    record NotDone(List<NotRun> notRun) implements StepResult {
        public NotDone {
            notRun = List.copyOf(notRun);
        }
    }

    record Validated(CheckResults results) implements StepResult {
        @Override
        public List<NotRun> notRun() {
            return results.notRun();
        }
    }

    record Retained(RetentionResult result) implements StepResult {
        @Override
        public List<NotRun> notRun() {
            return result.notRun();
        }
    }

    record Compacted(StorageResult result) implements StepResult {
        @Override
        public List<NotRun> notRun() {
            return result.notRun();
        }
    }

    record Covered(Coverage coverage) implements StepResult {
        @Override
        public List<NotRun> notRun() {
            return coverage.notRun();
        }
    }

    record Alerted(AlertSummary summary) implements StepResult {
        @Override
        public List<NotRun> notRun() {
            return summary.notRun();
        }
    }
}
