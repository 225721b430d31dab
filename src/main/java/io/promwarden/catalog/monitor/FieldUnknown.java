package io.promwarden.catalog.monitor;

import io.promwarden.admission.SchemaResult.UnknownField;
import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.Monitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A field that the CRD doesn't know: the API server takes it away without a word. */
public final class FieldUnknown implements Check<Monitor> {

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
        return Set.of(Need.CRDS);
    }

    @Override
    public boolean readsSubjectOnly() {
        return true;
    }

    @Override
    public Inspection inspect(Monitor monitor, Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        for (UnknownField field : Admissions.of(evidence).schema(monitor).unknownFields()) {
            findings.add(on(monitor, evidence)
                    .aspect(field.path())
                    .fact("field", field.path())
                    .fix(Fix.of(field.likely()
                            .map(name -> "Write " + name + ", if that was meant.")
                            .orElse("Remove it, or put it where it belongs.")))
                    .say(field.path() + " is no field of a " + monitor.kind().kind()
                            + ", so the API server takes it away without a word"));
        }
        return Inspection.found(findings);
    }
}
