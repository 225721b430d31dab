package io.promwarden.html;

import io.promwarden.coverage.CoverageRatio;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Severity;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.GovernanceReport.AgedFinding;
import io.promwarden.report.ServerSeen;
import io.promwarden.report.Summary;
import io.promwarden.report.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The answer to the first question of a morning: do I have to do something? */
public record FirstScreen(
        String job,
        String slot,
        String clusters,
        String compared,
        String headline,
        String tone,
        List<Tile> tiles,
        List<Pointer> pointers) {

    private static final int POINTERS = 5;

    /** One number. */
    public record Tile(String label, String value, String detail, String tone, String href) {}

    /** One thing to look at first, and where it is told in full. */
    public record Pointer(String tone, String mark, String what, String detail, String href) {}

    public FirstScreen {
        tiles = List.copyOf(tiles);
        pointers = List.copyOf(pointers);
    }

    static FirstScreen of(GovernanceReport report) {
        Summary summary = Summary.of(report);
        return new FirstScreen(
                Shown.name(report.run().job())
                        + (report.run().attempt() == 0
                                ? ""
                                : ", attempt " + Wording.number(report.run().attempt() + 1L)),
                Wording.minute(report.run().slot()),
                clusters(summary.clusters()),
                report.since()
                        .map(slot -> "compared with " + Wording.minute(slot))
                        .orElse("no earlier run to compare with"),
                summary.headline(),
                switch (summary.state()) {
                    case ACT -> "bad";
                    case INCOMPLETE -> "warn";
                    case CAN_WAIT -> "info";
                    case CALM -> "good";
                },
                tiles(report, summary),
                pointers(report, summary));
    }

    private static String clusters(List<String> clusters) {
        return clusters.size() > 6
                ? Wording.count(clusters.size(), "cluster")
                : clusters.stream().map(Shown::name).collect(Collectors.joining(", "));
    }

    private static List<Tile> tiles(GovernanceReport report, Summary summary) {
        boolean compared = summary.since().isPresent();
        List<Tile> tiles = new ArrayList<>();
        if (compared) {
            tiles.add(new Tile(
                    "New",
                    Wording.number(summary.freshInAll()),
                    bySeverity(summary, true),
                    summary.fresh(Severity.ERROR) > 0 ? "bad" : summary.fresh(Severity.WARNING) > 0 ? "warn" : "none",
                    "#findings"));
        }
        int open = summary.foundInAll() - summary.freshInAll();
        tiles.add(new Tile(
                compared ? "Still open" : "Found",
                Wording.number(open),
                bySeverity(summary, false),
                !compared && summary.found(Severity.ERROR) > 0 ? "bad" : "none",
                "#findings"));
        if (compared) {
            tiles.add(new Tile(
                    "Fixed",
                    Wording.number(summary.fixed()),
                    "gone since the last run",
                    summary.fixed() > 0 ? "good" : "none",
                    summary.fixed() > 0 ? "#fixed" : "#findings"));
        }
        tiles.add(coverage(summary.coverage()));
        boolean asked = !report.alerts().isEmpty();
        tiles.add(new Tile(
                "Firing",
                asked ? Wording.number(summary.firingInAll()) : Wording.UNKNOWN,
                asked ? firing(summary) : "not part of this run",
                summary.firing().getOrDefault("critical", 0) > 0 ? "bad" : "none",
                "#alerts"));
        tiles.add(new Tile(
                "Not looked at",
                Wording.number(summary.notRun()),
                summary.notRun() == 0 ? "everything was reached" : Wording.count(causes(report), "cause"),
                summary.notRun() > 0 ? "warn" : "none",
                summary.notRun() > 0 ? "#unseen" : "#looked"));
        return tiles;
    }

    private static long causes(GovernanceReport report) {
        return report.notRun().stream()
                .map(notRun -> List.of(notRun.cluster(), notRun.reason()))
                .distinct()
                .count();
    }

    private static Tile coverage(CoverageRatio ratio) {
        String detail = ratio.counted() == 0
                ? "nothing was measured"
                : Wording.number(ratio.covered()) + " of " + Wording.number(ratio.counted()) + " scraped";
        return new Tile("Coverage", Wording.percent(ratio.ratio()), detail, "none", "#coverage");
    }

    private static String bySeverity(Summary summary, boolean fresh) {
        List<String> parts = new ArrayList<>();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            int count = fresh ? summary.fresh(severity) : summary.found(severity) - summary.fresh(severity);
            if (count > 0) {
                parts.add(
                        severity == Severity.INFO
                                ? Wording.number(count) + " info"
                                : Wording.count(count, severity.word()));
            }
        }
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }

    private static String firing(Summary summary) {
        if (summary.firingInAll() == 0) {
            return "no alert";
        }
        List<Map.Entry<String, Integer>> counts = summary.firingByWeight();
        String most = counts.stream()
                .limit(2)
                .map(entry -> Wording.number(entry.getValue()) + " " + Shown.name(entry.getKey()))
                .collect(Collectors.joining(", "));
        int others = counts.stream().skip(2).mapToInt(Map.Entry::getValue).sum();
        return others == 0 ? most : most + ", " + Wording.count(others, "other", "others");
    }

    private static List<Pointer> pointers(GovernanceReport report, Summary summary) {
        List<Pointer> pointers = new ArrayList<>();
        List<AgedFinding> errors = report.findings().stream()
                .filter(aged -> aged.finding().severity() == Severity.ERROR)
                .toList();
        List<AgedFinding> fresh = errors.stream().filter(AgedFinding::isNew).toList();
        (fresh.isEmpty() ? errors : fresh).stream().limit(POINTERS).forEach(aged -> pointers.add(pointer(aged)));
        int more = errors.size() - pointers.size();
        if (more > 0) {
            pointers.add(new Pointer("bad", "open", "and " + Wording.count(more, "more error"), "", "#findings"));
        }
        if (summary.unproved() > 0) {
            pointers.add(new Pointer(
                    "bad",
                    "no proof",
                    Wording.count(summary.unproved(), "change to a TSDB is", "changes to TSDBs are") + " without proof",
                    "what was asked for is not shown by what was counted after it",
                    "#retention"));
        }
        List<ServerSeen> silent = report.servers().stream()
                .filter(server -> !server.reason().isEmpty())
                .toList();
        if (summary.notRun() > 0) {
            pointers.add(new Pointer(
                    "warn",
                    "not seen",
                    Wording.count(summary.notRun(), "thing", "things") + " could not be looked at",
                    silent.isEmpty() ? "" : Wording.count(silent.size(), "server") + " did not answer",
                    "#unseen"));
        }
        return pointers;
    }

    private static Pointer pointer(AgedFinding aged) {
        Finding finding = aged.finding();
        return new Pointer(
                "bad",
                aged.isNew() ? "new" : "open",
                Shown.name(
                        finding.subject().cluster() + ": " + finding.subject().text()),
                Shown.sentence(finding.message()),
                "#f-" + finding.id());
    }
}
