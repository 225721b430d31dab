package io.promwarden.batch;

import io.promwarden.coverage.CoverageRatio;
import io.promwarden.report.StepResult;
import io.promwarden.report.Wording;
import io.promwarden.retention.Receipt;
import java.util.ArrayList;
import java.util.List;

/** A step's result in a few words, for the progress line. */
final class StepNote {

    private StepNote() {}

    static String of(StepResult result) {
        List<String> parts = new ArrayList<>();
        switch (result) {
            case StepResult.Validated validated ->
                parts.add(count(validated.results().findings().size(), "finding"));
            case StepResult.Retained retained -> {
                long deletions = retained.result().plans().stream()
                        .mapToLong(plan -> plan.deletions().size())
                        .sum();
                parts.add(count(deletions, "planned deletion"));
                if (retained.result().applied()) {
                    long deleted = retained.result().receipts().stream()
                            .filter(receipt -> receipt.verdict() == Receipt.Verdict.DELETED)
                            .count();
                    parts.add(deleted + " carried out");
                }
            }
            case StepResult.Compacted compacted ->
                parts.add(count(compacted.result().servers().size(), "TSDB") + " looked at");
            case StepResult.Covered covered -> {
                CoverageRatio ratio = CoverageRatio.of(covered.coverage().entries());
                parts.add(
                        ratio.ratio().isEmpty()
                                ? "nothing to cover"
                                : Wording.percent(ratio.ratio()) + " covered (" + ratio.covered() + " of "
                                        + ratio.counted() + ")");
            }
            case StepResult.Alerted alerted ->
                parts.add(count(alerted.summary().alerts().size(), "alert"));
            case StepResult.NotDone notDone -> parts.add("not done");
        }
        if (!result.notRun().isEmpty()) {
            parts.add(result.notRun().size() + " not run");
        }
        return String.join(", ", parts);
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
