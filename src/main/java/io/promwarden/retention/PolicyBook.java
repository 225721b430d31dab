package io.promwarden.retention;

import io.promwarden.label.Labels;
import io.promwarden.label.Matcher;
import io.promwarden.observation.ServerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The policies that are for one server, and what is protected, read and judged. */
final class PolicyBook {

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

    /** What stands against deleting samples of these very series. */
    List<Refusal> against(Entry entry, List<Labels> series) {
        List<Refusal> found = new ArrayList<>();
        Optional<String> named = entry.selector().selector().metric();
        series.stream()
                .map(labels -> labels.value(Matcher.METRIC_NAME))
                .filter(SelectorRule::reserved)
                .filter(metric -> !named.equals(Optional.of(metric)))
                .findFirst()
                .ifPresent(
                        metric -> found.add(
                                new Refusal(
                                        "reserved-name",
                                        entry.policy().match() + " also selects " + metric
                                                + ", which Prometheus writes itself",
                                        "Exclude it with __name__!~\"ALERTS.*|up|scrape_.*\", or name it exactly in a policy of its own.")));
        for (CompiledSelector kept : protectedSelectors) {
            series.stream()
                    .filter(kept::matches)
                    .findFirst()
                    .ifPresent(labels -> found.add(new Refusal(
                            "protected-series",
                            entry.policy().match() + " also selects " + labels.text() + ", which "
                                    + kept.selector().text() + " protects",
                            "Make the policy's selector narrower, or take the selector out of protect.")));
        }
        return found;
    }
}
