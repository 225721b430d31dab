package io.promwarden.cli;

import io.promwarden.finding.VisibleText;
import io.promwarden.report.Wording;
import io.promwarden.retention.Figure;
import io.promwarden.retention.PlanDocument;
import io.promwarden.retention.Refusal;
import io.promwarden.retention.RetentionPlan;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan in a few lines for each server. */
final class PlanText {

    private static final int LONGEST_SELECTOR = 48;
    private static final int LONGEST_REASON = 1000;

    private PlanText() {}

    static List<String> lines(PlanDocument document) {
        List<String> lines = new ArrayList<>();
        for (PlanDocument.OfCluster cluster : document.clusters()) {
            cluster.plans().forEach(plan -> server(plan, lines));
            cluster.notRun()
                    .forEach(notRun -> lines.add(cluster.cluster() + ": not known: " + notRun.what() + ": "
                            + VisibleText.line(notRun.reason(), LONGEST_REASON)));
        }
        return lines;
    }

    private static void server(RetentionPlan plan, List<String> lines) {
        lines.add(plan.server().text() + (plan.deletions().isEmpty() ? ": nothing to delete" : ""));
        plan.refusals().forEach(refusal -> refused("  nothing is deleted here", refusal, lines));
        int widest = plan.deletions().stream()
                .mapToInt(deletion ->
                        Math.min(LONGEST_SELECTOR, deletion.selector().length()))
                .max()
                .orElse(0);
        for (PlannedDeletion deletion : plan.deletions()) {
            Figure samples = deletion.outlook().effect().samples();
            Figure bytes = deletion.outlook().effect().bytesBack();
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-" + Math.max(1, widest) + "s  older than %s: %s, %s samples, %s%s",
                    deletion.selector(),
                    Wording.age(deletion.policy().keep()),
                    Wording.count(deletion.series(), "series", "series"),
                    samples.known()
                            ? (samples.certainty() == Figure.Certainty.EXACT ? "" : "about ")
                                    + Wording.number(samples.high())
                            : "an unknown number of",
                    bytes.known()
                            ? Wording.bytes(bytes.low()) + " to " + Wording.bytes(bytes.high()) + " back"
                            : "bytes not known",
                    deletion.outlook().stillWritten().nothing() ? "" : "; comes back"));
            deletion.refusals().forEach(refusal -> refused("    refused", refusal, lines));
        }
    }

    private static void refused(String lead, Refusal refusal, List<String> lines) {
        lines.add(lead + " (" + refusal.code() + "): " + VisibleText.line(refusal.reason(), LONGEST_REASON));
        if (!refusal.remedy().isEmpty()) {
            refusal.remedy().lines().forEach(line -> lines.add("      " + line));
        }
    }
}
