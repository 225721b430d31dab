package io.promwarden.webhook;

import io.promwarden.delivery.Dispatch;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Severity;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.Summary;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a webhook is told of a run. Keys are added in later versions, never renamed. */
final class WebhookDocument {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FINDINGS = 50;
    private static final int NOT_RUN = 50;

    private WebhookDocument() {}

    static String of(Dispatch dispatch, GovernanceReport report) {
        Summary summary = Summary.of(report);
        ObjectNode root = JSON.createObjectNode();
        root.put("format", 1);
        root.put("id", dispatch.messageId());
        root.put("possiblyTwice", dispatch.possiblyTwice());
        root.put("version", report.version());
        ObjectNode run = root.putObject("run");
        run.put("job", report.run().job());
        run.put("slot", report.run().slot().toString());
        run.put("attempt", report.run().attempt());
        root.put("state", summary.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        root.put("headline", summary.headline());
        ArrayNode clusters = root.putArray("clusters");
        summary.clusters().forEach(clusters::add);
        counts(root.putObject("counts"), summary);
        ArrayNode findings = root.putArray("findings");
        report.findings().stream().limit(FINDINGS).forEach(aged -> finding(findings.addObject(), aged));
        ArrayNode notRun = root.putArray("notRun");
        report.notRun().stream()
                .limit(NOT_RUN)
                .forEach(one -> notRun.addObject()
                        .put("cluster", one.cluster())
                        .put("what", one.what())
                        .put("reason", one.reason()));
        return root.toString();
    }

    private static void counts(ObjectNode counts, Summary summary) {
        for (Severity severity : Severity.values()) {
            counts.put(severity.word(), summary.found(severity));
        }
        counts.put("new", summary.freshInAll());
        counts.put("fixed", summary.fixed());
        counts.put("firing", summary.firingInAll());
        counts.put("notRun", summary.notRun());
        counts.put("covered", summary.coverage().covered());
        counts.put("coverable", summary.coverage().counted());
    }

    private static void finding(ObjectNode node, GovernanceReport.AgedFinding aged) {
        Finding finding = aged.finding();
        node.put("id", finding.id());
        node.put("check", finding.check().toString());
        node.put("severity", finding.severity().word());
        node.put("cluster", finding.subject().cluster());
        node.put("kind", finding.subject().kind());
        node.put("namespace", finding.subject().namespace());
        node.put("name", finding.subject().name());
        node.put("message", finding.message());
        node.put("new", aged.isNew());
        node.put("firstSeen", aged.firstSeen().toString());
    }
}
