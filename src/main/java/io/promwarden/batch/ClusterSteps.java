package io.promwarden.batch;

import io.promwarden.alertsummary.AlertSummaries;
import io.promwarden.batch.UnitRunner.StoppedException;
import io.promwarden.check.CheckRunner;
import io.promwarden.check.Evidence;
import io.promwarden.check.Exemption;
import io.promwarden.check.ExemptionBook;
import io.promwarden.coverage.CoverageMeasure;
import io.promwarden.finding.NotRun;
import io.promwarden.job.StepSpec;
import io.promwarden.observation.RecordedNights;
import io.promwarden.report.RunHistory;
import io.promwarden.report.RunId;
import io.promwarden.report.StepResult;
import io.promwarden.retention.CompactionSettings;
import io.promwarden.retention.RetentionRun;
import io.promwarden.retention.RetentionSettings;
import io.promwarden.retention.TombstoneCompaction;
import io.promwarden.storage.StorageDoctor;
import io.promwarden.storage.StorageResult;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** The bodies of the steps that look at one cluster: take evidence, call a pure function, give back its result. */
public final class ClusterSteps {

    private final World world;
    private final CheckRunner checks;
    private final List<Exemption> exemptions;
    private final RetentionRun retention;
    private final TombstoneCompaction compaction;
    private final RetentionSettings retentionSettings;
    private final StorageDoctor storage;
    private final RecordedNights nights;
    private final Optional<Duration> everything;
    private final RunHistory history;
    private final RunId run;
    private final Set<String> noted = ConcurrentHashMap.newKeySet();
    private final BooleanSupplier stop;

    /**
     * The steps of one run.
     *
     * @param exemptions those of the job file
     * @param retentionSettings of the job's retention step; what that may not change, no other step changes
     * @param nights what runs before this one recorded
     * @param everything for how long the job says that every sample is to be kept
     */
    public ClusterSteps(
            World world,
            RunHistory history,
            RunId run,
            CheckRunner checks,
            List<Exemption> exemptions,
            RetentionRun retention,
            TombstoneCompaction compaction,
            RetentionSettings retentionSettings,
            StorageDoctor storage,
            RecordedNights nights,
            Optional<Duration> everything,
            BooleanSupplier stop) {
        this.world = world;
        this.history = history;
        this.run = run;
        this.checks = checks;
        this.exemptions = List.copyOf(exemptions);
        this.retention = retention;
        this.compaction = compaction;
        this.retentionSettings = retentionSettings;
        this.storage = storage;
        this.nights = nights;
        this.everything = everything;
        this.stop = stop;
    }

    /** What a step finds out about one cluster. */
    StepResult result(StepSpec.PerCluster spec, String cluster) throws StoppedException {
        return switch (spec) {
            case StepSpec.Validate validate -> validate(cluster);
            case StepSpec.Retention retention -> retain(cluster, retention);
            case StepSpec.Compact compact -> compact(cluster, compact.settings());
            case StepSpec.Coverage coverage -> cover(cluster);
            case StepSpec.Alerts alerts -> summariseAlerts(cluster);
        };
    }

    private StepResult validate(String name) throws StoppedException {
        ClusterWorld cluster = look(name);
        Evidence evidence = new Evidence(
                name,
                cluster.inventory(),
                cluster.references(),
                cluster.metrics(),
                cluster.alerts(),
                nights,
                everything,
                world.observedAt());
        return whole(new StepResult.Validated(checks.run(evidence, exemptions, today(), stop)));
    }

    private StepResult retain(String name, StepSpec.Retention spec) throws StoppedException {
        RetentionSettings settings = spec.settings().withApply(spec.settings().apply() && world.live());
        return whole(new StepResult.Retained(
                retention.run(run.text(), name, settings, look(name).groups())));
    }

    private StepResult compact(String name, CompactionSettings settings) throws StoppedException {
        ClusterWorld cluster = look(name);
        TombstoneCompaction.Outcome compacted = world.live()
                ? compaction.run(run.text(), name, settings, retentionSettings, cluster.groups())
                : TombstoneCompaction.Outcome.NOTHING;
        StorageResult seen =
                storage.examine(name, cluster.metrics().answering(), cluster.inventory(), nights, world.observedAt());
        List<NotRun> notRun = new ArrayList<>(seen.notRun());
        cluster.metrics()
                .unreached()
                .forEach(server -> notRun.add(new NotRun(
                        name,
                        "storage of " + server.id().owner() + " on "
                                + server.id().instance(),
                        server.reason())));
        notRun.addAll(compacted.notRun());
        return whole(new StepResult.Compacted(
                new StorageResult(name, seen.servers(), seen.trends(), notRun, compacted.notes())));
    }

    private StepResult cover(String name) throws StoppedException {
        ClusterWorld cluster = look(name);
        ExemptionBook book = ExemptionBook.of(name, cluster.inventory(), exemptions);
        return whole(new StepResult.Covered(CoverageMeasure.measure(
                name,
                cluster.inventory(),
                cluster.metrics(),
                subject -> book.find(ExemptionBook.COVERAGE, subject, today()).map(Exemption::reason))));
    }

    private StepResult summariseAlerts(String name) throws StoppedException {
        ClusterWorld cluster = look(name);
        return whole(new StepResult.Alerted(
                AlertSummaries.of(name, cluster.metrics(), cluster.alerts(), world.observedAt())));
    }

    /** The cluster; which servers it has is noted once a run. */
    private ClusterWorld look(String name) {
        ClusterWorld cluster = world.cluster(name);
        if (noted.add(name)) {
            history.saveServers(run, name, cluster.seen());
        }
        return cluster;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(world.observedAt(), ZoneOffset.UTC);
    }

    /** A result that a stop has cut short is no result: the unit is done again when the run goes on. */
    private StepResult whole(StepResult result) throws StoppedException {
        if (stop.getAsBoolean()) {
            throw new StoppedException();
        }
        return result;
    }
}
