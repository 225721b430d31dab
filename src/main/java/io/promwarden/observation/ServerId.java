package io.promwarden.observation;

/**
 * One server process.
 *
 * @param cluster the cluster's name in the job
 * @param owner the custom resource behind it as {@code namespace/name}, or the name that the job gives a static server
 * @param instance the pod's name, or the owner's name again for a static server
 */
public record ServerId(String cluster, String owner, String instance) implements Comparable<ServerId> {

    /** {@code cluster/instance}; short, for tables and logs. */
    public String text() {
        return cluster + "/" + instance;
    }

    @Override
    public int compareTo(ServerId other) {
        int byCluster = cluster.compareTo(other.cluster);
        int byOwner = owner.compareTo(other.owner);
        return byCluster != 0 ? byCluster : byOwner != 0 ? byOwner : instance.compareTo(other.instance);
    }
}
