package io.promwarden.observation;

import java.util.Set;

/**
 * What is read of a server's loaded configuration.
 *
 * @param jobs names of all scrape configurations
 * @param annotationJobs names of those whose relabeling reads a {@code prometheus.io/scrape} annotation of pods or Services
 */
public record ScrapeConfiguration(Set<String> jobs, Set<String> annotationJobs) {
    public ScrapeConfiguration {
        jobs = Set.copyOf(jobs);
        annotationJobs = Set.copyOf(annotationJobs);
    }
}
