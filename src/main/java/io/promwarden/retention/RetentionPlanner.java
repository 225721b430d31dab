package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import io.promwarden.label.Matcher;
import io.promwarden.label.SeriesSelector;
import io.promwarden.observation.Block;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes the plan for one Prometheus process from what it was observed to be and what the policies say. Changes nothing.
 *
 * <p>A deletion is planned once samples are older than a policy keeps by more than one block's length, and then takes
 * everything that is older: so a run soon after another has nothing to do.
 */
public final class RetentionPlanner implements Planning {

    private final RetentionSettings settings;

    public RetentionPlanner(RetentionSettings settings) {
        this.settings = settings;
    }

    /** The plan, or with its refusals as much of one as could be made. */
    public RetentionPlan plan(Replica replica, PodObservations seen) {
        return plan(replica, seen, new QueryBudget(settings.limits().queryBudget()));
    }

    /** The same, leaving half of a run's budget for the proof. */
    @Override
    public RetentionPlan plan(Replica replica, PodObservations seen, QueryBudget budget) {
        Preflight preflight = Preflight.of(seen, replica.origin());
        PolicyBook policies = new PolicyBook(settings, replica.id());
        PlanDraft draft = new PlanDraft();
        draft.refuse(preflight.refusals());
        draft.refuse(policies.refusals());
        if (settings.apply() && !settings.applyTo().contains(replica.id().owner())) {
            draft.refuse(PolicyBook.notInApplyTo(replica.id()));
        }
        if (!policies.entries().isEmpty()
                && preflight.identified()
                && preflight.bounds().isPresent()
                && preflight.major().isPresent()) {
            LoadedRules rules = LoadedRules.of(replica.server());
            rules.unknown().ifPresent(why -> draft.refuse(PolicyBook.rulesUnknown(why)));
            StoredSamples stored =
                    new StoredSamples(replica.server(), preflight.major().get(), budget);
            Answer<List<Block>> blocks = replica.server().blocks();
            Scene scene = new Scene(
                    preflight.bounds().get(),
                    policies,
                    stored,
                    rules,
                    new LiveWriters(replica.server(), seen.now(), rules),
                    new RewriteCost(blocks, seen.ownMetrics()),
                    draft);
            policies.entries().forEach(entry -> plan(entry, scene));
            new PlanCaps(settings.limits(), stored, blocks, seen.ownMetrics()).apply(draft);
        }
        return draft.plan(replica, seen.now());
    }

    /** What one server's policies are planned with. */
    private record Scene(
            DeletionBounds bounds,
            PolicyBook policies,
            StoredSamples stored,
            LoadedRules rules,
            LiveWriters writers,
            RewriteCost cost,
            PlanDraft draft) {}

    private void plan(PolicyBook.Entry entry, Scene scene) {
        SeriesSelector selector = entry.selector().selector();
        RetentionPolicy policy = entry.policy();
        Optional<DeletionBounds.Range> range = scene.bounds().olderThan(policy.keep());
        if (range.isEmpty()) {
            return;
        }
        List<Labels> series = scene.draft()
                .series(
                        scene.stored()
                                .series(
                                        selector,
                                        range.get().start(),
                                        range.get().end()),
                        policy);
        Optional<RetentionPolicy> longer = scene.policies().keepingLonger(entry, series);
        if (longer.isPresent()) {
            policy = policy.keepingAsLongAs(longer.get());
            range = scene.bounds().olderThan(policy.keep());
            if (range.isEmpty()) {
                return;
            }
            series = scene.draft()
                    .series(
                            scene.stored()
                                    .series(
                                            selector,
                                            range.get().start(),
                                            range.get().end()),
                            policy);
        }
        if (series.isEmpty()) {
            return;
        }
        Instant start = range.get().start();
        Instant end = range.get().end();
        Optional<Figure> samples = samples(selector, series, start, end, scene);
        if (samples.isEmpty()) {
            return;
        }
        SortedMap<String, Long> metrics = metrics(series);
        PlannedDeletion deletion = new PlannedDeletion(
                policy,
                selector.text(),
                start,
                end,
                series.size(),
                outlook(selector, metrics, policy, scene.cost().of(samples.get(), start, end), scene),
                scene.policies().against(entry, series, metrics.keySet(), scene.rules()));
        boolean counted =
                samples.get().known() || series.size() > settings.limits().maxSeries();
        scene.draft().add(counted ? deletion : deletion.refusedBy(notCounted(selector)));
    }

    /** Series by metric. */
    static SortedMap<String, Long> metrics(List<Labels> series) {
        return series.stream()
                .collect(Collectors.groupingBy(
                        labels -> labels.value(Matcher.METRIC_NAME), TreeMap::new, Collectors.counting()));
    }

    private static Outlook outlook(
            SeriesSelector selector,
            SortedMap<String, Long> metrics,
            RetentionPolicy policy,
            Effect effect,
            Scene scene) {
        StillWritten written = scene.writers().of(selector, metrics.keySet());
        return new Outlook(
                metrics,
                effect,
                written,
                scene.rules().readers(metrics.keySet(), policy.keep()),
                DropRule.prevention(selector, metrics.keySet(), written));
    }

    /** Empty when nothing is due: samples have to be older than is kept by a block's length. */
    private Optional<Figure> samples(
            SeriesSelector selector, List<Labels> series, Instant start, Instant end, Scene scene) {
        if (series.size() > settings.limits().maxSeries()) {
            return Optional.of(Figure.unknown("not counted, as there are more series than the job allows"));
        }
        Instant due = end.minus(scene.bounds().block());
        if (!start.isBefore(due)) {
            return Optional.empty();
        }
        long reserve = settings.limits().queryBudget() / 2;
        return switch (scene.stored().count(selector, series, start, end, due, reserve)) {
            case Answer.Known<StoredSamples.Counted> known ->
                known.known().complete() && known.known().early() == 0
                        ? Optional.empty()
                        : Optional.of(known.known().figure(series.size()));
            case Answer.Unknown<StoredSamples.Counted> unknown -> {
                scene.draft()
                        .refuse(new Refusal(
                                "samples-unknown",
                                "the samples of " + selector.text() + " could not be counted: " + unknown.why(),
                                "Try the selector in a query; what cannot be counted is not deleted."));
                yield Optional.empty();
            }
        };
    }

    private static Refusal notCounted(SeriesSelector selector) {
        return new Refusal(
                "samples-unknown",
                "the query budget was used up before a sample of " + selector.text() + " was counted",
                "Raise queryBudget in the job's retention step, or make the selectors narrower.");
    }
}
