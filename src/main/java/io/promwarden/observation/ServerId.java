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

    /**
     * The shard that it is a replica of: servers of one shard scrape the same targets, those of two shards never do.
     * The operator calls the pods of further shards {@code prometheus-NAME-shard-N-ORDINAL}.
     */
    public String shard() {
        String prefix = "prometheus-" + owner.substring(owner.indexOf('/') + 1) + "-shard-";
        int dash = instance.lastIndexOf('-');
        return instance.startsWith(prefix) && dash > prefix.length()
                ? owner + "#" + instance.substring(prefix.length(), dash)
                : owner;
    }

    @Override
    public int compareTo(ServerId other) {
        int byCluster = cluster.compareTo(other.cluster);
        int byOwner = owner.compareTo(other.owner);
        return byCluster != 0 ? byCluster : byOwner != 0 ? byOwner : instance.compareTo(other.instance);
    }
}
