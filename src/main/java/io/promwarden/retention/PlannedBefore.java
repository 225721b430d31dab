package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import io.promwarden.label.SeriesSelector;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A plan that was made earlier, as it was made, with a refusal wherever the job, the server or its series no longer fit it.
 * Nothing is counted again, and nothing is added to what was planned.
 */
final class PlannedBefore implements Planning {

    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final String ANEW = "Make the plan anew, and read it.";

    private final Collection<RetentionPlan> plans;
    private final RetentionSettings settings;
    private final Clock clock;

    PlannedBefore(Collection<RetentionPlan> plans, RetentionSettings settings, Clock clock) {
        this.plans = plans;
        this.settings = settings;
        this.clock = clock;
    }

    /** Why a plan of that age is not carried out; empty when it may be. */
    static Optional<Refusal> age(Instant madeAt, Duration freshFor, Instant now) {
        if (madeAt.isAfter(now.plus(SKEW))) {
            return Optional.of(new Refusal(
                    "plan-from-future",
                    "it was made at " + madeAt + ", which is still to come",
                    "Set the clocks right."));
        }
        return now.isAfter(madeAt.plus(freshFor))
                ? Optional.of(new Refusal(
                        "plan-stale",
                        "it was made at " + madeAt + " and was fresh until " + madeAt.plus(freshFor),
                        ANEW))
                : Optional.empty();
    }

    @Override
    public RetentionPlan plan(Replica replica, PodObservations seen, QueryBudget budget) {
        Optional<RetentionPlan> found = plans.stream()
                .filter(plan -> plan.server().equals(replica.id()))
                .findFirst();
        if (found.isEmpty()) {
            return new RetentionPlan(
                    replica.id(),
                    seen.now(),
                    List.of(),
                    List.of(new Refusal(
                            "server-not-planned",
                            replica.id().instance() + " was not there when the plan was made",
                            ANEW)));
        }
        RetentionPlan planned = found.get();
        List<Refusal> refusals = new ArrayList<>(planned.refusals());
        if (!planned.isOf(replica)) {
            refusals.add(another(planned, replica));
        }
        age(planned.madeAt(), settings.limits().freshFor(), clock.instant()).ifPresent(refusals::add);
        if (!settings.applyTo().contains(replica.id().owner())) {
            refusals.add(PolicyBook.notInApplyTo(replica.id()));
        }
        Preflight preflight = Preflight.of(seen, replica.origin());
        PolicyBook policies = new PolicyBook(settings, replica.id());
        refusals.addAll(preflight.refusals());
        refusals.addAll(policies.refusals());
        PlanDraft draft = new PlanDraft();
        if (preflight.bounds().isPresent() && preflight.major().isPresent()) {
            LoadedRules rules = LoadedRules.of(replica.server());
            rules.unknown().ifPresent(why -> draft.refuse(PolicyBook.rulesUnknown(why)));
            StoredSamples stored =
                    new StoredSamples(replica.server(), preflight.major().get());
            PlanDraft counted = new PlanDraft();
            for (PlannedDeletion deletion : planned.deletions()) {
                Held held = held(deletion, policies, preflight.bounds().get(), rules, stored);
                draft.add(held.deletion());
                counted.add(deletion.ofSeries(Math.max(deletion.series(), held.listed())));
            }
            new PlanCaps(settings.limits(), stored, replica.server().blocks(), seen.ownMetrics()).apply(counted);
            draft.refuse(counted.plan(replica, planned.madeAt()).refusals());
        } else {
            planned.deletions().forEach(draft::add);
        }
        refusals.addAll(draft.plan(replica, planned.madeAt()).refusals());
        return new RetentionPlan(
                planned.server(),
                planned.identity(),
                planned.madeAt(),
                draft.deletions(),
                planned.totals(),
                refusals.stream().distinct().toList());
    }

