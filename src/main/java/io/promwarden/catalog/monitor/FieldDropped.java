package io.promwarden.catalog.monitor;

import io.promwarden.catalog.monitor.Admissions.Judged;
import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.Monitor;
import java.util.List;
import java.util.Set;

/** A monitor of which a Prometheus is too old for some fields, so that the operator leaves them out of its configuration. */
public final class FieldDropped implements Check<Monitor> {

    @Override
    public Subjects<Monitor> subject() {
        return Monitors.ALL;
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Set<Need> needs() {
        return Admissions.SELECTION;
    }

    @Override
    public Set<Need> wants() {
        return Set.of(Need.CRDS);
    }

    @Override
    public Inspection inspect(Monitor monitor, Evidence evidence) {
        List<Judged> dropping = Admissions.of(evidence).judged(monitor).stream()
                .filter(one -> !one.verdict().dropped().isEmpty())
                .toList();
        if (dropping.isEmpty()) {
            return Inspection.clean();
        }
        FindingDraft draft = on(monitor, evidence);
        for (Judged one : dropping) {
            draft.fact(
                    one.name() + " ("
                            + one.prometheus().raw().text("spec", "version").orElse("no version") + ")",
                    String.join(", ", one.verdict().dropped()));
        }
        Judged first = dropping.getFirst();
        return Inspection.found(
                draft.fix(Fix.of("Update that Prometheus, or remove the fields: they have no effect there."))
                        .say("The operator leaves fields of this "
                                + monitor.kind().kind() + " out for " + first.name() + ", which is too old for them: "
                                + String.join(", ", first.verdict().dropped())));
    }
}
