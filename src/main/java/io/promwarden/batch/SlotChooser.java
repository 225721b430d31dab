package io.promwarden.batch;

import io.promwarden.report.RunHistory;
import io.promwarden.report.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides which run a command stands for: the slot that was asked for, or the scheduled time that Kubernetes wrote into the
 * Job's name, or the newest unfinished slot of the last 24 hours with the same definition, or the current minute.
 */
public final class SlotChooser {

    private static final Duration RESUMABLE = Duration.ofHours(24);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);
    private static final int RUNS_LOOKED_AT = 50;

    /** A CronJob names its Jobs {@code <cronjob>-<minutes since the epoch>}. */
    private static final Pattern SCHEDULED_JOB = Pattern.compile(".+-([0-9]{8,9})");

    private final RunHistory history;
    private final Clock clock;

    public SlotChooser(RunHistory history, Clock clock) {
        this.history = history;
        this.clock = clock;
    }

    /**
     * Chooses.
     *
     * @param job the job's name
     * @param definition SHA-256 of its definition
     * @param asked the slot given on the command line
     * @param kubernetesJob the name of the Kubernetes Job that this process runs in
     * @param again true for a new attempt at a slot that may be finished
     */
    public SlotChoice choose(
            String job, String definition, Optional<Instant> asked, Optional<String> kubernetesJob, boolean again) {
        Instant now = clock.instant();
        Optional<Instant> given = asked.or(() -> kubernetesJob.flatMap(SlotChooser::scheduledTime))
                .map(slot -> slot.truncatedTo(ChronoUnit.SECONDS));
        if (given.isPresent() && given.get().isAfter(now.plus(CLOCK_SKEW))) {
            return new SlotChoice.Refused(
                    "slot " + given.get() + " lies in the future (it is " + now.truncatedTo(ChronoUnit.SECONDS) + ")");
        }
        Instant slot = given.or(() -> again ? Optional.empty() : unfinished(job, definition, now))
                .orElseGet(() -> now.truncatedTo(ChronoUnit.MINUTES));
        return attempt(job, definition, slot, again);
    }

    /** The scheduled time in a Job's name, e.g. of {@code promwarden-nightly-29384290}. */
    static Optional<Instant> scheduledTime(String kubernetesJob) {
        Matcher matcher = SCHEDULED_JOB.matcher(kubernetesJob);
        return matcher.matches()
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(matcher.group(1)) * 60))
                : Optional.empty();
    }

    private Optional<Instant> unfinished(String job, String definition, Instant now) {
        return history.runs(job, RUNS_LOOKED_AT).stream()
                .filter(run -> run.exitCode().isEmpty())
                .filter(run -> run.definition().equals(definition))
                .map(run -> run.id().slot())
                .filter(slot -> slot.isAfter(now.minus(RESUMABLE)) && !slot.isAfter(now))
                .findFirst();
    }

    private SlotChoice attempt(String job, String definition, Instant slot, boolean again) {
        Optional<RunHistory.Run> last = Optional.empty();
        for (int attempt = 0; ; attempt++) {
            Optional<RunHistory.Run> run = history.find(new RunId(job, slot, attempt));
            if (run.isEmpty()) {
                break;
            }
            last = run;
        }
        if (last.isEmpty()) {
            return new SlotChoice.Run(new RunId(job, slot, 0), false);
        }
        RunHistory.Run run = last.get();
        if (again || !run.definition().equals(definition)) {
            return new SlotChoice.Run(new RunId(job, slot, run.id().attempt() + 1), false);
        }
        return run.exitCode()
                .<SlotChoice>map(code -> new SlotChoice.AlreadyDone(run.id(), code))
                .orElseGet(() -> new SlotChoice.Run(run.id(), true));
    }
}
