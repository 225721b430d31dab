package io.promwarden.retention;

import io.promwarden.finding.NotRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
