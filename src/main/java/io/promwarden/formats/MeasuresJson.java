package io.promwarden.formats;

import io.promwarden.alertsummary.AlertSummary;
import io.promwarden.coverage.Coverage;
import io.promwarden.coverage.CoverageRatio;
import io.promwarden.storage.StorageHealth;
import io.promwarden.storage.StorageResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was measured, as JSON: coverage, alerts and storage. */
final class MeasuresJson {

    private MeasuresJson() {}

    static void coverage(ArrayNode array, List<Coverage> all) {
        for (Coverage coverage : all) {
            ObjectNode node = array.addObject();
            node.put("cluster", coverage.cluster());
            ratio(node.putObject("total"), CoverageRatio.of(coverage.entries()));
            ObjectNode namespaces = node.putObject("namespaces");
            Map<String, List<Coverage.Entry>> byNamespace = coverage.entries().stream()
                    .collect(Collectors.groupingBy(
                            Coverage.Entry::namespace, TreeMap::new, Collectors.toUnmodifiableList()));
            byNamespace.forEach(
                    (namespace, entries) -> ratio(namespaces.putObject(namespace), CoverageRatio.of(entries)));
            ArrayNode entries = node.putArray("entries");
            coverage.entries().forEach(entry -> entry(entries.addObject(), entry));
            JsonReport.notRun(node.putArray("notRun"), coverage.notRun());
        }
    }

    static void ratio(ObjectNode node, CoverageRatio ratio) {
        node.put("covered", ratio.covered());
        node.put("counted", ratio.counted());
        node.put("idle", ratio.idle());
        node.put("exempt", ratio.exempt());
        node.put("notMeasured", ratio.notMeasured());
        if (ratio.ratio().isPresent()) {
            node.put("ratio", Rounded.number(ratio.ratio().getAsDouble()));
        } else {
            node.putNull("ratio");
        }
    }

    private static void entry(ObjectNode node, Coverage.Entry entry) {
        node.put("namespace", entry.namespace());
        node.put("kind", entry.kind());
        node.put("name", entry.name());
        node.put("state", word(entry.state()));
        ArrayNode by = node.putArray("by");
        entry.by().forEach(one -> by.add(word(one)));
        node.put("scraped", entry.scraped());
        node.put("expected", entry.expected());
        node.put("detail", entry.detail());
    }

    static void alerts(ArrayNode array, List<AlertSummary> all) {
        for (AlertSummary summary : all) {
            ObjectNode node = array.addObject();
            node.put("cluster", summary.cluster());
            node.put("at", summary.at().toString());
            node.put("rules", summary.rules());
            node.put("groups", summary.groups());
            ArrayNode alerts = node.putArray("alerts");
            summary.alerts().forEach(item -> alert(alerts.addObject(), item));
            ArrayNode errors = node.putArray("ruleErrors");
            summary.ruleErrors()
                    .forEach(error -> errors.addObject()
                            .put("group", error.group())
                            .put("rule", error.rule())
                            .put("error", error.error()));
            ArrayNode silences = node.putArray("silences");
            summary.silences().forEach(silence -> silence(silences.addObject(), silence));
            JsonReport.notRun(node.putArray("notRun"), summary.notRun());
        }
    }

    private static void alert(ObjectNode node, AlertSummary.Item item) {
        node.put("name", item.name());
        node.put("state", word(item.state()));
        node.put("severity", item.severity());
        node.put("namespace", item.namespace());
        node.put("activeAt", item.activeAt().toString());
        ObjectNode labels = node.putObject("labels");
        item.labels().byName().forEach(labels::put);
        node.put("silenced", item.silenced().orElse(null));
        node.put("inhibited", item.inhibited().orElse(null));
    }

    private static void silence(ObjectNode node, AlertSummary.SilenceItem silence) {
        node.put("id", silence.id());
        ArrayNode matchers = node.putArray("matchers");
        silence.matchers().forEach(matchers::add);
        node.put("createdBy", silence.createdBy());
        node.put("comment", silence.comment());
        node.put("endsAt", silence.endsAt().toString());
        node.put("holds", silence.holds());
    }

    static void storage(ArrayNode array, List<StorageResult> all) {
        for (StorageResult result : all) {
            ObjectNode node = array.addObject();
            node.put("cluster", result.cluster());
            ArrayNode servers = node.putArray("servers");
            result.servers().forEach(health -> {
                ObjectNode server = servers.addObject();
                health(server, health);
                result.trends().stream()
                        .filter(trend -> trend.server().equals(health.server()))
                        .findFirst()
                        .ifPresent(trend -> TrendJson.trend(server.putObject("trend"), trend));
            });
            JsonReport.notRun(node.putArray("notRun"), result.notRun());
            ArrayNode notes = node.putArray("notes");
            result.notes().forEach(notes::add);
        }
    }

    private static void health(ObjectNode node, StorageHealth health) {
        node.put("owner", health.server().owner());
        node.put("instance", health.server().instance());
        node.put("version", health.version());
        node.put("retention", health.retention());
        node.put("headSeries", boxed(health.headSeries()));
        node.put("headMinTime", health.headMinTime().map(Object::toString).orElse(null));
        node.put("blocks", boxed(health.blocks()));
        node.put("blockBytes", boxed(health.blockBytes()));
        node.put("walBytes", boxed(health.walBytes()));
        node.put("oldestSample", health.oldestSample().map(Object::toString).orElse(null));
        node.put("compactionsFailed", boxed(health.compactionsFailed()));
        node.put("reloadsFailed", boxed(health.reloadsFailed()));
        node.put("walCorruptions", boxed(health.walCorruptions()));
        if (health.samplesPerSecond().isPresent()) {
            node.put(
                    "samplesPerSecond", Rounded.number(health.samplesPerSecond().getAsDouble()));
        } else {
            node.putNull("samplesPerSecond");
        }
        node.put("at", health.at().map(Object::toString).orElse(null));
        if (health.disk().isPresent()) {
            ObjectNode disk = node.putObject("disk");
            disk.put("usedBytes", health.disk().get().usedBytes());
            disk.put("availableBytes", health.disk().get().availableBytes());
            disk.put("peakBytes", boxed(health.disk().get().peakBytes()));
        } else {
            node.putNull("disk");
        }
    }

    static @Nullable Long boxed(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
