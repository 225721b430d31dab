package io.promwarden.catalog.tsdb;

import io.promwarden.answer.Answer;
import io.promwarden.check.Evidence;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Subject;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.observation.MetricsServer;
import java.util.List;
import java.util.Set;

/** What these checks are asked about. */
final class TsdbSubjects {

    /** Every server that answers and keeps samples; filed under its Prometheus object, which outlives its pods. */
    static final Subjects<MetricsServer> STORES = new Subjects<>(
            Set.of(),
            evidence ->
                    Answer.known(evidence.metrics().answering().stream().filter(server -> !agent(server, evidence))),
            (evidence, server) -> owner(evidence, server.id().owner()));

    /** Every Prometheus object that keeps samples, so no agent. */
    static final Subjects<PrometheusObject> OBJECTS = new Subjects<>(
            Set.of(Need.PROMETHEUSES),
            evidence -> evidence.declared()
                    .prometheuses()
                    .map(List::stream)
                    .map(all -> all.filter(prometheus -> !prometheus.agent())),
            (evidence, prometheus) -> new Subject(
                    evidence.cluster(),
                    "Prometheus",
                    prometheus.meta().namespace(),
                    prometheus.meta().name()));

    /** The replicas of one shard: they scrape the same, so they should hold the same. */
    static final Subjects<Replicas> REPLICAS =
            new Subjects<>(
                    Set.of(),
                    evidence -> Answer.known(Replicas.of(evidence.metrics().answering().stream()
                                    .filter(server -> !agent(server, evidence))
                                    .toList())
                            .stream()),
                    (evidence, replicas) -> owner(evidence, replicas.owner()));

    private TsdbSubjects() {}

    private static Subject owner(Evidence evidence, String owner) {
        int slash = owner.indexOf('/');
        return new Subject(
                evidence.cluster(),
                "Prometheus",
                slash < 0 ? "" : owner.substring(0, slash),
                owner.substring(slash + 1));
    }

    private static boolean agent(MetricsServer server, Evidence evidence) {
        boolean declared = evidence
                .inventory()
                .flatMap(known -> known.prometheuses().value())
                .stream()
                .flatMap(List::stream)
                .anyMatch(object ->
                        object.agent() && object.meta().key().equals(server.id().owner()));
        return declared
                || server.ownMetrics()
                        .value()
                        .filter(own ->
                                own.byName().keySet().stream().anyMatch(name -> name.startsWith("prometheus_agent_")))
                        .isPresent();
    }
}
