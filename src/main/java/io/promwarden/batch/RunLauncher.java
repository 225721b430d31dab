package io.promwarden.batch;

import io.promwarden.report.RunId;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Starts a run, or goes on with one that was stopped or killed. The caller holds the run lock: only so may an execution that
 * still says STARTED be recovered.
 */
public final class RunLauncher {

    /** How a launch ended. */
    public sealed interface LaunchEnd {

        /** All steps are done, now or before. */
        record Completed() implements LaunchEnd {}

        /** Somebody asked for it; the same command goes on. */
        record Stopped() implements LaunchEnd {}

        /** A step could not even store what it has; the same command tries again. */
        record Failed(List<Throwable> causes) implements LaunchEnd {
            public Failed {
                causes = List.copyOf(causes);
            }
        }
    }

    private final JobOperator operator;
    private final JobRepository repository;
    private final BooleanSupplier stop;

    public RunLauncher(JobOperator operator, JobRepository repository, BooleanSupplier stop) {
        this.operator = operator;
        this.repository = repository;
        this.stop = stop;
    }

    public LaunchEnd launch(Job job, RunId run) {
        JobParameters parameters = new JobParametersBuilder()
                .addString("slot", run.slotText())
                .addLong("attempt", (long) run.attempt())
                .toJobParameters();
        recover(repository.getLastJobExecution(job.getName(), parameters));
        try {
            JobExecution execution = operator.start(job, parameters);
            if (execution.getStatus() == BatchStatus.COMPLETED) {
                return new LaunchEnd.Completed();
            }
            return stop.getAsBoolean()
                    ? new LaunchEnd.Stopped()
                    : new LaunchEnd.Failed(execution.getAllFailureExceptions());
        } catch (JobInstanceAlreadyCompleteException e) {
            return new LaunchEnd.Completed();
        } catch (JobExecutionAlreadyRunningException | JobRestartException | InvalidJobParametersException e) {
            return new LaunchEnd.Failed(List.of(e));
        }
    }

    /** An execution whose process was killed says STARTED for ever, and Batch refuses to start it again. */
    private void recover(@org.jspecify.annotations.Nullable JobExecution last) {
        if (last != null
                && (last.isRunning() || last.getStepExecutions().stream().anyMatch(RunLauncher::hanging))) {
            operator.recover(last);
        }
    }

    private static boolean hanging(StepExecution step) {
        return step.getStatus().isRunning();
    }
}
