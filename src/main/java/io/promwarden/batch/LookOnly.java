package io.promwarden.batch;

import io.promwarden.batch.UnitRunner.StoppedException;
import io.promwarden.job.StepSpec;
import io.promwarden.report.StepResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Does the looking of a job's steps and keeps none of their results: for a capture, which records what was read. */
public final class LookOnly {

    private final ClusterSteps steps;
    private final Progress progress;
    private final Clock clock;

    public LookOnly(ClusterSteps steps, Progress progress, Clock clock) {
        this.steps = steps;
        this.progress = progress;
        this.clock = clock;
    }

    /** Looks at every cluster as every step would. False when it was stopped on the way. */
    public boolean look(List<StepSpec> specs, List<String> clusters) {
        List<StepSpec> looking =
                specs.stream().filter(StepSpec.PerCluster.class::isInstance).toList();
        int of = Units.count(looking, clusters.size());
        int number = 0;
        for (StepSpec spec : looking) {
            for (String cluster : clusters) {
                Progress.Unit unit = new Progress.Unit(spec.word(), cluster, ++number, of);
                Instant begin = clock.instant();
                progress.started(unit);
                try {
                    StepResult result = steps.result((StepSpec.PerCluster) spec, cluster);
                    progress.ended(unit, Duration.between(begin, clock.instant()), StepNote.of(result));
                } catch (StoppedException e) {
                    return false;
                }
            }
        }
        return true;
    }
}
