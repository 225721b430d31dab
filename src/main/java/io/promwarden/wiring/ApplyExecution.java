package io.promwarden.wiring;

import io.promwarden.answer.Answer;
import io.promwarden.batch.StopSignal;
import io.promwarden.finding.NotRun;
import io.promwarden.history.JdbcReceiptBook;
import io.promwarden.history.JdbcSnapshotBook;
import io.promwarden.history.Opening;
import io.promwarden.history.Store;
import io.promwarden.job.JobDefinition;
import io.promwarden.job.StepSpec;
import io.promwarden.retention.Patience;
import io.promwarden.retention.Pause;
import io.promwarden.retention.PlanDocument;
import io.promwarden.retention.PlanDocument.OfCluster;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.retention.Refusal;
import io.promwarden.retention.ReplicaGroup;
import io.promwarden.retention.RetentionResult;
import io.promwarden.retention.RetentionRun;
import io.promwarden.retention.RetentionSettings;
import io.promwarden.retention.SealedPlan;
import io.promwarden.retention.TombstoneCompaction;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;

/**
 * Carries out a plan that was made before: exactly that, or nothing. What it is held against is the job as it is now and
 * the servers as they are now.
 */
public final class ApplyExecution {

    private final Clock clock;

    public ApplyExecution(Clock clock) {
        this.clock = clock;
    }

    /**
     * Blocks until it is done, stopped or refused.
     *
     * @param definition of the job that the plan names, as its file is now
     * @param store the store's URL, as the user gives it
     */
    public ApplyEnd apply(
            SealedPlan plan,
            JobDefinition definition,
            RunRequest.Where.Live where,
            String store,
            Map<String, String> environment,
            StopSignal stop) {
        Optional<String> refused = against(plan.document(), definition);
        if (refused.isPresent()) {
            return new ApplyEnd.Refused(refused.get());
        }
        return switch (LookedAt.open(PlanExecution.reading(definition, where, environment), clock)) {
            case Answer.Unknown<LookedAt> unknown -> new ApplyEnd.Refused(unknown.why());
            case Answer.Known<LookedAt> known -> {
                try (LookedAt lookedAt = known.known()) {
                    yield withStore(plan, definition, lookedAt, store, environment, stop);
                }
            }
        };
    }

    /** Why this plan is not carried out with this job; empty when servers may be asked. */
    private Optional<String> against(PlanDocument plan, JobDefinition definition) {
        Optional<RetentionSettings> settings =
                definition.find(StepSpec.Retention.class).map(StepSpec.Retention::settings);
        if (settings.isEmpty() || !plan.job().equals(definition.name())) {
            return Optional.of("the plan is one of the job " + plan.job() + ", and " + definition.file() + " is "
                    + (settings.isEmpty() ? "a job without a retention step" : "the job " + definition.name()));
        }
        if (!plan.definition().equals(definition.sha256())) {
            return Optional.of("the job's definition has changed since the plan was made: plan again");
        }
        Optional<Refusal> age = RetentionRun.age(plan, settings.get(), clock.instant());
        if (age.isPresent()) {
            return Optional.of("the plan is not carried out: " + age.get().reason() + ". "
                    + age.get().remedy());
        }
        List<String> owners = plan.plans()
                .filter(one -> !one.deletions().isEmpty())
                .map(one -> one.server().owner())
                .distinct()
                .toList();
        if (!owners.isEmpty() && owners.stream().noneMatch(settings.get().applyTo()::contains)) {
            return Optional.of("the job allows nothing of this plan to be changed: add " + String.join(" or ", owners)
                    + " to applyTo in its retention step, and plan again");
        }
        return Optional.empty();
    }

