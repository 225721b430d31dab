package io.promwarden.batch;

import io.promwarden.finding.NotRun;
import io.promwarden.report.RunHistory;
import io.promwarden.report.RunId;
import io.promwarden.report.StepResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Wraps every unit of work: progress, duration, storing the result, stopping, and the one place where an unexpected
 * exception is caught, so that a cluster that breaks us does not stop the others.
 */
public final class UnitRunner {

    /** The key of a partition's cluster in its execution context. */
    static final String CLUSTER = "cluster";

    private static final Logger LOG = LoggerFactory.getLogger(UnitRunner.class);

    /** A step's work for one cluster. */
    @FunctionalInterface
    interface ClusterBody {

        /**
         * Does the work.
         *
         * @throws StoppedException if it was asked to stop before it was done
         */
        StepResult result(String cluster) throws StoppedException;
    }

    /** A unit was asked to stop before it was done: it is done again when the run goes on. */
    static final class StoppedException extends Exception {}

    private final RunId run;
    private final RunHistory history;
    private final Progress progress;
    private final StopSignal stop;
    private final Clock clock;

    public UnitRunner(RunId run, RunHistory history, Progress progress, StopSignal stop, Clock clock) {
        this.run = run;
        this.history = history;
        this.progress = progress;
        this.stop = stop;
        this.clock = clock;
    }

    /** A step of the whole run. {@code work} returns a note for the progress line. */
    Tasklet ofRun(Progress.Unit unit, Supplier<String> work) {
        return (contribution, chunk) -> {
            if (stop.getAsBoolean()) {
                return stopped(contribution);
            }
            Instant begin = clock.instant();
            progress.started(unit);
            String note = work.get();
            progress.ended(unit, Duration.between(begin, clock.instant()), note);
            return RepeatStatus.FINISHED;
        };
    }

    /** A step of one cluster; which one, the partition's execution context says. */
    Tasklet ofCluster(String word, Map<String, Integer> numbers, int of, ClusterBody body) {
        return (contribution, chunk) -> {
            String cluster =
                    contribution.getStepExecution().getExecutionContext().getString(CLUSTER);
            if (stop.getAsBoolean()) {
                return stopped(contribution);
            }
            Progress.Unit unit = new Progress.Unit(word, cluster, Objects.requireNonNull(numbers.get(cluster)), of);
            Instant begin = clock.instant();
            progress.started(unit);
            StepResult result;
            try {
                result = contained(word, cluster, body);
            } catch (StoppedException e) {
                progress.ended(unit, Duration.between(begin, clock.instant()), "stopped");
                return stopped(contribution);
            }
            Duration took = Duration.between(begin, clock.instant());
            history.save(run, cluster, word, took, result);
            progress.ended(unit, took, StepNote.of(result));
            return RepeatStatus.FINISHED;
        };
    }

    private static StepResult contained(String word, String cluster, ClusterBody body) throws StoppedException {
        try {
            return body.result(cluster);
        } catch (RuntimeException e) {
            LOG.error("{} of cluster {} failed by a mistake of ours; please report it", word, cluster, e);
            String what = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
            return new StepResult.NotDone(List.of(new NotRun(cluster, word, "internal error: " + what)));
        }
    }

    private static RepeatStatus stopped(StepContribution contribution) {
        contribution.getStepExecution().setTerminateOnly();
        return RepeatStatus.CONTINUABLE;
    }
}
