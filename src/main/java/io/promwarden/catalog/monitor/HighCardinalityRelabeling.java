package io.promwarden.catalog.monitor;

import io.promwarden.answer.Answer;
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
import io.promwarden.label.Labels;
import io.promwarden.relabel.Action;
import io.promwarden.relabel.NameScheme;
import io.promwarden.relabel.RelabelRule;
import io.promwarden.relabel.Relabeled;
import io.promwarden.relabel.Relabeling;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A relabeling rule that writes something into a label that is new for every pod, container or request. */
public final class HighCardinalityRelabeling implements Check<Monitor> {

    /** What Kubernetes makes up anew for each pod or container, with a value to recognise it by. */
    private static final Map<String, String> OF_TARGETS = Map.of(
            "__meta_kubernetes_pod_uid", "5d1f8f0e-27a4-4a39-9d2b-6f0c8a1b7e43",
            "__meta_kubernetes_pod_container_id", "containerd://b3f1c2d4e5a69788b3f1c2d4e5a69788b3f1c2d4e5a69788");

    /** Labels of samples whose values nobody can count. */
    private static final List<String> OF_SAMPLES = List.of(
            "uri",
            "url",
            "path",
            "request_path",
            "http_path",
            "query",
            "user",
            "user_id",
            "username",
            "email",
            "session",
            "session_id",
            "request_id",
            "trace_id",
            "client_ip",
            "remote_addr",
            "ip",
            "id",
            "uid",
            "pod_uid",
            "container_id");

    /** Whether a target is dropped is not asked here, but what it would look like. */
    private static final Set<Action> DROPPING =
            EnumSet.of(Action.KEEP, Action.DROP, Action.KEEPEQUAL, Action.DROPEQUAL);

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
        return Set.of();
    }

    @Override
    public boolean readsSubjectOnly() {
        return true;
    }

    @Override
    public Inspection inspect(Monitor monitor, Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        for (ScrapePart part : ScrapePart.of(monitor)) {
            for (RuleList list : RuleList.of(part)) {
                if (list.ofMetrics()) {
                    samples(part, list, evidence, findings);
                } else {
                    targets(part, list, evidence, findings);
                }
            }
        }
        return Inspection.found(findings);
    }

    private void targets(ScrapePart part, RuleList list, Evidence evidence, List<Finding> findings) {
        List<RelabelRule> rules = rules(list);
        Map<String, String> made = new HashMap<>(OF_TARGETS);
        made.put("__address__", "10.1.0.5:8080");
        if (!(new Relabeling(rules, NameScheme.UTF8).apply(Labels.of(made)) instanceof Relabeled.Kept kept)) {
            return;
        }
        kept.labels()
                .byName()
                .forEach((name, value) -> OF_TARGETS.forEach((source, mark) -> {
                    if (!name.startsWith("__") && value.contains(mark)) {
                        findings.add(on(part.monitor(), evidence)
                                .aspect((part.name() + " " + name).strip())
                                .fact("field", list.path())
                                .fact("label", name)
                                .fact("comes from", source)
                                .fix(
                                        Fix.of(
                                                "Remove the rule: the pod's name is a label already, and tells its pods apart."))
                                .say("The label " + name + " has another value for every "
                                        + (source.endsWith("uid") ? "pod" : "start of a container")
                                        + ", so all series of the target begin anew each time"));
                    }
                }));
    }

    private void samples(ScrapePart part, RuleList list, Evidence evidence, List<Finding> findings) {
        for (int i = 0; i < list.rules().size(); i++) {
            Optional<RelabelRule> rule = list.rules().get(i).value();
            if (rule.isPresent() && copies(rule.get())) {
                String source = rule.get().sourceLabels().get(0);
                FindingDraft draft = on(part.monitor(), evidence)
                        .aspect((part.name() + " " + rule.get().targetLabel()).strip())
                        .severity(Severity.INFO)
                        .fact("field", list.field(i))
                        .fact("label", rule.get().targetLabel())
                        .fact("comes from", source);
                findings.add(draft.fix(Fix.of("Remove the rule; and ask whether the metric needs the label " + source
                                + " at all: labeldrop takes it away where the rest tells the series apart."))
                        .say("It copies the label " + source + ", whose values are likely without bound, into "
                                + rule.get().targetLabel()));
            }
        }
    }

    /** A value that goes over as it is; whoever takes a part of it has thought about it. */
    private static boolean copies(RelabelRule rule) {
        return rule.action() == Action.REPLACE
                && rule.sourceLabels().size() == 1
                && OF_SAMPLES.contains(rule.sourceLabels().get(0))
                && !rule.targetLabel().startsWith("__")
                && !rule.targetLabel().equals(rule.sourceLabels().get(0))
                && Set.of("(.*)", "(.+)").contains(rule.regex().text())
                && Set.of("$1", "${1}").contains(rule.replacement());
    }

    private static List<RelabelRule> rules(RuleList list) {
        return list.rules().stream()
                .map(Answer::value)
                .flatMap(Optional::stream)
                .filter(rule -> !DROPPING.contains(rule.action()))
                .toList();
    }
}
