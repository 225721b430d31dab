package io.promwarden.catalog.monitor;

import io.promwarden.catalog.Explanations;
import io.promwarden.catalog.LongDown;
import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Question;
import io.promwarden.check.Subjects;
import io.promwarden.explain.Chain;
import io.promwarden.explain.Code;
import io.promwarden.explain.Link;
import io.promwarden.explain.LinkName;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.Monitor;
import io.promwarden.observation.TargetsSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A monitor's endpoint that nothing is scraped by: the first broken link of its chain, and what mends it. */
public final class NotScraped implements Check<Monitor> {

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
        return Explanations.NEEDS;
    }

    @Override
    public Set<Need> wants() {
        return Explanations.WANTS;
    }

    @Override
    public List<Question> asks(Monitor monitor, Evidence evidence) {
        Explanations explanations = Explanations.of(evidence);
        List<Question> questions = new ArrayList<>(explanations.questions(monitor));
        questions.addAll(LongDown.questions(explanations.targets(monitor)));
        return questions;
    }

    @Override
    public Inspection inspect(Monitor monitor, Evidence evidence) {
        Explanations explanations = Explanations.of(evidence);
        if (evidence.declared().prometheuses().value().orElse(List.of()).isEmpty()) {
            return explanations.known(monitor)
                    ? Inspection.clean()
                    : Inspection.notRun(
                            "no Prometheus object is declared, so who should pick monitors up is not known");
        }
        List<Chain> chains = explanations.chains(monitor);
        List<Chain> broken = chains.stream()
                .filter(chain -> chain.broken().isPresent())
                .filter(chain -> !reportedElsewhere(chain, explanations, evidence))
                .toList();
        if (broken.size() == chains.size() && ofTheObject(broken)) {
            return Inspection.found(finding(broken.getFirst(), "", evidence));
        }
        List<ScrapePart> parts = ScrapePart.of(monitor);
        List<Finding> findings = new ArrayList<>();
        for (Chain chain : broken) {
            int index = chain.endpoint().orElse(0);
            findings.add(finding(chain, index < parts.size() ? parts.get(index).name() : "", evidence));
        }
        return Inspection.found(findings);
    }

    /** All endpoints end at one link that is the object's own: that is one fault. */
    private static boolean ofTheObject(List<Chain> broken) {
        return broken.stream().map(Chain::code).distinct().count() == 1
                && broken.getFirst().code().orElseThrow().link().compareTo(LinkName.MATCHED) <= 0;
    }

    /** What another check has a finding for, what is idle on purpose, and what is scraped all the same. */
    private static boolean reportedElsewhere(Chain chain, Explanations explanations, Evidence evidence) {
        List<TargetsSeen.Seen> targets = explanations.targets(chain);
        boolean up = targets.stream().anyMatch(TargetsSeen.Seen::up);
        return switch (chain.code().orElseThrow()) {
            case REJECTED_BY_OPERATOR -> true; // monitor/rejected
            case PROMETHEUS_PAUSED, CONFIG_NOT_LOADED -> up; // it goes on with the configuration that it has
            case NO_MATCHING_POD, NO_ENDPOINTS, PODS_NOT_RUNNING ->
                up || Idle.of(evidence).onPurpose(chain);
            case CONNECTION_REFUSED,
                    TIMEOUT,
                    NAME_RESOLUTION,
                    TLS_FAILURE,
                    UNAUTHORIZED,
                    PATH_NOT_FOUND,
                    HTTP_ERROR,
                    NOT_AN_EXPOSITION,
                    SAMPLE_LIMIT,
                    BODY_SIZE_LIMIT,
                    LABEL_LIMIT ->
                targets.stream().noneMatch(seen -> LongDown.of(evidence).holds(seen, evidence));
            case NOTHING_DECLARED,
                    NOT_SELECTED,
                    NAMESPACE_NOT_SELECTED,
                    RBAC_MISSING,
                    NO_MATCHING_SERVICE,
                    SERVICE_IN_OTHER_NAMESPACE,
                    POD_IN_OTHER_NAMESPACE,
                    PORT_UNKNOWN,
                    TARGET_PORT_UNDECLARED,
                    STALE -> false;
            case DROPPED_BY_RELABELING, ALL_SAMPLES_DROPPED -> provenByItsText(chain, evidence);
        };
    }

    /** {@code monitor/drops-everything} tells of rules that leave nothing whatever the targets are. */
    private static boolean provenByItsText(Chain chain, Evidence evidence) {
        List<ScrapePart> parts = ScrapePart.of(chain.monitor());
        int index = chain.endpoint().orElse(0);
        return index < parts.size()
                && new DropsEverything().inspect(chain.monitor(), evidence) instanceof Inspection.Inspected inspected
                && inspected.findings().stream()
                        .anyMatch(finding ->
                                finding.aspect().startsWith(parts.get(index).name()));
    }

    private Finding finding(Chain chain, String aspect, Evidence evidence) {
        Link link = chain.broken().orElseThrow();
        Code code = link.code().orElseThrow();
        FindingDraft draft = on(chain.monitor(), evidence)
                .aspect(aspect)
                .severity(severity(chain, code, evidence))
                .fact("code", code.word())
                .fact("link", link.name().word());
        if (!aspect.isEmpty()) {
            draft.fact("endpoint", aspect);
        }
        chain.prometheus().ifPresent(name -> draft.fact("Prometheus", name));
        link.evidence().stream().limit(8).forEach(line -> draft.fact("evidence", line));
        chain.elsewhere().forEach(line -> draft.fact("elsewhere", line));
        draft.fix(Fix.of(Advice.of(code)));
        chain.fix().ifPresent(fix -> {
            draft.fact("change", fix.target().title());
            fix.diff().lines().limit(6).forEach(line -> draft.fact("diff", line));
            draft.fix(PatchCommand.of(fix));
        });
        String sentence = code.sentence();
        String why = link.evidence().isEmpty() ? "" : ": " + link.evidence().getFirst();
        return draft.say(sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1) + why);
    }

    /** An error where somebody clearly meant to be scraped; a warning where nothing may be there on purpose. */
    private Severity severity(Chain chain, Code code, Evidence evidence) {
        return switch (code) {
            case NOTHING_DECLARED, PROMETHEUS_PAUSED, NO_MATCHING_POD, PODS_NOT_RUNNING -> Severity.WARNING;
            case NO_MATCHING_SERVICE, NO_ENDPOINTS ->
                chain.fix().isEmpty() && Idle.of(evidence).empty(chain) ? Severity.WARNING : severity();
            default -> severity();
        };
    }
}
