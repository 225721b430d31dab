package io.promwarden.catalog.prometheus;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.PrometheusObject;
import java.util.Set;

/** A Prometheus with one replica: while its pod moves, nothing is scraped and no alert fires. */
public final class SingleReplica implements Check<PrometheusObject> {

    @Override
    public Subjects<PrometheusObject> subject() {
        return PrometheusSubjects.OBJECTS;
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.PROMETHEUSES);
    }

    @Override
    public boolean readsSubjectOnly() {
        return true;
    }

    @Override
    public Inspection inspect(PrometheusObject prometheus, Evidence evidence) {
        boolean onEveryNode = prometheus
                .raw()
                .text("spec", "mode")
                .filter("DaemonSet"::equals)
                .isPresent();
        if (onEveryNode || prometheus.replicas() != 1) {
            return Inspection.clean();
        }
        String lost = prometheus.agent() ? "nothing is scraped" : "nothing is scraped and no alert fires";
        return Inspection.found(on(prometheus, evidence)
                .fact("field", "spec.replicas")
                .fact("spec.replicas", prometheus.raw().text("spec", "replicas").orElse("not set: 1"))
                .fix(Fix.of(
                        "Run two replicas, where missing a few minutes of alerts matters.", "spec:\n  replicas: 2\n"))
                .say("It runs once: while its pod is restarted or moved, " + lost));
    }
}
