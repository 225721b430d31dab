package io.promwarden.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What runs leave behind, kept under (run, cluster, step). */
public interface RunHistory {

    /**
     * Notes that a run has begun; a second call for the same run (a restart) changes nothing.
     *
     * @param definition SHA-256 of the job definition
     */
    void begin(RunId run, String definition, Instant startedAt);

    /** Stores a step's result; a result that is already there for (run, cluster, step) is replaced. */
    void save(RunId run, String cluster, String step, Duration took, StepResult result);

    /** What a run has stored, sorted by cluster and step. */
    List<StoredStep> steps(RunId run);

    /** Stores which servers a run looked at; replaces what it stored before. */
    void saveServers(RunId run, String cluster, List<ServerSeen> servers);

    List<ServerSeen> servers(RunId run);

    /** The end of a run; its exit code is what the same run asked for again returns. */
    void finish(RunId run, Instant at, int exitCode);

    Optional<Run> find(RunId run);

    /** Runs of a job, the newest slot and attempt first. */
    List<Run> runs(String job, int limit);

    /**
     * The newest run of the job with an earlier slot than this one's that came to its end (exit code 0, 1 or 3): what a
     * report is compared with.
     */
    Optional<Run> previous(RunId run);

    /**
     * Since which slot each finding of a run has been there without a break, by finding id. A run in which the finding's
     * check could not look at that cluster is no break.
     */
    java.util.Map<String, Instant> firstSeen(RunId run);

    /**
     * A run that is known.
     *
     * @param exitCode empty while it is unfinished
     */
    record Run(
            RunId id, String definition, Instant startedAt, Optional<Instant> finishedAt, Optional<Integer> exitCode) {}
}
