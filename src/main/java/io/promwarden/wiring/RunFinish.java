package io.promwarden.wiring;

import io.promwarden.batch.RunSteps;
import io.promwarden.delivery.Deliverer;
import io.promwarden.delivery.DeliveryRun;
import io.promwarden.delivery.Outbox;
import io.promwarden.finding.Severity;
import io.promwarden.job.StepSpec;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.ReportAssembly;
import io.promwarden.report.RunHistory;
import io.promwarden.report.RunId;
import io.promwarden.report.RunMetrics;
import io.promwarden.report.RunOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a run does with what its clusters gave: the report's files, their delivery, the outcome and the run's own metrics.
 * Everything is made from the store, so that it comes out the same after a restart.
 */
final class RunFinish implements RunSteps {

    private final RunId run;
    private final RunHistory history;
    private final ReportAssembly assembly;
    private final Instant observedAt;
    private final ReportFiles files;
    private final Outbox outbox;
    private final Function<StepSpec.Deliver, List<Deliverer>> channels;
    private final List<RunMetrics> metrics;
    private final Clock clock;

    /**
     * The end of one run.
     *
     * @param observedAt the clock of what was looked at
     * @param channels makes the deliverers of a deliver step
     */
    RunFinish(
            RunId run,
            RunHistory history,
            ReportAssembly assembly,
            Instant observedAt,
            ReportFiles files,
            Outbox outbox,
            Function<StepSpec.Deliver, List<Deliverer>> channels,
            List<RunMetrics> metrics,
            Clock clock) {
        this.run = run;
        this.history = history;
        this.assembly = assembly;
        this.observedAt = observedAt;
        this.files = files;
        this.outbox = outbox;
        this.channels = channels;
        this.metrics = List.copyOf(metrics);
        this.clock = clock;
    }

    @Override
    public String report() {
        try {
            return files.write(assembly.assemble(run, observedAt)).folder().toString();
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be written to " + files.folder(run), e);
        }
    }

    @Override
    public String deliver(StepSpec.Deliver deliver) {
        List<Deliverer> deliverers = channels.apply(deliver);
        DeliveryRun.Delivered delivered = new DeliveryRun(
                        outbox, deliverers, () -> "<" + UUID.randomUUID() + "@promwarden>")
                .deliver(assembly.assemble(run, observedAt), files.of(run));
        int failed = delivered.undelivered().size();
        return deliverers.size() - failed + " of " + deliverers.size() + " channels"
                + (failed == 0 ? "" : ", " + failed + " failed");
    }

    /** All steps are done: decides the exit code, publishes the run's metrics and closes the run. */
    RunEnd end(Optional<Severity> failOn) {
        GovernanceReport report = assembly.assemble(run, observedAt);
        List<String> undelivered = undelivered();
        int code = RunOutcome.of(report, failOn, undelivered.size()).exitCode();
        List<String> notes = new ArrayList<>();
        for (RunMetrics target : metrics) {
            target.publish(report, code).reason().ifPresent(reason -> notes.add("metrics: " + reason));
        }
        history.finish(run, clock.instant(), code);
        return new RunEnd.Done(run, false, code, report, existing(), undelivered, notes);
    }

    /** The run had ended before: the same again, with nothing done twice. */
    RunEnd before(int exitCode) {
        return new RunEnd.Done(
                run, true, exitCode, assembly.assemble(run, observedAt), existing(), undelivered(), List.of());
    }

    private List<Path> existing() {
        return files.all(run);
    }

    private List<String> undelivered() {
        return outbox.sent(run).stream()
                .filter(sent -> !sent.state().equals("accepted"))
                .map(sent -> sent.channel() + ": " + sent.detail())
                .toList();
    }
}
