package io.promwarden.formats;

import io.promwarden.retention.Receipt;
import io.promwarden.retention.Refusal;
import io.promwarden.retention.RetentionPlan;
import io.promwarden.retention.RetentionResult;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was planned and done to a TSDB, as JSON. */
final class ChangesJson {

    private ChangesJson() {}

    static void retention(ArrayNode array, List<RetentionResult> all) {
        for (RetentionResult result : all) {
            ObjectNode node = array.addObject();
            node.put("cluster", result.cluster());
            node.put("applied", result.applied());
            ArrayNode plans = node.putArray("plans");
            result.plans().forEach(plan -> plan(plans.addObject(), plan));
            JsonReport.notRun(node.putArray("notRun"), result.notRun());
            ArrayNode notes = node.putArray("notes");
            result.notes().forEach(notes::add);
        }
    }

    private static void plan(ObjectNode node, RetentionPlan plan) {
        node.put("owner", plan.server().owner());
        node.put("instance", plan.server().instance());
        node.put("madeAt", plan.madeAt().toString());
        refusals(node.putArray("refusals"), plan.refusals());
        ArrayNode deletions = node.putArray("deletions");
        for (RetentionPlan.PlannedDeletion deletion : plan.deletions()) {
            ObjectNode planned = deletions.addObject();
            planned.put("match", deletion.policy().match());
            planned.put("keepSeconds", deletion.policy().keep().toSeconds());
            planned.put("because", deletion.policy().because());
            planned.put("selector", deletion.selector());
            planned.put("start", deletion.start().toString());
            planned.put("end", deletion.end().toString());
            planned.put("series", known(deletion.series()));
            refusals(planned.putArray("refusals"), deletion.refusals());
        }
    }

    private static void refusals(ArrayNode array, List<Refusal> refusals) {
        refusals.forEach(refusal -> array.addObject()
                .put("code", refusal.code())
                .put("reason", refusal.reason())
                .put("remedy", refusal.remedy()));
    }

    static void receipts(ArrayNode array, List<Receipt> receipts) {
        for (Receipt receipt : receipts) {
            ObjectNode node = array.addObject();
            node.put("cluster", receipt.server().cluster());
            node.put("owner", receipt.server().owner());
            node.put("instance", receipt.server().instance());
            node.put("call", receipt.call());
            node.put("policy", receipt.policy());
            node.put("selector", receipt.selector());
            node.put("start", receipt.start().map(Object::toString).orElse(null));
            node.put("end", receipt.end().map(Object::toString).orElse(null));
            node.put("sentAt", receipt.sentAt().toString());
            node.put("seconds", Rounded.number(receipt.took().toMillis() / 1000.0));
            node.put("status", receipt.status());
            node.put(
                    "verdict", receipt.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            node.put("reason", receipt.reason());
            node.put("seriesBefore", known(receipt.seriesBefore()));
            node.put("samplesBefore", known(receipt.samplesBefore()));
            node.put("samplesAfter", known(receipt.samplesAfter()));
            node.put("blockBytesBefore", known(receipt.blockBytesBefore()));
            node.put("blockBytesAfter", known(receipt.blockBytesAfter()));
            node.put("blocksBefore", known(receipt.blocksBefore()));
            node.put("blocksAfter", known(receipt.blocksAfter()));
            node.put("run", receipt.runId());
            node.put("because", receipt.because());
            ArrayNode controls = node.putArray("controls");
            receipt.controls()
                    .counts()
                    .forEach(control -> controls.addObject()
                            .put("what", control.what())
                            .put("before", known(control.before()))
                            .put("after", known(control.after())));
            node.put("failedCompactionsBefore", known(receipt.controls().failedCompactionsBefore()));
            node.put("failedCompactionsAfter", known(receipt.controls().failedCompactionsAfter()));
        }
    }

    private static @Nullable Long known(long number) {
        return number < 0 ? null : number;
    }
}
