package io.promwarden.finding;

import java.util.Comparator;

/**
 * What a finding is about. The name must survive a pod's renaming: say the workload, not one of its pods.
 *
 * @param cluster the cluster's name in the job
 * @param kind a Kubernetes kind, or one of ours: {@code Target}, {@code ScrapePool}, {@code Rule}, {@code Cluster}
 * @param namespace empty for what has none
 * @param name the object's name
 */
public record Subject(String cluster, String kind, String namespace, String name) implements Comparable<Subject> {

    private static final Comparator<Subject> ORDER = Comparator.comparing(Subject::cluster)
            .thenComparing(Subject::namespace)
            .thenComparing(Subject::kind)
            .thenComparing(Subject::name);

    /** As kubectl would write it: {@code ServiceMonitor shop/cart}, or {@code Cluster prod} without a namespace. */
    public String text() {
        return namespace.isEmpty() ? kind + " " + name : kind + " " + namespace + "/" + name;
    }

    @Override
    public int compareTo(Subject other) {
        return ORDER.compare(this, other);
    }
}