    private ApplyEnd withStore(
            SealedPlan plan,
            JobDefinition definition,
            LookedAt lookedAt,
            String url,
            Map<String, String> environment,
            StopSignal stop) {
        String holder = "promwarden apply of " + plan.document().job();
        return switch (Store.open(url, environment, holder, clock.instant())) {
            case Opening.Locked locked -> new ApplyEnd.Refused(locked.reason());
            case Opening.Broken broken -> new ApplyEnd.Fatal(broken.reason() + ". " + broken.remedy());
            case Opening.Opened opened -> {
                try (Store store = opened.store()) {
                    if (!store.lasting()) {
                        yield new ApplyEnd.Refused(
                                "a store in memory forgets the receipts, and nothing is deleted without"
                                        + " them: name one that stays with --store");
                    }
                    store.announce(plan.runId(), clock.instant());
                    yield carryOut(plan, definition, lookedAt, store, stop);
                }
            }
        };
    }

    private ApplyEnd carryOut(
            SealedPlan plan, JobDefinition definition, LookedAt lookedAt, Store store, StopSignal stop) {
        JdbcReceiptBook book = new JdbcReceiptBook(store.dataSource());
        RetentionSettings settings = definition
                .find(StepSpec.Retention.class)
                .orElseThrow()
                .settings()
                .withApply(true);
        RetentionRun retention = new RetentionRun(
                book,
                new JdbcSnapshotBook(store.dataSource()),
                clock,
                new WhileLocked(stop, store),
                Patience.DEFAULT,
                Pause.real());
        TombstoneCompaction compaction =
                new TombstoneCompaction(book, clock, new WhileLocked(stop, store), Patience.DEFAULT, Pause.real());
        Optional<StepSpec.Compact> compact = definition.find(StepSpec.Compact.class);
        List<NotRun> notRun = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        try {
            for (OfCluster cluster : plan.document().clusters()) {
                if (!lookedAt.clusters().contains(cluster.cluster())) {
                    notRun.add(new NotRun(cluster.cluster(), "retention", "the job has no such cluster any more"));
                    continue;
                }
                if (cluster.plans().stream().allMatch(one -> one.deletions().isEmpty()) || stop.getAsBoolean()) {
                    continue;
                }
                List<ReplicaGroup> groups =
                        lookedAt.world().cluster(cluster.cluster()).groups();
                RetentionResult result =
                        retention.carryOut(plan.runId(), cluster.cluster(), settings, cluster.plans(), groups);
                notRun.addAll(result.notRun());
                notes.addAll(result.notes());
                if (compact.isPresent() && !stop.getAsBoolean()) {
                    TombstoneCompaction.Outcome outcome = compaction.run(
                            plan.runId(),
                            cluster.cluster(),
                            compact.get().settings(),
                            settings,
                            toClean(groups, result));
                    notRun.addAll(outcome.notRun());
                    notes.addAll(outcome.notes());
                }
            }
            List<Receipt> receipts = book.receipts(plan.runId());
            return stop.getAsBoolean() ? new ApplyEnd.Stopped(receipts) : new ApplyEnd.Done(receipts, notRun, notes);
        } catch (DataAccessException e) {
            return new ApplyEnd.Fatal(store.explain(e));
        }
    }

    /**
     * Those of which the plan's deletions were carried out, now or in an earlier try, and that refuse nothing by now: no
     * other server's blocks are rewritten by it.
     *
     * @param result with all receipts of the plan's run
     */
    static List<ReplicaGroup> toClean(List<ReplicaGroup> groups, RetentionResult result) {
        Set<String> deleted = result.receipts().stream()
                .filter(receipt -> receipt.verdict() == Verdict.DELETED || receipt.verdict() == Verdict.PARTLY)
                .map(receipt -> receipt.server().owner())
                .collect(Collectors.toSet());
        Set<String> refused = result.plans().stream()
                .filter(plan -> !plan.allowed())
                .map(plan -> plan.server().owner())
                .collect(Collectors.toSet());
        return groups.stream()
                .filter(group -> deleted.contains(group.owner()) && !refused.contains(group.owner()))
                .toList();
    }
}
