package io.promwarden.catalog.prometheus;

import io.promwarden.answer.Answer;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Subject;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.observation.MetricsServer;
import java.util.List;
import java.util.Set;

/** What these checks are asked about. */
final class PrometheusSubjects {

    /** Every Prometheus and PrometheusAgent object. */
    static final Subjects<PrometheusObject> OBJECTS = new Subjects<>(
            Set.of(Need.PROMETHEUSES),
            evidence -> evidence.declared().prometheuses().map(List::stream),
            (evidence, prometheus) -> new Subject(
                    evidence.cluster(),
                    prometheus.kind().kind(),
                    prometheus.meta().namespace(),
                    prometheus.meta().name()));

    /** Every server that answers; filed under its Prometheus object, which outlives its pods. */
    static final Subjects<MetricsServer> SERVERS = new Subjects<>(
            Set.of(), evidence -> Answer.known(evidence.metrics().answering().stream()), (evidence, server) -> {
                String owner = server.id().owner();
                int slash = owner.indexOf('/');
                return new Subject(
                        evidence.cluster(),
                        "Prometheus",
                        slash < 0 ? "" : owner.substring(0, slash),
                        owner.substring(slash + 1));
            });

    private PrometheusSubjects() {}
}
