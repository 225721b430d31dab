package io.promwarden.catalog.monitor;

import io.promwarden.answer.Answer;
import io.promwarden.check.Evidence;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Subject;
import io.promwarden.inventory.Indexed;
import io.promwarden.inventory.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The running pods of one workload that carry {@code prometheus.io/scrape: "true"}.
 *
 * @param kind the workload's kind; Pod for one without a workload
 */
record Annotated(String kind, String namespace, String name, List<Pod> pods) {

    static final Subjects<Annotated> WORKLOADS = new Subjects<>(
            Set.of(Need.PODS),
            Annotated::of,
            (evidence, annotated) ->
                    new Subject(evidence.cluster(), annotated.kind, annotated.namespace, annotated.name));

    private static Answer<Stream<Annotated>> of(Evidence evidence) {
        return evidence.declared().pods().map(Indexed::all).map(Annotated::grouped);
    }

    private static Stream<Annotated> grouped(List<Pod> all) {
        Map<String, Annotated> groups = new LinkedHashMap<>();
        for (Pod pod : all) {
            if (!pod.running() || pod.ip().isEmpty() || !wantsScraping(pod)) {
                continue;
            }
            String kind = pod.owner().map(Pod.Owner::kind).orElse("Pod");
            String name = pod.owner().map(Pod.Owner::name).orElse(pod.meta().name());
            String namespace = pod.meta().namespace();
            groups.computeIfAbsent(
                            kind + "/" + namespace + "/" + name,
                            key -> new Annotated(kind, namespace, name, new ArrayList<>()))
                    .pods()
                    .add(pod);
        }
        return groups.values().stream();
    }

    private static boolean wantsScraping(Pod pod) {
        return "true".equals(pod.meta().annotations().get("prometheus.io/scrape"));
    }
}
