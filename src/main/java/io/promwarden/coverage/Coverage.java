package io.promwarden.coverage;

import io.promwarden.finding.NotRun;
import java.util.List;

/**
 * What of a cluster is scraped.
 *
 * @param entries every Service and workload of the population, sorted by namespace, kind and name
 * @param notRun why something could not be measured
 */
public record Coverage(String cluster, List<Entry> entries, List<NotRun> notRun) {

    /** How a Service or a workload is covered. */
    public enum State {
        /** Every pod or port that should be scraped has an active target that is up. */
        COVERED,
        /** Some pods have a target that is up, some have none or one that is down. */
        PARTLY,
        /** Targets exist, none is up. */
        DOWN,
        /** No target at all. */
        UNCOVERED,
        /** Nothing runs: scaled to zero, or no endpoint. Out of the ratio. */
        IDLE,
        /** Somebody accepted that it is not scraped. Out of the ratio. */
        EXEMPT,
        /** Could not be looked at. Out of the ratio. */
        NOT_MEASURED
    }

    /** What covers it. */
    public enum By {
        SERVICE_MONITOR,
        POD_MONITOR,
        PROBE,
        SCRAPE_CONFIG,
        ANNOTATION,
        SIDECAR,
        STATIC
    }

    /**
     * One Service or workload.
     *
     * @param kind Service, Deployment, StatefulSet or DaemonSet
     * @param by what covers it, without repetition; empty where nothing does
     * @param scraped pods (or endpoint addresses) with a target that is up
     * @param expected pods (or endpoint addresses) that should have one
     * @param detail the monitor's name, or why it is in this state
     */
    public record Entry(
            String namespace,
            String kind,
            String name,
            State state,
            List<By> by,
            int scraped,
            int expected,
            String detail) {
        public Entry {
            by = List.copyOf(by);
        }
    }

    public Coverage {
        entries = List.copyOf(entries);
        notRun = List.copyOf(notRun);
    }
}
