package io.promwarden.html;

import io.promwarden.delivery.MessagePart;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.GovernanceReport.AgedFinding;
import io.promwarden.report.Wording;
import java.util.List;
import java.util.Map;

/** The HTML part of a mail: tables and inline styles, no picture, a few kilobytes. The page is attached. */
public final class MailHtml implements MessagePart {

    private static final int FINDINGS = 20;

    /** A finding as the mail shows it. */
    public record Row(String severity, String colour, String check, String subject, String message, String fix) {}

    @Override
    public String render(GovernanceReport report) {
        List<AgedFinding> fresh =
                report.findings().stream().filter(AgedFinding::isNew).toList();
        List<AgedFinding> open =
                report.findings().stream().filter(aged -> !aged.isNew()).toList();
        Budget budget = new Budget(40_000);
        return Templates.render(
                "mail",
                Map.of(
                        "first", FirstScreen.of(report),
                        "fresh", rows(fresh, budget),
                        "open", rows(open, budget),
                        "openTitle", report.since().isPresent() ? "Still open" : "Found",
                        "freshCount", Wording.number(fresh.size()),
                        "openCount", Wording.number(open.size()),
                        "run", RunView.of(report)));
    }

    private static Capped<Row> rows(List<AgedFinding> findings, Budget budget) {
        return Capped.of(
                findings, FINDINGS, budget, MailHtml::row, row -> List.of(row.subject(), row.message(), row.fix()));
    }

    private static Row row(AgedFinding aged) {
        var finding = aged.finding();
        return new Row(
                finding.severity().word(),
                switch (finding.severity()) {
                    case ERROR -> "#ad2b21";
                    case WARNING -> "#875600";
                    case INFO -> "#2c5d94";
                },
                finding.check().toString(),
                Shown.name(
                        finding.subject().cluster() + ": " + finding.subject().text()),
                Shown.sentence(finding.message()),
                finding.fix().map(fix -> Shown.sentence(fix.text())).orElse(""));
    }
}
