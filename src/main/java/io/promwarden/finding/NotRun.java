package io.promwarden.finding;

/**
 * Something that could not be looked at. Shown beside the findings: silence never means clean.
 *
 * @param cluster the cluster's name in the job; empty for what belongs to the whole run
 * @param what what was not done, e.g. {@code monitor/not-scraped} or {@code Alertmanager monitoring/main}
 * @param reason in words that a person on call understands
 */
public record NotRun(String cluster, String what, String reason) implements Comparable<NotRun> {

    public NotRun {
        reason = Redaction.text(reason);
    }

    @Override
    public int compareTo(NotRun other) {
        int byCluster = cluster.compareTo(other.cluster);
        int byWhat = what.compareTo(other.what);
        return byCluster != 0 ? byCluster : byWhat != 0 ? byWhat : reason.compareTo(other.reason);
    }
}
