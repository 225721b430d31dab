package io.promwarden.wiring;

import io.promwarden.batch.ClusterSteps;
import io.promwarden.batch.StopSignal;
import io.promwarden.catalog.Catalog;
import io.promwarden.check.CheckPage;
import io.promwarden.check.CheckRunner;
import io.promwarden.delivery.Deliverer;
import io.promwarden.finding.CheckId;
import io.promwarden.formats.JsonReport;
import io.promwarden.history.JdbcOutbox;
import io.promwarden.history.JdbcReceiptBook;
import io.promwarden.history.JdbcRecordedNights;
import io.promwarden.history.JdbcRunHistory;
import io.promwarden.history.JdbcSnapshotBook;
import io.promwarden.history.Store;
import io.promwarden.html.HtmlReport;
import io.promwarden.job.JobDefinition;
import io.promwarden.job.StepSpec;
import io.promwarden.report.GovernanceReport.PageText;
import io.promwarden.report.ReportAssembly;
import io.promwarden.report.ReportRenderer;
import io.promwarden.report.RunId;
import io.promwarden.report.RunMetrics;
import io.promwarden.retention.Patience;
import io.promwarden.retention.Pause;
import io.promwarden.retention.RetentionRun;
import io.promwarden.retention.RetentionSettings;
import io.promwarden.retention.TombstoneCompaction;
import io.promwarden.selfmetrics.PushgatewayMetrics;
import io.promwarden.selfmetrics.TextfileMetrics;
import io.promwarden.storage.StorageDoctor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The parts of one run, built from its definition, its world and its store. */
final class RunParts {

    private static final Duration METRICS_TIMEOUT = Duration.ofSeconds(30);

    private final RunRequest request;
    private final LookedAt lookedAt;
    private final Store store;
    private final Clock clock;
    private final StopSignal stop;
    private final JdbcRunHistory history;
    private final JdbcReceiptBook receipts;

    RunParts(RunRequest request, LookedAt lookedAt, Store store, Clock clock, StopSignal stop) {
        this.request = request;
        this.lookedAt = lookedAt;
        this.store = store;
        this.clock = clock;
        this.stop = stop;
        this.history = new JdbcRunHistory(store.dataSource());
        this.receipts = new JdbcReceiptBook(store.dataSource());
    }

    RunRequest request() {
        return request;
    }

    Store store() {
        return store;
    }

    JdbcRunHistory history() {
        return history;
    }

    JobDefinition definition() {
        return request.definition();
    }

    ClusterSteps clusterSteps(RunId run) {
        // In a capture the clock stands still, and nothing is ever waited for.
        Clock steps = lookedAt.world().live() ? clock : lookedAt.clock();
        return new ClusterSteps(
                lookedAt.world(),
                history,
                run,
                new CheckRunner(Catalog.all(), lookedAt.clusters().size() == 1),
                definition().exemptions(),
                new RetentionRun(
                        receipts,
                        new JdbcSnapshotBook(store.dataSource()),
                        steps,
                        new WhileLocked(stop, store),
                        Patience.DEFAULT,
                        Pause.real()),
                new TombstoneCompaction(receipts, steps, new WhileLocked(stop, store), Patience.DEFAULT, Pause.real()),
                retentionSettings(),
                new StorageDoctor(steps),
                new JdbcRecordedNights(store.dataSource(), run),
                definition()
                        .find(StepSpec.Retention.class)
                        .flatMap(retention -> retention.settings().everything()),
                stop);
    }

    private RetentionSettings retentionSettings() {
        return definition().steps().stream()
                .filter(StepSpec.Retention.class::isInstance)
                .map(StepSpec.Retention.class::cast)
                .map(StepSpec.Retention::settings)
                .findFirst()
                .orElse(RetentionSettings.NONE);
    }

    RunFinish finish(RunId run) {
        ReportAssembly assembly = new ReportAssembly(history, receipts, RunParts::page, Version.text());
        ReportFiles files = new ReportFiles(request.reports(), renderers());
        Secrets secrets = new Secrets(request.environment());
        Connections connections = new Connections(definition().limits(), secrets);
        Channels channels = new Channels(secrets, connections, clock);
        Function<StepSpec.Deliver, List<Deliverer>> deliverers =
                request.mailToFile() ? channels::asFiles : channels::of;
        return new RunFinish(
                run,
                history,
                assembly,
                lookedAt.world().observedAt(),
                files,
                new JdbcOutbox(store.dataSource()),
                deliverers,
                metrics(connections),
                clock);
    }

    private List<ReportRenderer> renderers() {
        List<ReportRenderer> renderers = new ArrayList<>(List.of(new HtmlReport(), new JsonReport()));
        if (definition().find(StepSpec.Retention.class).isPresent()) {
            renderers.addAll(PlanFile.both(PlanExecution.head(definition())));
        }
        return renderers;
    }

    private List<RunMetrics> metrics(Connections connections) {
        List<RunMetrics> metrics = new ArrayList<>();
        definition()
                .metrics()
                .pushgateway()
                .map(server -> connections.named(server.url(), server.credentials(), server.tls()))
                .ifPresent(exchange -> metrics.add(new PushgatewayMetrics(exchange, clock, METRICS_TIMEOUT)));
        definition().metrics().textfile().ifPresent(file -> metrics.add(new TextfileMetrics(file, clock)));
        return metrics;
    }

    private static PageText page(CheckId check) {
        CheckPage page = CheckPage.of(check);
        return new PageText(page.looksFor(), page.why(), page.fix());
    }
}
