package io.promwarden.wiring;

import io.promwarden.answer.Answer;
import io.promwarden.capture.CaptureReplay;
import io.promwarden.capture.ReplayedCluster;
import io.promwarden.job.ClusterSpec;
import io.promwarden.job.JobDefinition;
import io.promwarden.kubernetes.Surroundings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run looks at.
 *
 * @param clock live: the wall clock; for a capture it stands still at the recording
 * @param clusters names, in the order of the job or of the capture
 */
record LookedAt(Clock clock, RunWorld world, List<String> clusters) implements AutoCloseable {

    /**
     * What makes two runs of a slot the same one: a run of a capture never goes on with a live one, whose calls and receipts
     * are none of its business, nor the other way round.
     */
    String identified(JobDefinition definition) {
        return world.live() ? definition.sha256() : definition.sha256() + " on the capture of " + world.observedAt();
    }

    /** Opens it; unknown if there is nothing to look at, e.g. because the folder is no capture. */
    static Answer<LookedAt> open(RunRequest request, Clock clock) {
        Duration timeout = Duration.ofSeconds(request.definition().limits().timeoutSeconds());
        return switch (request.where()) {
            case RunRequest.Where.Captured captured ->
                CaptureReplay.open(captured.folder()).map(replay -> captured(replay, timeout));
            case RunRequest.Where.BuiltIn builtIn ->
                CaptureReplay.open(LookedAt.class.getClassLoader(), builtIn.resource())
                        .map(replay -> captured(replay, timeout));
            case RunRequest.Where.Live live ->
                oneCluster(request.definition(), live)
                        .<Answer<LookedAt>>map(Answer::unknown)
                        .orElseGet(() -> Answer.known(live(request, live, clock, timeout)));
        };
    }

    private static LookedAt captured(CaptureReplay replay, Duration timeout) {
        List<ClusterAccess> accesses = new ArrayList<>();
        for (ReplayedCluster cluster : replay.clusters()) {
            accesses.add(new CapturedAccess(cluster));
        }
        return of(replay.clock(), false, accesses, timeout);
    }

    private static LookedAt live(RunRequest request, RunRequest.Where.Live live, Clock clock, Duration timeout) {
        return of(clock, true, accesses(request.definition(), live, request.environment()), timeout);
    }

    /** Why options that name one cluster cannot be used with this job: all its clusters would be the same one. */
    static Optional<String> oneCluster(JobDefinition definition, RunRequest.Where.Live live) {
        long clusters = definition.clusters().stream()
                .filter(cluster -> cluster.kubernetes().isPresent())
                .count();
        boolean named = live.kubeconfig().isPresent() || live.context().isPresent();
        return named && clusters > 1
                ? Optional.of("--kubeconfig and --context name one cluster, and the job has " + clusters
                        + ": name each in the job (kubernetes.kubeconfig, kubernetes.context)")
                : Optional.empty();
    }

    /** The clusters of a job as they are now. */
    static List<ClusterAccess> accesses(
            JobDefinition definition, RunRequest.Where.Live live, java.util.Map<String, String> environment) {
        Connections connections = new Connections(definition.limits(), new Secrets(environment));
        List<ClusterAccess> accesses = new ArrayList<>();
        for (ClusterSpec spec : definition.clusters()) {
            accesses.add(LiveAccess.open(
                    spec, live, Surroundings.ofThisProcess(), connections, definition.looksAtSecrets()));
        }
        return accesses;
    }

    /** Makes the world of these clusters; its clock is read once, so that all of a run is judged at one instant. */
    static LookedAt of(Clock clock, boolean live, List<ClusterAccess> accesses, Duration timeout) {
        RunWorld world = new RunWorld(clock.instant(), live, accesses, new ClusterReading(timeout));
        return new LookedAt(
                clock, world, accesses.stream().map(ClusterAccess::name).toList());
    }

    @Override
    public void close() {
        world.close();
    }
}
