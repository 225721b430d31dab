package io.promwarden.inventory;

import java.util.List;
import java.util.Map;

/**
 * A Deployment, StatefulSet or DaemonSet.
 *
 * @param replicas wanted pods; for a DaemonSet the nodes that it should run on
 * @param podLabels the template's labels
 * @param podAnnotations the template's annotations, those of {@link Trimming} only
 */
public record Workload(
        String kind,
        ObjectMeta meta,
        int replicas,
        Map<String, String> podLabels,
        Map<String, String> podAnnotations,
        List<Container> containers) {

    public Workload {
        podLabels = Map.copyOf(podLabels);
        podAnnotations = Map.copyOf(podAnnotations);
        containers = List.copyOf(containers);
    }

    public static Workload of(RawObject object) {
        long replicas = object.kind().equals("DaemonSet")
                ? object.whole("status", "desiredNumberScheduled").orElse(0L)
                : object.whole("spec", "replicas").orElse(1L);
        return new Workload(
                object.kind(),
                ObjectMeta.of(object),
                (int) replicas,
                object.texts("spec", "template", "metadata", "labels"),
                object.texts("spec", "template", "metadata", "annotations"),
                object.object("spec", "template", "spec").map(Container::of).orElse(List.of()));
    }
}
