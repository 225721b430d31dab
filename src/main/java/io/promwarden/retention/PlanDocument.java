package io.promwarden.retention;

import io.promwarden.finding.NotRun;
import io.promwarden.observation.ServerId;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The plan of a whole job, to be kept in a file, read by somebody who answers for it, and carried out as it is.
 *
 * @param format of the file; {@link #FORMAT}
 * @param version of the product that made it
 * @param file the job's definition, as it was named
 * @param definition the definition's SHA-256, hexadecimal: with another one the plan has to be made anew
 * @param madeAt of the oldest of its plans
 * @param freshUntil from then on it is not carried out
 * @param applyTo the Prometheus objects and static servers that the job allows to be changed
 * @param compaction how blocks are rewritten afterwards; empty where the job has no such step
 */
public record PlanDocument(
        int format,
        String version,
        String job,
        String file,
        String definition,
        Instant madeAt,
        Instant freshUntil,
        List<String> applyTo,
        Optional<CompactionSettings> compaction,
        List<OfCluster> clusters) {

    /** The form that this version writes and reads. */
    public static final int FORMAT = 1;

    /**
     * One cluster's servers.
     *
     * @param notRun what could not be looked at
     */
    public record OfCluster(String cluster, List<RetentionPlan> plans, List<NotRun> notRun) {
        public OfCluster {
            plans = List.copyOf(plans);
            notRun = List.copyOf(notRun);
        }
    }

    public PlanDocument {
        applyTo = List.copyOf(applyTo);
        clusters = List.copyOf(clusters);
    }

    /** All servers of all clusters. */
    public Stream<RetentionPlan> plans() {
        return clusters.stream().flatMap(cluster -> cluster.plans().stream());
    }

    /**
     * What no plan that was made says, and one that was altered and hashed anew could use to get past the job's caps; empty
     * where there is nothing of the kind.
     */
    public Optional<String> contradiction() {
        Set<String> names = new HashSet<>();
        Set<ServerId> servers = new HashSet<>();
        for (OfCluster cluster : clusters) {
            if (!names.add(cluster.cluster())) {
                return Optional.of("it has the cluster " + cluster.cluster() + " twice");
            }
            for (RetentionPlan plan : cluster.plans()) {
                if (!plan.server().cluster().equals(cluster.cluster())) {
                    return Optional.of(plan.server() + " stands under the cluster " + cluster.cluster());
                }
                if (!servers.add(plan.server())) {
                    return Optional.of("it has " + plan.server() + " twice");
                }
                Set<String> selectors = new HashSet<>();
                for (PlannedDeletion deletion : plan.deletions()) {
                    if (!selectors.add(deletion.selector())) {
                        return Optional.of("it has " + deletion.selector() + " twice for " + plan.server());
                    }
                    if (deletion.series() < 0 || deletion.series() > Integer.MAX_VALUE) {
                        return Optional.of(deletion.selector() + " cannot have " + deletion.series() + " series");
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** What is said of a plan's job. */
    public record Head(
            String version,
            String job,
            String file,
            String definition,
            List<String> applyTo,
            Optional<CompactionSettings> compaction,
            Duration freshFor) {

        /** A document of what was planned; where nothing was, it is as old as {@code now}. */
        public PlanDocument document(Instant now, List<OfCluster> clusters) {
            Instant madeAt = clusters.stream()
                    .flatMap(cluster -> cluster.plans().stream())
                    .map(RetentionPlan::madeAt)
                    .min(Instant::compareTo)
                    .orElse(now);
            return new PlanDocument(
                    FORMAT,
                    version,
                    job,
                    file,
                    definition,
                    madeAt,
                    madeAt.plus(freshFor),
                    applyTo,
                    compaction,
                    clusters);
        }
    }
}
