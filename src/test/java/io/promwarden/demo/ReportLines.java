package io.promwarden.demo;

import io.promwarden.alertsummary.AlertSummary;
import io.promwarden.coverage.Coverage;
import io.promwarden.finding.Finding;
import io.promwarden.report.GovernanceReport;
import io.promwarden.retention.Refusal;
import io.promwarden.retention.RetentionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A report in the words of {@code src/demo/faults.yaml}. */
final class ReportLines {

    private final GovernanceReport report;

    ReportLines(GovernanceReport report) {
        this.report = report;
    }

    /** Everything that a fault can be seen by. */
    Set<String> all() {
        Set<String> lines = new TreeSet<>(findings());
        report.exempted()
                .forEach(one -> lines.add("exempted " + one.finding().check() + " "
                        + one.finding().subject().text()));
        report.coverage().forEach(coverage -> coverage.entries().forEach(entry -> lines.add(line(entry))));
        report.alerts().forEach(summary -> summary.alerts().forEach(alert -> lines.add(line(alert))));
        report.retention().forEach(result -> result.plans().forEach(plan -> lines.addAll(lines(plan))));
        return lines;
    }

    Set<String> findings() {
        return report.findings().stream()
                .map(aged -> line(aged.finding()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> fresh() {
        return report.findings().stream()
                .filter(GovernanceReport.AgedFinding::isNew)
                .map(aged -> line(aged.finding()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> fixed() {
        return report.fixed().stream().map(ReportLines::line).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String line(Finding finding) {
        return "finding " + finding.severity().word() + " " + finding.check() + " "
                + finding.subject().text()
                + (finding.subject().kind().equals("Cluster") ? " (" + finding.aspect() + ")" : "");
    }

    private static String line(Coverage.Entry entry) {
        return "coverage " + word(entry.state()) + " " + entry.kind() + " " + entry.namespace() + "/" + entry.name();
    }

    private static String line(AlertSummary.Item alert) {
        return "alert " + word(alert.state()) + " " + alert.name()
                + (alert.namespace().isEmpty() ? "" : " " + alert.namespace())
                + (alert.silenced().orElse(false) ? " silenced" : "")
                + (alert.inhibited().orElse(false) ? " inhibited" : "");
    }

    private static List<String> lines(RetentionPlan plan) {
        List<String> lines = new ArrayList<>();
        for (Refusal refusal : plan.refusals()) {
            lines.add("refusal " + refusal.code() + " " + plan.server().instance());
        }
        return lines;
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
