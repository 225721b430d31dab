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
import io.promwarden.label.Labels;
import io.promwarden.relabel.Action;
import io.promwarden.relabel.NameScheme;
import io.promwarden.relabel.RelabelRule;
import io.promwarden.relabel.Relabeled;
import io.promwarden.relabel.Relabeling;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Relabeling that provably leaves no target, or no sample. */
public final class DropsEverything implements Check<Monitor> {

    private static final Set<String> ANYTHING =
            Set.of(".*", "(.*)", "(?:.*)", ".*?", "(.*?)", "(?s).*", "(?s:.*)", "^.*$");
    /** What targets have and samples don't. */
    private static final List<String> OF_TARGETS =
            List.of("__meta_", "__address__", "__scheme__", "__metrics_path__", "__param_", "__scrape_", "__tmp_");

    private static final Set<Action> WRITING =
            EnumSet.of(Action.REPLACE, Action.HASHMOD, Action.LABELMAP, Action.LOWERCASE, Action.UPPERCASE);

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
                judge(part, list, evidence).ifPresent(findings::add);
            }
        }
        return Inspection.found(findings);
    }

    /** The first rule that leaves nothing, if there is one. */
    private Optional<Finding> judge(ScrapePart part, RuleList list, Evidence evidence) {
        boolean untouched = true;
        for (int i = 0; i < list.rules().size(); i++) {
            Optional<RelabelRule> rule = list.rules().get(i).value();
            if (rule.isEmpty()) {
                return Optional.empty();
            }
            Optional<String> why = why(rule.get(), list.ofMetrics(), untouched);
            if (why.isPresent()) {
                FindingDraft draft = on(part.monitor(), evidence)
                        .aspect((part.name() + " " + list.name()).strip())
                        .fact("field", list.field(i))
                        .fact("action", rule.get().action().word())
                        .fact("source labels", String.join(", ", rule.get().sourceLabels()))
                        .fact("regex", rule.get().regex().text());
                return Optional.of(draft.fix(Fix.of("Correct the rule, or remove it; to switch a scrape off, remove the"
                                + " endpoint instead."))
                        .say("A rule leaves no " + (list.ofMetrics() ? "sample" : "target") + ": " + why.get()));
            }
            untouched = untouched && !WRITING.contains(rule.get().action());
        }
        return Optional.empty();
    }

    /**
     * Why nothing can be left.
     *
     * @param untouched true while no rule before it has written a label
     */
    private static Optional<String> why(RelabelRule rule, boolean ofMetrics, boolean untouched) {
        String vital = ofMetrics ? "__name__" : "__address__";
        return switch (rule.action()) {
            case DROP ->
                ANYTHING.contains(rule.regex().text())
                        ? Optional.of(
                                "it drops whatever matches " + rule.regex().text() + ", which is everything")
                        : absent(rule, ofMetrics, untouched).filter(why -> dropsEmpty(rule));
            case KEEP -> absent(rule, ofMetrics, untouched).filter(why -> dropsEmpty(rule));
            case DROPEQUAL ->
                rule.sourceLabels().equals(List.of(rule.targetLabel()))
                        ? Optional.of("it compares the label " + rule.targetLabel() + " with itself")
                        : Optional.empty();
            case LABELDROP -> removes(rule, vital) ? Optional.of("it removes the label " + vital) : Optional.empty();
            case LABELKEEP ->
                removes(rule, vital) ? Optional.of("it doesn't keep the label " + vital) : Optional.empty();
            case REPLACE, KEEPEQUAL, HASHMOD, LABELMAP, LOWERCASE, UPPERCASE -> Optional.empty();
        };
    }

    /** Why the value that the rule looks at is always empty, if it is. */
    private static Optional<String> absent(RelabelRule rule, boolean ofMetrics, boolean untouched) {
        if (rule.sourceLabels().isEmpty()) {
            return Optional.of("it names no source label, so its expression is held against an empty value");
        }
        boolean gone = ofMetrics
                && untouched
                && rule.sourceLabels().stream()
                        .allMatch(name -> OF_TARGETS.stream().anyMatch(name::startsWith));
        return gone
                ? Optional.of("samples don't have the label "
                        + rule.sourceLabels().get(0) + " any more: such labels are gone when a target is made")
                : Optional.empty();
    }

    /** Both versions of Prometheus have to agree. */
    private static boolean dropsEmpty(RelabelRule rule) {
        for (NameScheme names : NameScheme.values()) {
            if (!(new Relabeling(List.of(rule), names).apply(Labels.EMPTY) instanceof Relabeled.Dropped)) {
                return false;
            }
        }
        return true;
    }

    private static boolean removes(RelabelRule rule, String label) {
        boolean matches = rule.regex().matches(label, NameScheme.LEGACY);
        return matches == (rule.action() == Action.LABELDROP);
    }
}
