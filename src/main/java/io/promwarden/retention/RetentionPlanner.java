package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import io.promwarden.label.SeriesSelector;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the plan for one Prometheus process from what it was observed to be and what the policies say. Changes nothing.
 *
 * <p>A deletion is planned once samples are older than a policy keeps by more than one block's length, and then takes
 * everything that is older: so a run soon after another has nothing to do.
 */
public final class RetentionPlanner {

    private final RetentionSettings settings;

    public RetentionPlanner(RetentionSettings settings) {
        this.settings = settings;
    }

    /** The plan, or with its refusals as much of one as could be made. */
    public RetentionPlan plan(Replica replica, PodObservations seen) {
        Preflight preflight = Preflight.of(seen, replica.origin());
        PolicyBook policies = new PolicyBook(settings, replica.id());
        Draft draft = new Draft();
        draft.refusals.addAll(preflight.refusals());
        draft.refusals.addAll(policies.refusals());
        if (settings.apply() && !settings.applyTo().contains(replica.id().owner())) {
            draft.refusals.add(new Refusal(
                    "not-in-apply-to",
                    replica.id().owner() + " is not among those that this job may change",
                    "Add " + replica.id().owner() + " to applyTo in the job's retention step."));
        }
        if (preflight.identified()
                && preflight.bounds().isPresent()
                && preflight.major().isPresent()) {
            DeletionBounds bounds = preflight.bounds().get();
            StoredSamples stored =
                    new StoredSamples(replica.server(), preflight.major().get());
            for (PolicyBook.Entry entry : policies.entries()) {
                plan(entry, policies, bounds, stored, draft);
            }
        }
        if (draft.series() > settings.limits().maxSeries()) {
            draft.refusals.add(new Refusal(
                    "above-series-cap",
                    "the plan touches " + draft.series() + " series, and the job allows "
                            + settings.limits().maxSeries(),
                    "Make the selectors narrower, or raise maxSeries once you have read the plan."));
        }
        return new RetentionPlan(
                replica.id(),
                seen.now(),
                draft.deletions,
                draft.refusals.stream().distinct().toList());
    }

    private void plan(
            PolicyBook.Entry entry, PolicyBook policies, DeletionBounds bounds, StoredSamples stored, Draft draft) {
        SeriesSelector selector = entry.selector().selector();
        RetentionPolicy policy = entry.policy();
        Optional<DeletionBounds.Range> range = bounds.olderThan(policy.keep());
        if (range.isEmpty()) {
            return;
        }
        Answer<List<Labels>> answer =
                stored.series(selector, range.get().start(), range.get().end());
        List<Labels> series = draft.known(answer, policy);
        Optional<RetentionPolicy> longer = policies.keepingLonger(entry, series);
        if (longer.isPresent()) {
            policy = policy.keepingAsLongAs(longer.get());
            range = bounds.olderThan(policy.keep());
            if (range.isEmpty()) {
                return;
            }
            series = draft.known(
                    stored.series(selector, range.get().start(), range.get().end()), policy);
        }
        if (series.isEmpty()) {
            return;
        }
        Instant start = range.get().start();
        Instant end = range.get().end();
        PlannedDeletion deletion = new PlannedDeletion(
                policy, selector.text(), start, end, series.size(), policies.against(entry, series));
        // Counting is spared where the plan is refused for its size anyhow.
        if (series.size() > settings.limits().maxSeries()
                || due(selector, series, start, end.minus(bounds.block()), stored, draft)) {
            draft.deletions.add(deletion);
        }
    }

    private static boolean due(
            SeriesSelector selector,
            List<Labels> series,
            Instant start,
            Instant end,
            StoredSamples stored,
            Draft draft) {
        if (!start.isBefore(end)) {
            return false;
        }
        return switch (stored.samples(selector, series, start, end)) {
            case Answer.Known<Long> known -> known.known() > 0;
            case Answer.Unknown<Long> unknown -> {
                draft.refusals.add(new Refusal(
                        "samples-unknown",
                        "the samples of " + selector.text() + " could not be counted: " + unknown.why(),
                        "Try the selector in a query; what cannot be counted is not deleted."));
                yield false;
            }
        };
    }

    /** A plan in the making. */
    private static final class Draft {
        private final List<Refusal> refusals = new ArrayList<>();
        private final List<PlannedDeletion> deletions = new ArrayList<>();

        private long series() {
            return deletions.stream().mapToLong(PlannedDeletion::series).sum();
        }

        private List<Labels> known(Answer<List<Labels>> answer, RetentionPolicy policy) {
            answer.reason()
                    .ifPresent(why -> refusals.add(new Refusal(
                            "series-unknown",
                            "the series of " + policy.match() + " could not be listed: " + why,
                            "Try the selector in a query; what cannot be counted is not deleted.")));
            return answer.value().orElse(List.of());
        }
    }
}
