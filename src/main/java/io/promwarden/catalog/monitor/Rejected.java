package io.promwarden.catalog.monitor;

import io.promwarden.admission.Reason;
import io.promwarden.admission.Verdict.Outcome;
import io.promwarden.catalog.monitor.Admissions.Judged;
import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ReferencedData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A monitor that a Prometheus picks up, and that the API server would refuse or the operator leaves out. */
public final class Rejected implements Check<Monitor> {

    @Override
    public Subjects<Monitor> subject() {
        return Monitors.ALL;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Set<Need> needs() {
        return Admissions.SELECTION;
    }

    @Override
    public Set<Need> wants() {
        return Set.of(Need.CRDS, Need.OPERATOR_EVENTS);
    }

    @Override
    public Inspection inspect(Monitor monitor, Evidence evidence) {
        Admissions admissions = Admissions.of(evidence);
        List<Reason> violations = admissions.schema(monitor).violations();
        if (!violations.isEmpty()) {
            return Inspection.found(refused(monitor, violations, evidence));
        }
        List<Judged> judged = admissions.judged(monitor);
        List<Finding> findings = new ArrayList<>();
        leftOut(monitor, judged, evidence).ifPresent(findings::add);
        findings.addAll(disagreements(monitor, judged, evidence));
        return findings.isEmpty() ? unseen(monitor, judged) : Inspection.found(findings);
    }

    private Finding refused(Monitor monitor, List<Reason> violations, Evidence evidence) {
        FindingDraft draft = on(monitor, evidence);
        violations.forEach(violation -> draft.fact(violation.path(), violation.code() + ": " + violation.message()));
        return draft.fix(Fix.of("Correct the fields that the CRD does not take."))
                .say("The API server would refuse this " + monitor.kind().kind() + ": " + said(violations.getFirst()));
    }

    /** A warning as long as one Prometheus takes it. */
    private Optional<Finding> leftOut(Monitor monitor, List<Judged> judged, Evidence evidence) {
        List<Judged> rejecting =
                judged.stream().filter(one -> rejects(monitor, one)).toList();
        if (rejecting.isEmpty()) {
            return Optional.empty();
        }
        FindingDraft draft = on(monitor, evidence);
        if (rejecting.size() < judged.size()) {
            draft.severity(Severity.WARNING);
        }
        for (Judged one : judged) {
            draft.fact(one.name(), one.verdict().outcome().word() + why(one));
            OperatorSaid.status(monitor, one.prometheus())
                    .ifPresent(said -> draft.fact("status for " + one.name(), said.text()));
        }
        OperatorSaid.events(monitor, evidence).forEach(event -> draft.fact("the operator's event", event));
        Judged first = rejecting.getFirst();
        String cause = first.verdict().outcome() == Outcome.REJECTED
                ? said(first.verdict().reasons().getFirst())
                : OperatorSaid.status(monitor, first.prometheus())
                        .map(OperatorSaid.Statement::words)
                        .orElse("");
        return Optional.of(draft.fix(Fix.of("Correct what is named here; the operator then takes the whole object."))
                .say("The operator leaves this " + monitor.kind().kind() + " out for " + first.name() + ": " + cause));
    }

    /** Rejected by the rules; or by the operator's own words, where the rules could not tell. */
    private static boolean rejects(Monitor monitor, Judged one) {
        return switch (one.verdict().outcome()) {
            case REJECTED -> true;
            case ACCEPTED -> false;
            case UNKNOWN ->
                OperatorSaid.status(monitor, one.prometheus())
                        .filter(said -> !said.accepted())
                        .isPresent();
        };
    }

    private List<Finding> disagreements(Monitor monitor, List<Judged> judged, Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        boolean stated = false;
        for (Judged one : judged) {
            Optional<OperatorSaid.Statement> said = OperatorSaid.status(monitor, one.prometheus());
            stated |= said.isPresent();
            boolean differs = one.verdict().outcome() != Outcome.UNKNOWN
                    && said.filter(words -> words.accepted() != (one.verdict().outcome() == Outcome.ACCEPTED))
                            .isPresent();
            if (differs) {
                findings.add(on(monitor, evidence)
                        .severity(Severity.INFO)
                        .aspect("the operator disagrees about " + one.name())
                        .fact("by the rules", one.verdict().outcome().word() + why(one))
                        .fact("the operator's status", said.orElseThrow().text())
                        .say("The operator's status for " + one.name() + " says otherwise than the rules do; trust the"
                                + " status, and report this"));
            }
        }
        List<String> events = OperatorSaid.events(monitor, evidence);
        boolean taken = !judged.isEmpty()
                && judged.stream().allMatch(one -> one.verdict().outcome() == Outcome.ACCEPTED);
        if (!stated && taken && !events.isEmpty()) {
            FindingDraft draft = on(monitor, evidence).severity(Severity.INFO).aspect("the operator's event disagrees");
            events.forEach(event -> draft.fact("the operator's event", event));
            findings.add(
                    draft.say("The operator rejected this " + monitor.kind().kind()
                            + " within the last hour, and by the rules it is sound: was it corrected since?"));
        }
        return findings;
    }

    /** A verdict that hangs on Secrets which the job does not let us look at is no part of this check. */
    private static Inspection unseen(Monitor monitor, List<Judged> judged) {
        return judged.stream()
                .filter(one -> one.verdict().outcome() == Outcome.UNKNOWN)
                .filter(one -> OperatorSaid.status(monitor, one.prometheus()).isEmpty())
                .flatMap(one -> one.verdict().reasons().stream())
                .map(Reason::message)
                .filter(message -> !message.contains(": " + ReferencedData.NOT_ALLOWED))
                .findFirst()
                .map(Inspection::notRun)
                .orElseGet(Inspection::clean);
    }

    private static String why(Judged one) {
        return one.verdict().reasons().stream()
                .findFirst()
                .map(reason -> ", " + reason.code() + ": " + said(reason))
                .orElse("");
    }

    private static String said(Reason reason) {
        String words = reason.message();
        return reason.path() + ": " + (words.endsWith(".") ? words.substring(0, words.length() - 1) : words);
    }
}
