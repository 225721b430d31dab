package io.promwarden.job;

import io.promwarden.retention.CompactionSettings;
import io.promwarden.retention.RetentionSettings;
import java.util.List;

/** One step of a job, with its settings: one record per step word. */
public sealed interface StepSpec {

    /** The word in the job file, e.g. {@code validate}. */
    String word();

    /** A step that is done once for each cluster. */
    sealed interface PerCluster extends StepSpec {}

    /** A step that is done once for the whole run. */
    sealed interface PerRun extends StepSpec {}

    /**
     * Runs the checks.
     *
     * @param secretKeys true if single Secrets and ConfigMaps may be looked at, to tell whether a reference holds
     */
    record Validate(boolean secretKeys) implements PerCluster {
        @Override
        public String word() {
            return "validate";
        }
    }

    /** Plans deletions, and carries them out where the job says so. */
    record Retention(RetentionSettings settings) implements PerCluster {
        @Override
        public String word() {
            return "retention";
        }
    }

    /** Looks at storage, and compacts tombstones where this run deleted something. */
    record Compact(CompactionSettings settings) implements PerCluster {
        @Override
        public String word() {
            return "compact";
        }
    }

    /** Measures what is scraped. */
    record Coverage() implements PerCluster {
        @Override
        public String word() {
            return "coverage";
        }
    }

    /** Summarises alerts. */
    record Alerts() implements PerCluster {
        @Override
        public String word() {
            return "alerts";
        }
    }

    /** Writes the report's files. */
    record Report() implements PerRun {
        @Override
        public String word() {
            return "report";
        }
    }

    /** Sends the report. */
    record Deliver(List<ChannelSpec> channels) implements PerRun {
        public Deliver {
            channels = List.copyOf(channels);
        }

        @Override
        public String word() {
            return "deliver";
        }
    }
}
