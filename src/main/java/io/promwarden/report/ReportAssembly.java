package io.promwarden.report;

import io.promwarden.alertsummary.AlertSummary;
import io.promwarden.check.CheckResults;
import io.promwarden.coverage.Coverage;
import io.promwarden.finding.CheckId;
import io.promwarden.finding.Finding;
import io.promwarden.finding.NotRun;
import io.promwarden.retention.ReceiptBook;
import io.promwarden.retention.RetentionResult;
import io.promwarden.storage.StorageResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Builds a run's report from what its steps stored, and from the run before. */
public final class ReportAssembly {

    private final RunHistory history;
    private final ReceiptBook receipts;
    private final Function<CheckId, GovernanceReport.PageText> pages;
    private final String version;

    /**
     * An assembly over one store.
     *
     * @param pages the parts of a check's page
     * @param version this program's
     */
    public ReportAssembly(
            RunHistory history,
            ReceiptBook receipts,
            Function<CheckId, GovernanceReport.PageText> pages,
            String version) {
        this.history = history;
        this.receipts = receipts;
        this.pages = pages;
        this.version = version;
    }

    /**
     * The report of a run that has begun.
     *
     * @param observedAt the clock of what was looked at
     * @throws IllegalStateException if the store does not know the run
     */
    public GovernanceReport assemble(RunId run, Instant observedAt) {
        RunHistory.Run begun = history.find(run)
                .orElseThrow(() -> new IllegalStateException("a report of a run that has not begun: " + run.text()));
        Sorted stored = new Sorted(history.steps(run));
        Optional<RunHistory.Run> before = history.previous(run);
        List<Finding> findingsBefore = before.map(previous -> new Sorted(history.steps(previous.id())).findings())
                .orElse(List.of());
        List<ServerSeen> servers =
                history.servers(run).stream().sorted(SERVERS).distinct().toList();
        return new GovernanceReport(
                run,
                version,
                begun.definition(),
                begun.startedAt(),
                observedAt,
                before.map(previous -> previous.id().slot()),
                servers,
                aged(run, stored.findings(), before.isPresent(), findingsBefore),
                fixed(stored, findingsBefore),
                stored.exempted(),
                stored.coverage,
                stored.alerts,
                stored.retention,
                receipts.receipts(run.text()),
                stored.storage,
                notRun(stored, servers),
                stored.durations,
                pages(stored.findings()));
    }

    private List<GovernanceReport.AgedFinding> aged(
            RunId run, List<Finding> findings, boolean compared, List<Finding> findingsBefore) {
        Map<String, Instant> firstSeen = history.firstSeen(run);
        Set<String> before = ids(findingsBefore);
        return findings.stream()
                .map(finding -> new GovernanceReport.AgedFinding(
                        finding,
                        compared && !before.contains(finding.id()),
                        firstSeen.getOrDefault(finding.id(), run.slot())))
                .toList();
    }

    /** Gone, and not only out of sight: the check ran on that cluster, and nobody exempted the finding instead. */
    private static List<Finding> fixed(Sorted stored, List<Finding> findingsBefore) {
        Set<String> still = ids(stored.findings());
        stored.exempted().forEach(exempted -> still.add(exempted.finding().id()));
        Map<String, Set<String>> unjudged = new HashMap<>();
        stored.validated.forEach((cluster, results) -> {
            Set<String> checks = unjudged.computeIfAbsent(cluster, key -> new HashSet<>());
            results.notRun().forEach(notRun -> checks.add(firstWord(notRun.what())));
        });
        return findingsBefore.stream()
                .filter(finding -> !still.contains(finding.id()))
                .filter(finding -> {
                    Set<String> checks = unjudged.get(finding.subject().cluster());
                    return checks != null && !checks.contains(finding.check().toString());
                })
                .sorted()
                .toList();
    }

    /** A check that could not judge one subject is taken as not run: {@code monitor/not-scraped ServiceMonitor a/b}. */
    private static String firstWord(String what) {
        for (int i = 0; i < what.length(); i++) {
            char c = what.charAt(i);
            if (c == ' ' || c == ':' || c == ',') {
                return what.substring(0, i);
            }
        }
        return what;
    }

    /** What the steps could not look at, and servers without an answer that no step has named. */
    private static List<NotRun> notRun(Sorted stored, List<ServerSeen> servers) {
        TreeSet<NotRun> all = new TreeSet<>(stored.notRun);
        for (ServerSeen server : servers) {
            if (server.reason().isEmpty()) {
                continue;
            }
            String what = server.kind() + " " + server.name();
            boolean named = stored.notRun.stream()
                    .anyMatch(notRun -> notRun.cluster().equals(server.cluster())
                            && (notRun.what().equals(what) || notRun.reason().equals(server.reason())));
            if (!named) {
                all.add(new NotRun(server.cluster(), what, server.reason()));
            }
        }
        return List.copyOf(all);
    }

    private Map<CheckId, GovernanceReport.PageText> pages(List<Finding> findings) {
        Map<CheckId, GovernanceReport.PageText> texts = new HashMap<>();
        for (Finding finding : findings) {
            texts.computeIfAbsent(finding.check(), pages);
        }
        return texts;
    }

    private static Set<String> ids(List<Finding> findings) {
        Set<String> ids = new HashSet<>();
        findings.forEach(finding -> ids.add(finding.id()));
        return ids;
    }

    private static final Comparator<ServerSeen> SERVERS = Comparator.comparing(ServerSeen::cluster)
            .thenComparing(ServerSeen::kind)
            .thenComparing(ServerSeen::name);

    /** Stored steps, each in the list that it belongs to. */
    private static final class Sorted {
        private final Map<String, CheckResults> validated = new HashMap<>();
        private final List<Coverage> coverage = new ArrayList<>();
        private final List<AlertSummary> alerts = new ArrayList<>();
        private final List<RetentionResult> retention = new ArrayList<>();
        private final List<StorageResult> storage = new ArrayList<>();
        private final TreeSet<NotRun> notRun = new TreeSet<>();
        private final List<GovernanceReport.StepDuration> durations = new ArrayList<>();

        Sorted(List<StoredStep> steps) {
            steps.stream()
                    .sorted(Comparator.comparing(StoredStep::cluster).thenComparing(StoredStep::step))
                    .forEach(this::add);
        }

        private void add(StoredStep step) {
            notRun.addAll(step.result().notRun());
            durations.add(new GovernanceReport.StepDuration(
                    step.cluster(), step.step(), step.took().toMillis() / 1000.0));
            switch (step.result()) {
                case StepResult.NotDone nothing -> {}
                case StepResult.Validated done -> validated.put(step.cluster(), done.results());
                case StepResult.Covered done -> coverage.add(done.coverage());
                case StepResult.Alerted done -> alerts.add(done.summary());
                case StepResult.Retained done -> retention.add(done.result());
                case StepResult.Compacted done -> storage.add(done.result());
            }
        }

        List<Finding> findings() {
            return validated.values().stream()
                    .flatMap(results -> results.findings().stream())
                    .sorted()
                    .toList();
        }

        List<CheckResults.Exempted> exempted() {
            return validated.values().stream()
                    .flatMap(results -> results.exempted().stream())
                    .sorted(Comparator.comparing(CheckResults.Exempted::finding))
                    .toList();
        }
    }
}
