package io.promwarden.catalog.target;

import io.promwarden.answer.Answer;
import io.promwarden.check.Evidence;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Subject;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.ObjectMeta;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A Service, a workload's pod template, or a pod without a workload, that carries {@code prometheus.io/scrape}.
 *
 * @param field where the annotations stand
 */
record AnnotatedObject(String kind, ObjectMeta meta, String field, Map<String, String> annotations) {

    static final String SCRAPE = "prometheus.io/scrape";

    static final Subjects<AnnotatedObject> ALL = new Subjects<>(
            Set.of(Need.SERVICES, Need.WORKLOADS, Need.PODS),
            AnnotatedObject::of,
            (evidence, object) ->
                    new Subject(evidence.cluster(), object.kind, object.meta.namespace(), object.meta.name()));

    private static Answer<Stream<AnnotatedObject>> of(Evidence evidence) {
        ClusterInventory declared = evidence.declared();
        return declared.services()
                .flatMap(services -> declared.workloads()
                        .flatMap(workloads -> declared.pods()
                                .map(pods -> Stream.of(
                                                services.all().stream()
                                                        .map(service -> new AnnotatedObject(
                                                                "Service",
                                                                service.meta(),
                                                                "metadata.annotations",
                                                                service.meta().annotations())),
                                                workloads.stream()
                                                        .map(workload -> new AnnotatedObject(
                                                                workload.kind(),
                                                                workload.meta(),
                                                                "spec.template.metadata.annotations",
                                                                workload.podAnnotations())),
                                                pods.all().stream()
                                                        .filter(pod ->
                                                                pod.owner().isEmpty())
                                                        .map(pod -> new AnnotatedObject(
                                                                "Pod",
                                                                pod.meta(),
                                                                "metadata.annotations",
                                                                pod.meta().annotations())))
                                        .flatMap(some -> some)
                                        .filter(object -> object.annotations().containsKey(SCRAPE)))));
    }
}
