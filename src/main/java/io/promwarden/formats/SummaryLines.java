package io.promwarden.formats;

import io.promwarden.coverage.CoverageRatio;
import io.promwarden.finding.Severity;
import io.promwarden.finding.VisibleText;
import io.promwarden.report.Summary;
import io.promwarden.report.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A summary's numbers as lines of a name and a value, for mail and terminal. */
final class SummaryLines {

    /**
     * One line.
     *
     * @param tone how much it matters, for its colour
     */
    record Line(String name, String value, Tone tone) {}

    /** How a line is coloured where there is colour. */
    enum Tone {
        BAD,
        WARN,
        GOOD,
        PLAIN
    }

    private SummaryLines() {}

    static List<Line> of(Summary summary) {
        List<Line> lines = new ArrayList<>();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            lines.add(findings(summary, severity));
        }
        if (summary.since().isPresent()) {
            lines.add(new Line("fixed", Wording.number(summary.fixed()), summary.fixed() > 0 ? Tone.GOOD : Tone.PLAIN));
        }
        lines.add(new Line("coverage", coverage(summary.coverage()), Tone.PLAIN));
        lines.add(new Line("firing", firing(summary), Tone.PLAIN));
        if (summary.unproved() > 0) {
            lines.add(new Line("no proof of", Wording.count(summary.unproved(), "change"), Tone.BAD));
        }
        lines.add(new Line("not run", Wording.number(summary.notRun()), summary.notRun() > 0 ? Tone.BAD : Tone.PLAIN));
        return lines;
    }

    private static Line findings(Summary summary, Severity severity) {
        int found = summary.found(severity);
        int fresh = summary.fresh(severity);
        String name = severity == Severity.INFO ? "info" : severity.word() + "s";
        String value = Wording.number(found)
                + (summary.since().isPresent() && found > 0
                        ? "  (" + Wording.number(fresh) + " new, " + Wording.number(found - fresh) + " still open)"
                        : "");
        Tone tone = found == 0
                ? Tone.PLAIN
                : severity == Severity.ERROR ? Tone.BAD : severity == Severity.WARNING ? Tone.WARN : Tone.PLAIN;
        return new Line(name, value, tone);
    }

    private static String coverage(CoverageRatio ratio) {
        if (ratio.counted() == 0) {
            return ratio.notMeasured() > 0 ? "not measured" : "nothing to measure";
        }
        return Wording.percent(ratio.ratio()) + "  (" + Wording.number(ratio.covered()) + " of "
                + Wording.number(ratio.counted())
                + (ratio.notMeasured() > 0 ? ", " + Wording.number(ratio.notMeasured()) + " not measured" : "") + ")";
    }

    private static String firing(Summary summary) {
        if (summary.firingInAll() == 0) {
            return "0";
        }
        String bySeverity = summary.firingByWeight().stream()
                .map(entry -> Wording.number(entry.getValue()) + " " + VisibleText.line(entry.getKey(), 20))
                .limit(6)
                .collect(Collectors.joining(", "));
        String held = summary.held() > 0 ? "; " + Wording.number(summary.held()) + " silenced or inhibited" : "";
        return Wording.number(summary.firingInAll()) + "  (" + bySeverity + held + ")";
    }
}
