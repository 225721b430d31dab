package io.promwarden.catalog.monitor;

import io.promwarden.answer.Answer;
import io.promwarden.check.Evidence;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Subject;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Monitors as subjects. */
final class Monitors {

    /** ServiceMonitors and PodMonitors: those that select by labels. */
    static final Subjects<Monitor> SELECTING = new Subjects<>(
            Set.of(Need.SERVICE_MONITORS, Need.POD_MONITORS),
            evidence -> of(evidence, List.of(ObjectKind.SERVICE_MONITOR, ObjectKind.POD_MONITOR)),
            Monitors::name);

    /** All four kinds that a Prometheus object picks up. */
    static final Subjects<Monitor> ALL = new Subjects<>(
            Set.of(Need.SERVICE_MONITORS, Need.POD_MONITORS, Need.PROBES, Need.SCRAPE_CONFIGS),
            evidence -> of(
                    evidence,
                    List.of(
                            ObjectKind.SERVICE_MONITOR,
                            ObjectKind.POD_MONITOR,
                            ObjectKind.PROBE,
                            ObjectKind.SCRAPE_CONFIG)),
            Monitors::name);

    private Monitors() {}

    private static Answer<Stream<Monitor>> of(Evidence evidence, List<ObjectKind> kinds) {
        return Answer.known(
                kinds.stream().flatMap(kind -> evidence.declared().monitors(kind).value().orElse(List.of()).stream()));
    }

    private static Subject name(Evidence evidence, Monitor monitor) {
        return new Subject(
                evidence.cluster(),
                monitor.kind().kind(),
                monitor.meta().namespace(),
                monitor.meta().name());
    }
}
