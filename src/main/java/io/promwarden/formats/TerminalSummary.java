package io.promwarden.formats;

import io.promwarden.finding.Finding;
import io.promwarden.finding.Severity;
import io.promwarden.finding.VisibleText;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.GovernanceReport.AgedFinding;
import io.promwarden.report.Summary;
import io.promwarden.report.Wording;
import java.util.Comparator;
import java.util.List;

/**
 * The report on a terminal: one sentence, the numbers, the findings that come first, what could not be looked at. No name
 * from the cluster can move the cursor.
 */
public final class TerminalSummary {

    private static final int FINDINGS = 12;
    private static final int NOT_RUN = 8;
    private static final String BOLD = "\033[1m";
    private static final String DIM = "\033[2m";
    private static final String RED = "\033[31m";
    private static final String YELLOW = "\033[33m";
    private static final String GREEN = "\033[32m";
    private static final String CYAN = "\033[36m";
    private static final String RESET = "\033[0m";

    private final int width;
    private final boolean colour;

    /**
     * A summary for one terminal.
     *
     * @param width in columns; what is longer is cut. At least 40 are used
     * @param colour false for NO_COLOR, pipes and files
     */
    public TerminalSummary(int width, boolean colour) {
        this.width = Math.max(40, width);
        this.colour = colour;
    }

    /** The summary, with a line feed at its end. */
    public String render(GovernanceReport report) {
        Summary summary = Summary.of(report);
        StringBuilder out = new StringBuilder();
        out.append(paint(tone(summary.state()), BOLD, fit(summary.headline(), width)))
                .append("\n\n");
        for (SummaryLines.Line line : SummaryLines.of(summary)) {
            out.append("  ")
                    .append(pad(line.name(), 12))
                    .append(' ')
                    .append(paint(tone(line.tone()), "", fit(line.value(), width - 15)))
                    .append('\n');
        }
        findings(out, report);
        notRun(out, report);
        return out.toString();
    }

    private void findings(StringBuilder out, GovernanceReport report) {
        List<AgedFinding> urgent = report.findings().stream()
                .filter(aged -> aged.finding().severity() != Severity.INFO)
                .sorted(Comparator.comparing(
                                (AgedFinding aged) -> aged.finding().severity())
                        .reversed()
                        .thenComparing(aged -> !aged.isNew()))
                .toList();
        if (urgent.isEmpty()) {
            return;
        }
        out.append('\n');
        List<AgedFinding> shown = urgent.stream().limit(FINDINGS).toList();
        int checks = shown.stream()
                .mapToInt(aged -> aged.finding().check().toString().length())
                .max()
                .orElse(0);
        for (AgedFinding aged : shown) {
            Finding finding = aged.finding();
            String severity = pad(finding.severity().word(), 8);
            String mark = aged.isNew() ? "new " : "    ";
            int left = Math.max(10, width - 2 - 8 - 4 - checks - 2);
            out.append("  ")
                    .append(paint(finding.severity() == Severity.ERROR ? RED : YELLOW, "", severity))
                    .append(paint(CYAN, "", mark))
                    .append(pad(finding.check().toString(), checks))
                    .append("  ")
                    .append(fit(
                            finding.subject().cluster() + ": "
                                    + finding.subject().text(),
                            left))
                    .append('\n');
        }
        more(out, urgent.size() - shown.size());
    }

    private void notRun(StringBuilder out, GovernanceReport report) {
        if (report.notRun().isEmpty()) {
            return;
        }
        out.append('\n').append("  Could not be looked at:\n");
        report.notRun().stream()
                .limit(NOT_RUN)
                .forEach(one -> out.append("  - ")
                        .append(fit(
                                (one.cluster().isEmpty() ? "" : one.cluster() + ": ") + one.what() + ": "
                                        + one.reason(),
                                width - 4))
                        .append('\n'));
        more(out, report.notRun().size() - NOT_RUN);
    }

    private void more(StringBuilder out, int more) {
        if (more > 0) {
            out.append(paint(DIM, "", "  … and " + Wording.number(more) + " more in the report"))
                    .append('\n');
        }
    }

    private String paint(String code, String second, String text) {
        return colour && !(code + second).isEmpty() ? code + second + text + RESET : text;
    }

    private static String tone(Summary.State state) {
        return switch (state) {
            case ACT -> RED;
            case INCOMPLETE, CAN_WAIT -> YELLOW;
            case CALM -> GREEN;
        };
    }

    private static String tone(SummaryLines.Tone tone) {
        return switch (tone) {
            case BAD -> RED;
            case WARN -> YELLOW;
            case GOOD -> GREEN;
            case PLAIN -> "";
        };
    }

    /** One line of at most so many columns. */
    private static String fit(String text, int columns) {
        String line = VisibleText.line(text, 2000);
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int i = 0; i < line.length(); ) {
            int c = line.codePointAt(i);
            int cells = cells(c);
            if (used + cells > columns - (i + Character.charCount(c) < line.length() ? 1 : 0)) {
                return kept.append('…').toString();
            }
            kept.appendCodePoint(c);
            used += cells;
            i += Character.charCount(c);
        }
        return kept.toString();
    }

    /** East Asian characters and emoji take two columns, combining marks none. */
    private static int cells(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = Character.isIdeographic(c)
                || within(c, 0x1100, 0x115F)
                || within(c, 0x2E80, 0xA4CF)
                || within(c, 0xAC00, 0xD7A3)
                || within(c, 0xFF00, 0xFF60)
                || within(c, 0x1F300, 0x1FAFF);
        return wide ? 2 : 1;
    }

    private static boolean within(int c, int first, int last) {
        return first <= c && c <= last;
    }

    private static String pad(String text, int columns) {
        return text.length() >= columns ? text : text + " ".repeat(columns - text.length());
    }
}
