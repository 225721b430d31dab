package io.promwarden.retention;

import com.google.re2j.Pattern;
import io.promwarden.label.Labels;
import io.promwarden.label.Matcher;
import io.promwarden.label.PromQuote;
import io.promwarden.label.SeriesSelector;
import io.promwarden.observation.ServerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The policies that are for one server, and what is protected, read and judged. */
final class PolicyBook {

    private static final int MOST_LISTED = 20;

    private final List<Entry> entries = new ArrayList<>();
    private final List<CompiledSelector> protectedSelectors = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    /** A policy and its selector. */
    record Entry(RetentionPolicy policy, CompiledSelector selector) {}

    PolicyBook(RetentionSettings settings, ServerId server) {
        settings.policies().stream().filter(policy -> policy.appliesTo(server)).forEach(this::read);
        settings.protect().forEach(selector -> {
            switch (SelectorRule.read(selector)) {
                case SelectorRule.Allowed allowed -> protectedSelectors.add(allowed.selector());
                case SelectorRule.Refused refused -> refusals.add(refused.refusal());
            }
        });
    }

    private void read(RetentionPolicy policy) {
        if (!policy.keep().isPositive()) {
            refusals.add(new Refusal(
                    "keep-not-positive", policy.match() + " keeps nothing at all", "Say for how long samples stay."));
            return;
        }
        switch (SelectorRule.judge(policy.match())) {
            case SelectorRule.Allowed allowed -> entries.add(new Entry(policy, allowed.selector()));
            case SelectorRule.Refused refused -> refusals.add(refused.refusal());
        }
    }

    List<Entry> entries() {
        return entries;
    }

    /** What is wrong with the policies themselves; whoever finds anything deletes nothing. */
    List<Refusal> refusals() {
        return refusals;
    }

    /** The policy that keeps some of these series longest, if that is longer than the entry's own policy does. */
    Optional<RetentionPolicy> keepingLonger(Entry entry, List<Labels> series) {
        return entries.stream()
                .filter(other -> other.policy().keep().compareTo(entry.policy().keep()) > 0)
                .sorted(Comparator.comparing((Entry other) -> other.policy().keep())
                        .reversed())
                .filter(other -> series.stream().anyMatch(other.selector()::matches))
                .findFirst()
                .map(Entry::policy);
    }

    static Refusal notInApplyTo(ServerId server) {
        return new Refusal(
                "not-in-apply-to",
                server.owner() + " is not among those that this job may change",
                "Add " + server.owner() + " to applyTo in the job's retention step.");
    }

    /** Recorded series are protected while rules read them; without the rules nobody can say which those are. */
    static Refusal rulesUnknown(String why) {
        return new Refusal(
                "rules-unknown",
                "which series other rules still read is not known: " + why,
                "Make its /api/v1/rules answer for this job; what is not known is refused.");
    }

    /**
     * What stands against deleting samples of these very series.
     *
     * @param metrics those that the series have
     */
    List<Refusal> against(Entry entry, List<Labels> series, Set<String> metrics, LoadedRules rules) {
        List<Refusal> found = new ArrayList<>();
        String match = entry.policy().match();
        // Who names a metric exactly has seen what it is.
        Set<String> met = new TreeSet<>(metrics);
        entry.selector().selector().metric().ifPresent(met::remove);
        Set<String> reserved =
                met.stream().filter(SelectorRule::reserved).collect(Collectors.toCollection(TreeSet::new));
        if (!reserved.isEmpty()) {
            found.add(new Refusal(
                    "reserved-name",
                    match + " also selects " + listed(reserved) + ", which Prometheus writes itself",
                    leaveOut(reserved)));
        }
        Set<String> recorded = rules.recordedAndRead(met);
        if (!recorded.isEmpty()) {
            found.add(new Refusal(
                    "recording-rule-in-use",
                    match + " also selects " + listed(recorded) + ", which recording rules write and other rules read",
                    leaveOut(recorded)));
        }
        for (CompiledSelector kept : protectedSelectors) {
            Set<String> touched = series.stream()
                    .filter(kept::matches)
                    .map(labels -> labels.value(Matcher.METRIC_NAME))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!touched.isEmpty()) {
                found.add(new Refusal(
                        "protected-series",
                        match + " also selects series of " + listed(touched) + " that "
                                + kept.selector().text() + " protects",
                        "Add " + opposite(kept.selector(), touched)
                                + " to the policy's selector, or take the selector out of protect."));
            }
        }
        return found;
    }

    private static String leaveOut(Set<String> metrics) {
        return "Add " + without(metrics)
                + " to the policy's selector, or name the metric exactly in a policy of its own.";
    }

    private static String without(Set<String> metrics) {
        return Matcher.METRIC_NAME + "!~"
                + PromQuote.quote(metrics.stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }

    /** The matcher that leaves out what a selector protects; by metric where it has several matchers. */
    private static String opposite(SeriesSelector kept, Set<String> touched) {
        if (kept.matchers().size() != 1) {
            return without(touched);
        }
        Matcher only = kept.matchers().getFirst();
        Matcher.Op op = switch (only.op()) {
            case EQUAL -> Matcher.Op.NOT_EQUAL;
            case NOT_EQUAL -> Matcher.Op.EQUAL;
            case REGEX -> Matcher.Op.NOT_REGEX;
            case NOT_REGEX -> Matcher.Op.REGEX;
        };
        return new Matcher(only.name(), op, only.value()).text();
    }

    private static String listed(Set<String> metrics) {
        String first = metrics.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
        return metrics.size() <= MOST_LISTED ? first : first + " and " + (metrics.size() - MOST_LISTED) + " more";
    }
}
