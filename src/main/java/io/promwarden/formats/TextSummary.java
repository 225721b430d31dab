package io.promwarden.formats;

import io.promwarden.delivery.MessagePart;
import io.promwarden.finding.Finding;
import io.promwarden.finding.NotRun;
import io.promwarden.finding.VisibleText;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.GovernanceReport.AgedFinding;
import io.promwarden.report.Summary;
import io.promwarden.report.Wording;
import io.promwarden.retention.Receipt;
import java.util.List;

/** The report in plain text: what is new first, what is merely open shortened, the rest left to the page. */
public final class TextSummary implements MessagePart {

    private static final int NEW_SHOWN = 30;
    private static final int OPEN_SHOWN = 15;
    private static final int FIXED_SHOWN = 10;
    private static final int NOT_RUN_SHOWN = 20;
    private static final int LINE = 240;

    @Override
    public String render(GovernanceReport report) {
        Summary summary = Summary.of(report);
        StringBuilder text = new StringBuilder(summary.headline()).append("\n\n");
        text.append(report.run().job())
                .append(summary.clusters().isEmpty() ? "" : " on " + one(String.join(", ", summary.clusters())))
                .append(", ")
                .append(Wording.minute(report.run().slot()))
                .append('\n');
        text.append(report.since()
                        .map(slot -> "Compared with the run of " + Wording.minute(slot) + ".")
                        .orElse("No earlier run to compare with."))
                .append("\n\n");
        numbers(text, summary);
        notRun(text, report.notRun());
        List<AgedFinding> fresh =
                report.findings().stream().filter(AgedFinding::isNew).toList();
        List<AgedFinding> open =
                report.findings().stream().filter(aged -> !aged.isNew()).toList();
        findings(text, "New", fresh, NEW_SHOWN);
        findings(text, report.since().isPresent() ? "Still open" : "Found", open, OPEN_SHOWN);
        fixed(text, report.fixed());
        receipts(text, report.receipts());
        text.append("\nEvidence, reasons and fixes are in report.html.\n");
        text.append("-- \nPromwarden ")
                .append(one(report.version()))
                .append(", run ")
                .append(report.run().text())
                .append('\n');
        return text.toString();
    }

    private static void numbers(StringBuilder text, Summary summary) {
        for (SummaryLines.Line line : SummaryLines.of(summary)) {
            text.append(String.format("  %-12s %s%n", line.name(), line.value()).replace("\r", ""));
        }
    }

    private static void notRun(StringBuilder text, List<NotRun> notRun) {
        if (notRun.isEmpty()) {
            return;
        }
        heading(text, "Could not be looked at", notRun.size());
        notRun.stream()
                .limit(NOT_RUN_SHOWN)
                .forEach(one -> text.append("  - ")
                        .append(one.cluster().isEmpty() ? "" : one(one.cluster()) + ": ")
                        .append(one(one.what()))
                        .append(": ")
                        .append(one(one.reason()))
                        .append('\n'));
        rest(text, notRun.size(), NOT_RUN_SHOWN);
    }

    private static void findings(StringBuilder text, String title, List<AgedFinding> findings, int shown) {
        if (findings.isEmpty()) {
            return;
        }
        heading(text, title, findings.size());
        findings.stream().limit(shown).forEach(aged -> finding(text, aged));
        rest(text, findings.size(), shown);
    }

    private static void finding(StringBuilder text, AgedFinding aged) {
        Finding finding = aged.finding();
        text.append("  ")
                .append(finding.severity().word())
                .append("  ")
                .append(finding.check())
                .append("  ")
                .append(one(
                        finding.subject().cluster() + ": " + finding.subject().text()))
                .append("\n      ")
                .append(one(finding.message()))
                .append('\n');
        finding.fix()
                .ifPresent(fix ->
                        text.append("      Fix: ").append(one(fix.text())).append('\n'));
    }

    private static void fixed(StringBuilder text, List<Finding> fixed) {
        if (fixed.isEmpty()) {
            return;
        }
        heading(text, "Fixed", fixed.size());
        fixed.stream()
                .limit(FIXED_SHOWN)
                .forEach(finding -> text.append("  ")
                        .append(finding.check())
                        .append("  ")
                        .append(one(finding.subject().cluster() + ": "
                                + finding.subject().text()))
                        .append('\n'));
        rest(text, fixed.size(), FIXED_SHOWN);
    }

    private static void receipts(StringBuilder text, List<Receipt> receipts) {
        if (receipts.isEmpty()) {
            return;
        }
        long freed = receipts.stream().mapToLong(Receipt::freedBytes).sum();
        long unproved = receipts.stream().filter(Summary::unproved).count();
        text.append("\nRetention: ")
                .append(Wording.count(receipts.size(), "call"))
                .append(" sent, ")
                .append(Wording.bytes(freed))
                .append(" freed")
                .append(unproved == 0 ? "" : ", " + Wording.number(unproved) + " without proof")
                .append(".\n");
    }

    private static void heading(StringBuilder text, String title, int count) {
        text.append('\n')
                .append(title)
                .append(" (")
                .append(Wording.number(count))
                .append(")\n");
    }

    private static void rest(StringBuilder text, int all, int shown) {
        if (all > shown) {
            text.append("  … and ").append(Wording.number(all - shown)).append(" more in report.html\n");
        }
    }

    private static String one(String text) {
        return VisibleText.line(text, LINE);
    }
}
