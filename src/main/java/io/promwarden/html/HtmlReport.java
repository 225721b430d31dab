package io.promwarden.html;

import io.promwarden.report.GovernanceReport;
import io.promwarden.report.ReportRenderer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The report as one HTML file that needs nothing else: no script, no font, no picture. It stays below a megabyte however much
 * was found; what it leaves out it counts, and report.json has it.
 */
public final class HtmlReport implements ReportRenderer {

    @Override
    public String fileName() {
        return "report.html";
    }

    @Override
    public byte[] render(GovernanceReport report) {
        return Templates.render(
                        "report",
                        Map.of(
                                "css", Templates.text("report.css"),
                                "first", FirstScreen.of(report),
                                "findings", FindingsView.of(report),
                                "coverage", CoverageView.of(report.coverage()),
                                "alerts", AlertsView.of(report.alerts()),
                                "retention", RetentionView.of(report),
                                "storage", StorageView.of(report.storage()),
                                "run", RunView.of(report)))
                .getBytes(StandardCharsets.UTF_8);
    }
}
