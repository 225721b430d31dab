package io.promwarden.html;

import io.promwarden.check.CheckResults;
import io.promwarden.finding.CheckId;
import io.promwarden.finding.Fact;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.GovernanceReport.AgedFinding;
import io.promwarden.report.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Findings by severity, and in it by check; the first of each check with evidence and patch, further ones in one line.
 */
public record FindingsView(List<OfSeverity> severities, Capped<Line> fixed, Capped<Accepted> exempted) {

    private static final int FACTS = 10;
    private static final int IN_FULL = 60;
    private static final int IN_BRIEF = 300;
    private static final int AT_LEAST = 2;

    /** All findings of one severity. */
    public record OfSeverity(String word, String title, int count, List<OfCheck> checks) {}

    /**
     * All findings of one check.
     *
     * @param looksFor HTML, from the check's page
     * @param why likewise
     * @param fix likewise
     */
    public record OfCheck(
            String anchor,
            String check,
            String looksFor,
            String why,
            String fix,
            String count,
            int fresh,
            List<Row> rows,
            Capped<Line> brief) {}

    /**
     * One finding in full.
     *
     * @param group heads it and those that follow, e.g. the code of a broken chain; empty for all but the first
     */
    public record Row(
            String group,
            String anchor,
            String cluster,
            String subject,
            String message,
            String since,
            boolean fresh,
            boolean open,
            List<Fact> evidence,
            String fix,
            String patch) {}

    /** One finding in a line. */
    public record Line(String check, String cluster, String subject, String message) {}

    /** A finding that somebody accepted. */
    public record Accepted(Line line, String reason, String until) {}

    public FindingsView {
        severities = List.copyOf(severities);
    }

