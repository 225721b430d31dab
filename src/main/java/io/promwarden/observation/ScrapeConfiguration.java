package io.promwarden.observation;

import java.util.Map;
import java.util.Set;

/**
 * What is read of a server's loaded configuration.
 *
 * @param jobs names of all scrape configurations
 * @param annotationJobs names of those whose relabeling reads a {@code prometheus.io/scrape} annotation of pods or Services
 * @param storage what is set below {@code storage.tsdb}, e.g. {@code retention.time} to {@code 30d}
 * @param fingerprint equal where two servers run the same configuration, their external labels apart
 */
public record ScrapeConfiguration(
        Set<String> jobs, Set<String> annotationJobs, Map<String, String> storage, String fingerprint) {
    public ScrapeConfiguration {
        jobs = Set.copyOf(jobs);
        annotationJobs = Set.copyOf(annotationJobs);
        storage = Map.copyOf(storage);
    }
}
