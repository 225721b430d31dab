package io.promwarden.formats;

import io.promwarden.check.CheckResults;
import io.promwarden.finding.Finding;
import io.promwarden.finding.NotRun;
import io.promwarden.finding.Severity;
import io.promwarden.finding.Subject;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.ReportRenderer;
import io.promwarden.report.Summary;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The whole report as JSON, as docs/report-json.md describes it: nothing is capped or shortened. Instants are ISO 8601 in
 * UTC, durations seconds, sizes bytes; what is unknown is null.
 */
public final class JsonReport implements ReportRenderer {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Override
    public String fileName() {
        return "report.json";
    }

    @Override
    public byte[] render(GovernanceReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", 1);
        root.put("version", report.version());
        run(root.putObject("run"), report);
        summary(root.putObject("summary"), report);
        ArrayNode servers = root.putArray("servers");
        report.servers()
                .forEach(server -> servers.addObject()
                        .put("cluster", server.cluster())
                        .put("kind", server.kind())
                        .put("name", server.name())
                        .put("version", server.version())
                        .put("reason", server.reason()));
        notRun(root.putArray("notRun"), report.notRun());
        ArrayNode findings = root.putArray("findings");
        report.findings()
                .forEach(aged -> finding(findings.addObject(), aged.finding())
                        .put("new", aged.isNew())
                        .put("firstSeen", aged.firstSeen().toString()));
        ArrayNode fixed = root.putArray("fixed");
        report.fixed().forEach(finding -> finding(fixed.addObject(), finding));
        ArrayNode exempted = root.putArray("exempted");
        report.exempted().forEach(one -> exempted(exempted.addObject(), one));
        pages(root.putObject("pages"), report);
        MeasuresJson.coverage(root.putArray("coverage"), report.coverage());
        MeasuresJson.alerts(root.putArray("alerts"), report.alerts());
        ChangesJson.retention(root.putArray("retention"), report.retention());
        ChangesJson.receipts(root.putArray("receipts"), report.receipts());
        MeasuresJson.storage(root.putArray("storage"), report.storage());
        ArrayNode steps = root.putArray("steps");
        report.durations()
                .forEach(step -> steps.addObject()
                        .put("cluster", step.cluster())
                        .put("step", step.step())
                        .put("seconds", Rounded.number(step.seconds())));
        return JSON.writeValueAsBytes(root);
    }

    private static void run(ObjectNode node, GovernanceReport report) {
        node.put("job", report.run().job());
        node.put("slot", report.run().slot().toString());
        node.put("attempt", report.run().attempt());
        node.put("definition", report.definition());
        node.put("startedAt", report.startedAt().toString());
        node.put("observedAt", report.observedAt().toString());
        node.put("comparedWith", report.since().map(Object::toString).orElse(null));
    }

    private static void summary(ObjectNode node, GovernanceReport report) {
        Summary summary = Summary.of(report);
        node.put("state", summary.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        node.put("headline", summary.headline());
        ArrayNode clusters = node.putArray("clusters");
        summary.clusters().forEach(clusters::add);
        ObjectNode found = node.putObject("findings");
        ObjectNode fresh = node.putObject("new");
        for (Severity severity : Severity.values()) {
            found.put(severity.word(), summary.found(severity));
            fresh.put(severity.word(), summary.fresh(severity));
        }
        node.put("fixed", summary.fixed());
        node.put("exempted", report.exempted().size());
        MeasuresJson.ratio(node.putObject("coverage"), summary.coverage());
        ObjectNode firing = node.putObject("firing");
        summary.firing().forEach(firing::put);
        node.put("firingButHeldBack", summary.held());
        node.put("pending", summary.pending());
        node.put("notRun", summary.notRun());
        node.put("unproved", summary.unproved());
    }

    private static ObjectNode finding(ObjectNode node, Finding finding) {
        node.put("id", finding.id());
        node.put("check", finding.check().toString());
        node.put("severity", finding.severity().word());
        subject(node.putObject("subject"), finding.subject());
        node.put("aspect", finding.aspect());
        node.put("message", finding.message());
        ArrayNode evidence = node.putArray("evidence");
        finding.evidence()
                .forEach(fact -> evidence.addObject().put("name", fact.name()).put("value", fact.value()));
        finding.fix()
                .ifPresentOrElse(
                        fix -> node.putObject("fix")
                                .put("text", fix.text())
                                .put("patch", fix.patch().orElse(null)),
                        () -> node.putNull("fix"));
        return node;
    }

    private static void subject(ObjectNode node, Subject subject) {
        node.put("cluster", subject.cluster());
        node.put("kind", subject.kind());
        node.put("namespace", subject.namespace());
        node.put("name", subject.name());
    }

    private static void exempted(ObjectNode node, CheckResults.Exempted exempted) {
        finding(node, exempted.finding());
        node.put("reason", exempted.reason());
        node.put(
                "until",
                Optional.of(exempted.until()).filter(until -> !until.isEmpty()).orElse(null));
    }

    static void notRun(ArrayNode array, List<NotRun> notRun) {
        notRun.forEach(one -> array.addObject()
                .put("cluster", one.cluster())
                .put("what", one.what())
                .put("reason", one.reason()));
    }

    private static void pages(ObjectNode node, GovernanceReport report) {
        new TreeMap<>(report.pages())
                .forEach((check, page) -> node.putObject(check.toString())
                        .put("looksFor", page.looksFor())
                        .put("why", page.why())
                        .put("fix", page.fix()));
    }
}
