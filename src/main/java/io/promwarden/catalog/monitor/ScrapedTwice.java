package io.promwarden.catalog.monitor;

import io.promwarden.catalog.Explanations;
import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Question;
import io.promwarden.check.Subjects;
import io.promwarden.explain.Chain;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.Monitor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** An endpoint whose targets another scrape pool of the same server has as well. */
public final class ScrapedTwice implements Check<Monitor> {

    private static final Set<String> BY_OPERATOR = Set.of("serviceMonitor", "podMonitor", "probe", "scrapeConfig");

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
        Set<Need> needs = EnumSet.of(Need.TARGETS);
        needs.addAll(Explanations.NEEDS);
        return needs;
    }

    @Override
    public Set<Need> wants() {
        return Explanations.WANTS;
    }

    /** Whether a chain holds to its end is known once its samples are. */
    @Override
    public List<Question> asks(Monitor monitor, Evidence evidence) {
        return Explanations.of(evidence).questions(monitor);
    }

    @Override
    public Inspection inspect(Monitor monitor, Evidence evidence) {
        Explanations explanations = Explanations.of(evidence);
        List<ScrapePart> parts = ScrapePart.of(monitor);
        List<Finding> findings = new ArrayList<>();
        for (Chain chain : explanations.chains(monitor)) {
            int index = chain.endpoint().orElse(0);
            if (chain.warnings().isEmpty() || index >= parts.size() || setsParameters(parts.get(index))) {
                continue;
            }
            List<Explanations.Shared> shared = explanations.shared(chain).stream()
                    .filter(one -> tellsOf(explanations.pool(chain), one.pool()))
                    .toList();
            if (!shared.isEmpty()) {
                findings.add(finding(chain, parts.get(index), shared, evidence));
            }
        }
        return Inspection.found(findings);
    }

    /** Of two monitors one is told, the later by name. */
    private static boolean tellsOf(String own, String other) {
        int slash = other.indexOf('/');
        return slash < 0 || !BY_OPERATOR.contains(other.substring(0, slash)) || other.compareTo(own) < 0;
    }

    /** What asks one address for different things scrapes nothing twice. */
    private static boolean setsParameters(ScrapePart part) {
        return part.raw().has("params")
                || part.raw().objects("relabelings").stream()
                        .anyMatch(rule -> rule.text("targetLabel").orElse("").startsWith("__param_"));
    }

    private Finding finding(Chain chain, ScrapePart part, List<Explanations.Shared> shared, Evidence evidence) {
        FindingDraft draft = on(chain.monitor(), evidence).aspect(part.name()).fact("field", part.path());
        chain.prometheus().ifPresent(name -> draft.fact("Prometheus", name));
        shared.stream().limit(10).forEach(one -> draft.fact("also in", one.pool() + ", such as " + one.url()));
        String pools = shared.size() == 1
                ? "Scrape pool " + shared.getFirst().pool() + " has"
                : shared.size() + " other scrape pools have";
        return draft.fix(Fix.of("Keep one of them: narrow the other's selector, or remove it."))
                .say(pools + " the same targets in the same Prometheus, so every sample is stored more than once");
    }
}