    static FindingsView of(GovernanceReport report) {
        Builder builder = new Builder(report);
        List<OfSeverity> severities = new ArrayList<>();
        Map<Severity, List<AgedFinding>> bySeverity = report.findings().stream()
                .collect(Collectors.groupingBy(aged -> aged.finding().severity()));
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            List<AgedFinding> findings = bySeverity.getOrDefault(severity, List.of());
            if (!findings.isEmpty()) {
                severities.add(builder.severity(severity, findings));
            }
        }
        Budget rest = new Budget(60_000);
        return new FindingsView(
                severities,
                Capped.of(report.fixed(), 200, rest, FindingsView::line, FindingsView::texts),
                Capped.of(report.exempted(), 200, rest, FindingsView::accepted, accepted -> texts(accepted.line())));
    }

    private static Line line(Finding finding) {
        return new Line(
                finding.check().toString(),
                Shown.name(finding.subject().cluster()),
                Shown.name(finding.subject().text()),
                Shown.sentence(finding.message()));
    }

    private static List<String> texts(Line line) {
        return List.of(line.check(), line.cluster(), line.subject(), line.message());
    }

    private static Accepted accepted(CheckResults.Exempted exempted) {
        return new Accepted(
                line(exempted.finding()),
                Shown.sentence(exempted.reason()),
                exempted.until().isEmpty() ? "no end" : "until " + Shown.name(exempted.until()));
    }

    /** Spends the page's room for findings, the worst first. */
    private static final class Builder {
        private static final int OPENED = 12;

        private final GovernanceReport report;
        private final Budget inFull = new Budget(400_000);
        private final Budget inBrief = new Budget(120_000);
        private final Budget reserve = new Budget(80_000);
        private int opened;

        Builder(GovernanceReport report) {
            this.report = report;
        }

        OfSeverity severity(Severity severity, List<AgedFinding> findings) {
            Map<CheckId, List<AgedFinding>> byCheck = findings.stream()
                    .collect(Collectors.groupingBy(aged -> aged.finding().check(), TreeMap::new, Collectors.toList()));
            List<OfCheck> checks = new ArrayList<>();
            byCheck.forEach((check, ofCheck) -> checks.add(check(severity, check, ofCheck)));
            checks.sort(
                    Comparator.comparing((OfCheck check) -> check.fresh() == 0).thenComparing(OfCheck::check));
            String title = severity == Severity.INFO ? "Info" : severity == Severity.ERROR ? "Errors" : "Warnings";
            return new OfSeverity(severity.word(), title, findings.size(), checks);
        }

        private OfCheck check(Severity severity, CheckId check, List<AgedFinding> findings) {
            List<AgedFinding> newFirst = findings.stream()
                    .sorted(Comparator.comparing((AgedFinding aged) -> group(aged.finding()))
                            .thenComparing(aged -> !aged.isNew()))
                    .toList();
            List<Row> rows = new ArrayList<>();
            String before = "";
            for (AgedFinding aged : newFirst.subList(0, Math.min(IN_FULL, newFirst.size()))) {
                String group = group(aged.finding());
                Row row = row(aged, group.equals(before) ? "" : group);
                before = group;
                if (!inFull.spend(420 + row.evidence().size() * 40, texts(row))) {
                    break;
                }
                opened += row.open() ? 1 : 0;
                rows.add(row);
            }
            List<AgedFinding> others = newFirst.subList(rows.size(), newFirst.size());
            Capped<Line> brief =
                    Capped.of(others, IN_BRIEF, inBrief, aged -> line(aged.finding()), FindingsView::texts);
            if (rows.isEmpty() && brief.rows().isEmpty()) {
                brief = Capped.of(others, AT_LEAST, reserve, aged -> line(aged.finding()), FindingsView::texts);
            }
            Optional<GovernanceReport.PageText> page =
                    Optional.ofNullable(report.pages().get(check));
            return new OfCheck(
                    severity.word() + "-" + check.family() + "-" + check.name(),
                    check.toString(),
                    page.map(text -> Markdown.toHtml(text.looksFor())).orElse(""),
                    page.map(text -> Markdown.toHtml(text.why())).orElse(""),
                    page.map(text -> Markdown.toHtml(text.fix())).orElse(""),
                    Wording.number(findings.size()),
                    (int) findings.stream().filter(AgedFinding::isNew).count(),
                    rows,
                    brief);
        }

        /** Findings of a check that tells its causes by a code stand together by it. */
        private static String group(Finding finding) {
            return finding.evidence().stream()
                    .filter(fact -> fact.name().equals("code"))
                    .map(Fact::value)
                    .findFirst()
                    .orElse("");
        }

        private Row row(AgedFinding aged, String group) {
            Finding finding = aged.finding();
            boolean open = finding.severity() == Severity.ERROR
                    && (aged.isNew() || report.since().isEmpty())
                    && opened < OPENED;
            return new Row(
                    Shown.name(group),
                    "f-" + finding.id(),
                    Shown.name(finding.subject().cluster()),
                    Shown.name(finding.subject().text()),
                    Shown.sentence(finding.message()),
                    since(aged),
                    aged.isNew(),
                    open,
                    finding.evidence().stream()
                            .limit(FACTS)
                            .map(fact -> new Fact(Shown.name(fact.name()), Shown.sentence(fact.value())))
                            .toList(),
                    finding.fix().map(fix -> Shown.sentence(fix.text())).orElse(""),
                    finding.fix().flatMap(Fix::patch).map(Shown::code).orElse(""));
        }

        private String since(AgedFinding aged) {
            Duration age = Duration.between(aged.firstSeen(), report.run().slot());
            return age.isZero() ? "" : "since " + Wording.day(aged.firstSeen()) + ", " + Wording.age(age);
        }

        private static List<String> texts(Row row) {
            List<String> texts =
                    new ArrayList<>(List.of(row.cluster(), row.subject(), row.message(), row.fix(), row.patch()));
            row.evidence().forEach(fact -> {
                texts.add(fact.name());
                texts.add(fact.value());
            });
            return texts;
        }
    }
}
