package io.promwarden.catalog.monitor;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.explain.OperatorSelector;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.Indexed;
import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.Service;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A ServiceMonitor that takes in Services which Kubernetes' own reading of its selector would leave out. */
public final class MatchesTooMuch implements Check<Monitor> {

    private static final int SHOWN = 5;

    @Override
    public Subjects<Monitor> subject() {
        return Monitors.SELECTING;
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Set<Need> needs() {
        Set<Need> needs = EnumSet.of(Need.SERVICES);
        needs.addAll(Admissions.SELECTION);
        return needs;
    }

    @Override
    public Inspection inspect(Monitor monitor, Evidence evidence) {
        Optional<Indexed<Service>> services = evidence.declared().services().value();
        if (monitor.kind() != ObjectKind.SERVICE_MONITOR || services.isEmpty()) {
            return Inspection.clean();
        }
        List<String> beyond =
                beyond(monitor, services.get(), Admissions.of(evidence).places(monitor));
        if (beyond.isEmpty()) {
            return Inspection.clean();
        }
        LabelSelector selector = monitor.selector().orElse(new LabelSelector(Map.of(), List.of()));
        String more = beyond.size() > SHOWN ? " and " + (beyond.size() - SHOWN) + " more" : "";
        return Inspection.found(on(monitor, evidence)
                .fact("field", "spec.selector")
                .fact("selector", selector.text())
                .fact("taken in as well", beyond.stream().limit(SHOWN).collect(Collectors.joining(", ")) + more)
                .fix(Fix.of(
                        "Select by a label that tells them apart, or let the API server select, where the operator knows"
                                + " selectorMechanism.",
                        "spec:\n  selectorMechanism: RoleSelector\n"))
                .say("Its selector takes in " + beyond.size() + (beyond.size() == 1 ? " Service" : " Services")
                        + " that it doesn't name: in Prometheus a dot in a value stands for any character, and keys lose"
                        + " their dots, dashes and slashes"));
    }

    /** What relabeling matches and the API server wouldn't. */
    private static List<String> beyond(Monitor monitor, Indexed<Service> services, Set<Optional<Set<String>>> places) {
        OperatorSelector selector = OperatorSelector.of(monitor);
        if (!loose(selector.selector())) {
            return List.of();
        }
        return places.stream()
                .flatMap(place -> services.select(place, new LabelSelector(Map.of(), List.of())))
                .filter(service -> !selector.selector().matches(service.meta().labels())
                        && selector.matches(service.meta().labels()))
                .map(service -> service.meta().key())
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether relabeling could match more than the API server would; a look at every Service is saved where not. */
    private static boolean loose(LabelSelector selector) {
        return !selector.matchExpressions().isEmpty()
                || selector.matchLabels().entrySet().stream()
                        .anyMatch(label -> label.getKey().matches(".*[^a-zA-Z0-9_].*")
                                || label.getValue().contains("."));
    }
}
