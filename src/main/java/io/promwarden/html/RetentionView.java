package io.promwarden.html;

import io.promwarden.report.GovernanceReport;
import io.promwarden.report.Summary;
import io.promwarden.report.Wording;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.Refusal;
import io.promwarden.retention.RetentionPlan;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import io.promwarden.retention.RetentionResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What was to be deleted, why some of it was not, and the proof of what was. */
public record RetentionView(
        String mode,
        Capped<Planned> planned,
        Capped<Refused> refusals,
        Capped<Proof> proofs,
        String freed,
        List<String> notes) {

    private static final int MOST_NOTES = 50;

    public record Planned(
            String server, String match, String because, String keep, String range, String series, boolean refused) {}

    /** The same refusal on several servers once. */
    public record Refused(String where, String code, String reason, String remedy) {}

    public record Proof(
            String server,
            String call,
            String selector,
            String at,
            String took,
            String verdict,
            String tone,
            String reason,
            String before,
            String after) {}

    static RetentionView of(GovernanceReport report) {
        Budget budget = new Budget(110_000);
        List<RetentionPlan> plans = report.retention().stream()
                .flatMap(result -> result.plans().stream())
                .toList();
        List<Map.Entry<RetentionPlan, PlannedDeletion>> deletions = new ArrayList<>();
        plans.forEach(plan -> plan.deletions().forEach(deletion -> deletions.add(Map.entry(plan, deletion))));
        boolean applied = report.retention().stream().anyMatch(RetentionResult::applied);
        return new RetentionView(
                applied ? "The job asks for deletion." : "Only planned: the job does not ask for deletion.",
                Capped.of(
                        deletions,
                        150,
                        budget,
                        entry -> planned(entry.getKey(), entry.getValue()),
                        row -> List.of(row.server(), row.match(), row.because(), " ".repeat(160))),
                Capped.of(
                        refusals(plans),
                        50,
                        budget,
                        refused -> refused,
                        row -> List.of(row.where(), row.reason(), row.remedy())),
                Capped.of(
                        report.receipts(),
                        150,
                        budget,
                        RetentionView::proof,
                        row -> List.of(row.server(), row.selector(), row.reason(), " ".repeat(240))),
                Wording.bytes(report.receipts().stream()
                        .mapToLong(Receipt::freedBytes)
                        .sum()),
                notes(report));
    }

    /** Snapshots that are still there, and why blocks were left as they are. */
    private static List<String> notes(GovernanceReport report) {
        return Stream.concat(
                        report.retention().stream().flatMap(result -> result.notes().stream()),
                        report.storage().stream().flatMap(result -> result.notes().stream()))
                .limit(MOST_NOTES)
                .map(Shown::sentence)
                .toList();
    }

    private static Planned planned(RetentionPlan plan, PlannedDeletion deletion) {
        return new Planned(
                Shown.name(plan.server().text()),
                Shown.sentence(deletion.policy().match()),
                Shown.sentence(deletion.policy().because()),
                Wording.age(deletion.policy().keep()),
                Wording.range(deletion.start(), deletion.end()),
                Wording.number(deletion.series()),
                !plan.refusals().isEmpty() || !deletion.refusals().isEmpty());
    }

    private static List<Refused> refusals(List<RetentionPlan> plans) {
        Map<Refusal, List<String>> where = new LinkedHashMap<>();
        for (RetentionPlan plan : plans) {
            String server = Shown.name(plan.server().text());
            plan.refusals()
                    .forEach(refusal -> where.computeIfAbsent(refusal, key -> new ArrayList<>())
                            .add(server));
            for (PlannedDeletion deletion : plan.deletions()) {
                String what = server + " " + Shown.name(deletion.policy().match());
                deletion.refusals()
                        .forEach(refusal -> where.computeIfAbsent(refusal, key -> new ArrayList<>())
                                .add(what));
            }
        }
        List<Refused> refused = new ArrayList<>();
        where.forEach((refusal, servers) -> refused.add(new Refused(
                Shown.sentence(String.join(", ", servers)),
                refusal.code(),
                Shown.sentence(refusal.reason()),
                Shown.code(refusal.remedy()))));
        return refused;
    }

    private static Proof proof(Receipt receipt) {
        boolean clean = receipt.selector().isEmpty();
        return new Proof(
                Shown.name(receipt.server().text()),
                receipt.call(),
                Shown.sentence(receipt.selector()),
                Wording.minute(receipt.sentAt()),
                Wording.took(receipt.took()),
                receipt.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                Summary.unproved(receipt) ? "bad" : "good",
                Shown.sentence(receipt.reason()),
                clean
                        ? Wording.bytes(receipt.blockBytesBefore()) + ", " + blocks(receipt.blocksBefore())
                        : Wording.count(receipt.seriesBefore(), "series", "series") + ", "
                                + samples(receipt.samplesBefore()),
                clean
                        ? Wording.bytes(receipt.blockBytesAfter()) + ", " + blocks(receipt.blocksAfter())
                        : samples(receipt.samplesAfter()));
    }

    private static String samples(long samples) {
        return samples < 0 ? "not counted" : Wording.count(samples, "sample");
    }

    private static String blocks(long blocks) {
        return Wording.count(blocks, "block");
    }
}