    private static Refusal another(RetentionPlan planned, Replica replica) {
        String then = planned.identity().orElse("nobody knows which");
        String now = replica.identity().orElse("not known");
        return new Refusal(
                "another-server",
                "the plan was made for another server of this name (" + then + "), and this one is " + now,
                "Give the --context and --kubeconfig that the plan was made with, or make the plan anew.");
    }

    /**
     * A deletion as it was planned, with what stands against it.
     *
     * @param listed how many series it would take now, whatever the plan says
     */
    private record Held(PlannedDeletion deletion, long listed) {}

    /** One deletion held against the job and the server as they are now. */
    private Held held(
            PlannedDeletion planned,
            PolicyBook policies,
            DeletionBounds bounds,
            LoadedRules rules,
            StoredSamples stored) {
        if (!planned.refusals().isEmpty()) {
            return new Held(planned, 0);
        }
        Optional<PolicyBook.Entry> entry = policies.entries().stream()
                .filter(one -> one.selector().selector().text().equals(planned.selector()))
                .filter(one -> one.policy().match().equals(planned.policy().match()))
                .findFirst();
        if (entry.isEmpty()
                || entry.get().policy().keep().compareTo(planned.policy().keep()) > 0) {
            return new Held(
                    planned.refusedBy(
                            new Refusal("policy-changed", "the job no longer has this policy as it was planned", ANEW)),
                    0);
        }
        boolean old = bounds.olderThan(planned.policy().keep())
                .map(range -> !planned.end().isAfter(range.end()))
                .orElse(false);
        if (!old) {
            // Also where nothing is left that old: then there is nothing to delete either.
            boolean nothing = bounds.oldest().map(planned.end()::isBefore).orElse(true);
            if (!nothing) {
                return new Held(
                        planned.refusedBy(new Refusal(
                                "end-too-late",
                                "its end " + planned.end() + " is later than what may be deleted by now",
                                ANEW)),
                        0);
            }
        }
        SeriesSelector selector = entry.get().selector().selector();
        return switch (stored.series(selector, planned.start(), planned.end())) {
            case Answer.Unknown<List<Labels>> unknown ->
                new Held(
                        planned.refusedBy(new Refusal(
                                "series-unknown",
                                "its series could not be listed: " + unknown.why(),
                                "Try the selector in a query; what cannot be counted is not deleted.")),
                        0);
            case Answer.Known<List<Labels>> known ->
                new Held(
                        fits(planned, entry.get(), known.known(), policies, rules),
                        known.known().size());
        };
    }

    private static PlannedDeletion fits(
            PlannedDeletion planned,
            PolicyBook.Entry entry,
            List<Labels> series,
            PolicyBook policies,
            LoadedRules rules) {
        SortedMap<String, Long> now = RetentionPlanner.metrics(series);
        SortedMap<String, Long> then = planned.outlook().metrics();
        Optional<Map.Entry<String, Long>> more = now.entrySet().stream()
                .filter(metric -> metric.getValue() > then.getOrDefault(metric.getKey(), 0L))
                .findFirst();
        if (more.isPresent()) {
            return planned.refusedBy(new Refusal(
                    "series-not-planned",
                    planned.selector() + " matches " + more.get().getValue() + " series of "
                            + more.get().getKey() + " by now, and "
                            + then.getOrDefault(more.get().getKey(), 0L) + " were planned",
                    ANEW));
        }
        Optional<RetentionPolicy> longer = policies.keepingLonger(entry, series)
                .filter(policy -> policy.keep().compareTo(planned.policy().keep()) > 0);
        if (longer.isPresent()) {
            return planned.refusedBy(new Refusal(
                    "policy-changed",
                    longer.get().match() + " keeps some of its series for longer than was planned",
                    ANEW));
        }
        PlannedDeletion judged = planned;
        for (Refusal refusal : policies.against(entry, series, now.keySet(), rules)) {
            judged = judged.refusedBy(refusal);
        }
        return judged;
    }
}
