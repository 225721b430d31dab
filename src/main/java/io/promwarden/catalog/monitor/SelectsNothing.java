package io.promwarden.catalog.monitor;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A ServiceMonitor that matches no Service, or a PodMonitor that matches no pod and no workload. */
public final class SelectsNothing implements Check<Monitor> {

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
        Set<Need> needs = EnumSet.of(Need.SERVICES, Need.PODS, Need.WORKLOADS);
        needs.addAll(Selection.NEEDS);
        return needs;
    }

    @Override
    public Inspection inspect(Monitor monitor, Evidence evidence) {
        Selection selection = Selection.of(evidence);
        Set<Optional<Set<String>>> places = selection.places(monitor);
        for (Optional<Set<String>> place : places) {
            if (matches(monitor, place, evidence)) {
                return Inspection.clean();
            }
        }
        Optional<Set<String>> place = places.iterator().next();
        boolean services = monitor.kind() == ObjectKind.SERVICE_MONITOR;
        LabelSelector selector = monitor.selector().orElse(new LabelSelector(Map.of(), List.of()));
        FindingDraft draft = on(monitor, evidence)
                .severity(services ? Severity.ERROR : Severity.WARNING)
                .fact("selector", selector.text())
                .fact("looks in", place.map(SelectsNothing::words).orElse("every namespace"));
        place.orElse(Set.of()).stream()
                .filter(namespace -> !selection.exists(namespace))
                .sorted()
                .forEach(namespace -> draft.fact("no such namespace", namespace));
        boolean ignored = !places.contains(monitor.targetNamespaces());
        if (ignored) {
            draft.fact("ignoreNamespaceSelectors", "its Prometheus looks in the monitor's own namespace only");
        }
        draft.fix(Fix.of("Correct the selector or the namespaceSelector, or remove the monitor."));
        SelectionHint.of(monitor, place, ignored, evidence.declared()).ifPresent(hint -> {
            draft.fact("nearest", hint.fact());
            draft.fix(hint.fix());
        });
        return Inspection.found(draft.say("The selector matches no "
                + (services ? "Service" : "pod, and no workload's pod template,")
                + " "
                + place.map(names -> "in " + words(names)).orElse("in any namespace")
                + ": nothing is scraped by it"));
    }

    /** A PodMonitor of a workload that is scaled to zero is in order. */
    private static boolean matches(Monitor monitor, Optional<Set<String>> place, Evidence evidence) {
        ClusterInventory declared = evidence.declared();
        if (monitor.kind() == ObjectKind.SERVICE_MONITOR) {
            return !Selected.services(monitor, place, declared).isEmpty();
        }
        if (!Selected.pods(monitor, place, declared).isEmpty()) {
            return true;
        }
        return !Selected.workloads(monitor, place, evidence).isEmpty();
    }

    private static String words(Set<String> namespaces) {
        return namespaces.stream().sorted().collect(Collectors.joining(", "));
    }
}
