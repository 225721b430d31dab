package io.promwarden.report;

import io.promwarden.alertsummary.AlertSummary;
import io.promwarden.coverage.Coverage;
import io.promwarden.coverage.CoverageRatio;
import io.promwarden.finding.Severity;
import io.promwarden.retention.Receipt;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A report in numbers and one sentence: what a subject line, a terminal and the first screen say.
 *
 * @param clusters sorted
 * @param found findings by severity; every severity has a number
 * @param fresh those of them that were not there in the run before
 * @param firing firing alerts by severity as their label says it, {@code none} where it is missing
 * @param held firing alerts that a silence or an inhibition holds back
 * @param unproved deletions and cleans of which there is no proof that they did what was asked
 * @param since the slot of the run that it is compared with
 */
public record Summary(
        List<String> clusters,
        Map<Severity, Integer> found,
        Map<Severity, Integer> fresh,
        int fixed,
        CoverageRatio coverage,
        Map<String, Integer> firing,
        int held,
        int pending,
        int notRun,
        int unproved,
        Optional<Instant> since) {

    private static final List<String> USUAL = List.of("critical", "error", "warning", "info");

    /** What the reader has to do. */
    public enum State {
        /** There are errors. */
        ACT,
        /** No error was found, but not everything was looked at. */
        INCOMPLETE,
        /** Nothing is urgent. */
        CAN_WAIT,
        CALM
    }

    public Summary {
        clusters = List.copyOf(clusters);
        found = Map.copyOf(found);
        fresh = Map.copyOf(fresh);
        firing = java.util.Collections.unmodifiableMap(new TreeMap<>(firing));
    }

    public static Summary of(GovernanceReport report) {
        Map<Severity, Integer> found = zeros();
        Map<Severity, Integer> fresh = zeros();
        for (GovernanceReport.AgedFinding aged : report.findings()) {
            found.merge(aged.finding().severity(), 1, Integer::sum);
            if (aged.isNew()) {
                fresh.merge(aged.finding().severity(), 1, Integer::sum);
            }
        }
        Map<String, Integer> firing = new TreeMap<>();
        int held = 0;
        int pending = 0;
        for (AlertSummary summary : report.alerts()) {
            for (AlertSummary.Item item : summary.alerts()) {
                if (item.state() == AlertSummary.State.PENDING) {
                    pending++;
                } else {
                    firing.merge(item.severity().isEmpty() ? "none" : item.severity(), 1, Integer::sum);
                    held += item.silenced().orElse(false) || item.inhibited().orElse(false) ? 1 : 0;
                }
            }
        }
        return new Summary(
                clusters(report),
                found,
                fresh,
                report.fixed().size(),
                CoverageRatio.of(report.coverage().stream()
                        .map(Coverage::entries)
                        .flatMap(Collection::stream)
                        .toList()),
                firing,
                held,
                pending,
                report.notRun().size(),
                (int) report.receipts().stream().filter(Summary::unproved).count(),
                report.since());
    }

    /** True for a receipt that does not show what was asked for. */
    public static boolean unproved(Receipt receipt) {
        return switch (receipt.verdict()) {
            case DELETED, CLEANED, SNAPSHOT_MADE -> false;
            case PARTLY, NO_EFFECT, UNKNOWN, CONTROL_CHANGED -> true;
        };
    }

    public int found(Severity severity) {
        return found.getOrDefault(severity, 0);
    }

    public int fresh(Severity severity) {
        return fresh.getOrDefault(severity, 0);
    }

    public int foundInAll() {
        return sum(found);
    }

    public int freshInAll() {
        return sum(fresh);
    }

    public int firingInAll() {
        return sum(firing);
    }

    /** Firing alerts by severity, the usual words first and in their order. */
    public List<Map.Entry<String, Integer>> firingByWeight() {
        return firing.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, Integer> entry) -> weight(entry.getKey()))
                        .thenComparing(Map.Entry::getKey))
                .toList();
    }

    private static int weight(String severity) {
        int usual = USUAL.indexOf(severity);
        return severity.equals("none") ? USUAL.size() + 1 : usual < 0 ? USUAL.size() : usual;
    }

    public State state() {
        if (found(Severity.ERROR) > 0) {
            return State.ACT;
        }
        if (notRun > 0 || unproved > 0) {
            return State.INCOMPLETE;
        }
        return found(Severity.WARNING) > 0 ? State.CAN_WAIT : State.CALM;
    }

    /** One sentence: does the reader have to do something? */
    public String headline() {
        int errors = found(Severity.ERROR);
        int warnings = found(Severity.WARNING);
        return switch (state()) {
            case ACT ->
                Wording.count(errors, "error needs", "errors need") + " attention" + ofThemNew(Severity.ERROR) + ".";
            case INCOMPLETE ->
                notRun > 0
                        ? "No errors found, but "
                                + Wording.count(notRun, "thing", "things")
                                + " could not be looked at."
                        : "No errors found, but "
                                + Wording.count(unproved, "change is", "changes are")
                                + " without proof.";
            case CAN_WAIT ->
                "No errors; " + Wording.count(warnings, "warning") + " can wait" + ofThemNew(Severity.WARNING) + ".";
            case CALM -> "Nothing to do: no errors and no warnings.";
        };
    }

    /** The same in a few words, for a subject line. */
    public String shortly() {
        String findings = foundInAll() == 0
                ? "no findings"
                : Stream.of(Severity.ERROR, Severity.WARNING, Severity.INFO)
                        .filter(severity -> found(severity) > 0)
                        .map(severity -> severity == Severity.INFO
                                ? Wording.number(found(severity)) + " info"
                                : Wording.count(found(severity), severity.word()))
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("");
        String fresh = since.isPresent() && freshInAll() > 0 ? " (" + Wording.number(freshInAll()) + " new)" : "";
        return findings + fresh + (notRun > 0 ? ", incomplete" : "");
    }

    private String ofThemNew(Severity severity) {
        if (since.isEmpty()) {
            return "";
        }
        int all = found(severity);
        int fresh = fresh(severity);
        if (fresh == 0) {
            return all == 1 ? ", known before" : ", all known before";
        }
        if (fresh == all) {
            return all == 1 ? ", and it is new" : ", all of them new";
        }
        return ", " + Wording.number(fresh) + " of them new";
    }

    private static List<String> clusters(GovernanceReport report) {
        TreeSet<String> names = new TreeSet<>();
        report.servers().forEach(server -> names.add(server.cluster()));
        report.coverage().forEach(coverage -> names.add(coverage.cluster()));
        report.alerts().forEach(alerts -> names.add(alerts.cluster()));
        report.storage().forEach(storage -> names.add(storage.cluster()));
        report.retention().forEach(retention -> names.add(retention.cluster()));
        report.durations().forEach(step -> names.add(step.cluster()));
        report.notRun().forEach(notRun -> names.add(notRun.cluster()));
        names.remove("");
        return List.copyOf(names);
    }

    private static Map<Severity, Integer> zeros() {
        Map<Severity, Integer> zeros = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            zeros.put(severity, 0);
        }
        return zeros;
    }

    private static int sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
