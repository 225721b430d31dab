package io.promwarden.catalog.monitor;

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
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A monitor's endpoint whose port none of the selected Services, or none of the selected pods, has. */
public final class UnknownPort implements Check<Monitor> {

    @Override
    public Subjects<Monitor> subject() {
        return Monitors.SELECTING;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Set<Need> needs() {
        Set<Need> needs = EnumSet.of(Need.SERVICES, Need.ENDPOINT_SLICES, Need.PODS, Need.WORKLOADS);
        needs.addAll(Selection.NEEDS);
        return needs;
    }

    @Override
    public Inspection inspect(Monitor monitor, Evidence evidence) {
        List<PortsSeen> places = new ArrayList<>();
        for (Optional<Set<String>> place : Selection.of(evidence).places(monitor)) {
            places.add(
                    monitor.kind() == ObjectKind.SERVICE_MONITOR
                            ? PortsSeen.ofServices(Selected.services(monitor, place, evidence.declared()), evidence)
                            : PortsSeen.ofPods(
                                    Selected.pods(monitor, place, evidence.declared()),
                                    () -> Selected.workloads(monitor, place, evidence)));
        }
        List<Finding> findings = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (RawObject endpoint : monitor.endpoints()) {
            Optional<WantedPort> wanted = WantedPort.of(monitor.kind(), endpoint);
            if (wanted.isEmpty() || !told.add(wanted.get().text())) {
                continue;
            }
            if (places.stream().noneMatch(seen -> wanted.get().couldBeIn(seen))) {
                findings.add(finding(monitor, wanted.get(), places.get(0), evidence));
            }
        }
        return Inspection.found(findings);
    }

    private Finding finding(Monitor monitor, WantedPort wanted, PortsSeen seen, Evidence evidence) {
        FindingDraft draft = on(monitor, evidence).aspect(wanted.text()).fact("endpoint", wanted.text());
        boolean byService = wanted.field() == WantedPort.Field.SERVICE_PORT;
        if (byService) {
            draft.fact("Services", seen.serviceNames()).fact("ports of the Services", seen.servicePortsText());
        }
        draft.fact("ports of the containers", seen.containerPortsText());
        draft.fix(Fix.of("Name a port that is there, or add the port that the monitor names."));
        PortHint.of(monitor.kind(), wanted, seen).ifPresent(hint -> {
            draft.fact("did you mean", hint.meant());
            draft.fix(hint.fix());
        });
        String where = byService ? "None of the selected Services has a port named " : "No selected pod declares ";
        String what = byService ? "'" + wanted.value() + "'" : "a container port " + wanted.described();
        return draft.say(where + what + ", so the endpoint has no target");
    }
}
