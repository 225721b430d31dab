package io.promwarden.catalog.tsdb;

import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.DataClaim;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.Quantity;
import io.promwarden.inventory.VolumeClaim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The disk that a Prometheus object's pods have for their data. */
sealed interface Disk {

    /**
     * A volume of known size; the smallest, if the pods' volumes differ.
     *
     * @param bytes what is bound, or else asked for
     * @param what where the size is from
     */
    record Volume(double bytes, String what) implements Disk {}

    /** The node's own disk, without a limit of its own. */
    record NodeDisk() implements Disk {}

    /** There is a volume, and its size can't be told. */
    record Unknown(String why) implements Disk {}

    static Disk of(PrometheusObject prometheus, ClusterInventory declared) {
        List<Pod> pods = pods(prometheus, declared);
        List<Volume> bound = new ArrayList<>();
        for (Pod pod : pods) {
            List<String> claims = DataClaim.candidates(pod);
            if (claims.size() > 1) {
                return new Unknown("pod " + pod.meta().key() + " mounts several volumes that could hold its data");
            }
            for (String claim : claims) {
                Optional<Volume> volume = volume(pod.meta().namespace(), claim, declared);
                if (volume.isEmpty()) {
                    return new Unknown("the size of PersistentVolumeClaim "
                            + pod.meta().namespace() + "/" + claim + " is not known");
                }
                bound.add(volume.get());
            }
        }
        Optional<Volume> smallest = bound.stream().min(Comparator.comparingDouble(Volume::bytes));
        if (smallest.isPresent()) {
            return smallest.get();
        }
        return asked(prometheus, "volumeClaimTemplate", "spec", "resources", "requests", "storage")
                .or(() -> asked(
                        prometheus, "ephemeral", "volumeClaimTemplate", "spec", "resources", "requests", "storage"))
                .or(() -> asked(prometheus, "emptyDir", "sizeLimit"))
                .<Disk>map(volume -> volume)
                .orElseGet(NodeDisk::new);
    }

    private static List<Pod> pods(PrometheusObject prometheus, ClusterInventory declared) {
        String set = "prometheus-" + prometheus.meta().name();
        return declared.pods().value().map(all -> all.in(prometheus.meta().namespace())).orElse(List.of()).stream()
                .filter(pod -> pod.owner()
                        .filter(owner -> owner.kind().equals("StatefulSet"))
                        .filter(owner ->
                                owner.name().equals(set) || owner.name().matches(quoted(set) + "-shard-[0-9]+"))
                        .isPresent())
                .toList();
    }

    private static String quoted(String text) {
        return java.util.regex.Pattern.quote(text);
    }

    private static Optional<Volume> volume(String namespace, String claim, ClusterInventory declared) {
        return declared.volumeClaims().value().orElse(List.of()).stream()
                .filter(one -> one.meta().namespace().equals(namespace)
                        && one.meta().name().equals(claim))
                .findFirst()
                .flatMap(VolumeClaim::capacity)
                .map(bytes -> new Volume(bytes, "PersistentVolumeClaim " + namespace + "/" + claim));
    }

    private static Optional<Volume> asked(PrometheusObject prometheus, String... path) {
        List<String> whole = new ArrayList<>(List.of("spec", "storage"));
        whole.addAll(List.of(path));
        return prometheus
                .raw()
                .text(whole.toArray(String[]::new))
                .flatMap(Quantity::bytes)
                .map(bytes -> new Volume(bytes, String.join(".", whole)));
    }
}
