package io.promwarden.capture;

import static io.promwarden.capture.Shape.DISCOVERED;
import static io.promwarden.capture.Shape.LABELS;
import static io.promwarden.capture.Shape.TEXT;
import static io.promwarden.capture.Shape.and;
import static io.promwarden.capture.Shape.fields;
import static io.promwarden.capture.Shape.items;
import static io.promwarden.capture.Shape.texts;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which questions a capture may hold the answers of, and which fields of them. This is the whole list: an adapter that
 * reads one more field or asks one more question needs one more line here.
 */
final class AllowList {

    /** Answers that are JSON, by path. */
    private static final Map<String, Shape> JSON = Map.ofEntries(
            Map.entry("/api/v1/targets", prometheus(targets())),
            Map.entry("/api/v1/rules", prometheus(rules())),
            Map.entry("/api/v1/query", prometheus(result())),
            Map.entry("/api/v1/query_range", prometheus(result())),
            Map.entry("/api/v1/series", prometheus(items(LABELS))),
            Map.entry("/api/v1/label/__name__/values", prometheus(items(TEXT))),
            Map.entry(
                    "/api/v1/status/buildinfo",
                    prometheus(fields(texts("application", "version", "revision", "branch", "goVersion")))),
            Map.entry(
                    "/api/v1/status/flags",
                    prometheus(fields(texts(
                            "web.enable-admin-api",
                            "web.enable-lifecycle",
                            "web.listen-address",
                            "web.route-prefix",
                            "storage.tsdb.path",
                            "storage.tsdb.retention",
                            "storage.tsdb.retention.time",
                            "storage.tsdb.retention.size",
                            "storage.tsdb.min-block-duration",
                            "storage.tsdb.max-block-duration",
                            "storage.tsdb.wal-compression",
                            "storage.agent.path",
                            "enable-feature",
                            "query.lookback-delta",
                            "query.timeout",
                            "query.max-samples")))),
            Map.entry(
                    "/api/v1/status/runtimeinfo",
                    prometheus(fields(texts(
                            "startTime",
                            "serverTime",
                            "reloadConfigSuccess",
                            "lastConfigTime",
                            "corruptionCount",
                            "storageRetention")))),
            Map.entry("/api/v1/status/config", prometheus(fields(Map.of("yaml", new Shape.Configuration())))),
            Map.entry("/api/v1/status/tsdb", prometheus(tsdb())),
            Map.entry("/api/v1/status/tsdb/blocks", prometheus(blocks())),
            Map.entry("/api/v2/status", fields(Map.of("versionInfo", fields(texts("version", "revision", "branch"))))),
            Map.entry("/api/v2/alerts", items(routedAlert())),
            Map.entry("/api/v2/silences", items(silence())));

    /** What an error answer says, whoever gave it. */
    static final Shape ERROR = fields(texts("status", "errorType", "error", "code", "message"));

    /** Answers of which the status alone is kept. */
    private static final List<String> STATUS_ONLY = List.of("/-/ready", "/-/healthy");

    /** The one answer that is an exposition. */
    private static final String EXPOSITION = "/metrics";

    /** Of a server's own exposition, metrics whose names begin so. */
    static final List<String> METRICS = List.of(
            "prometheus_agent_",
            "prometheus_build_info",
            "prometheus_config_",
            "prometheus_engine_",
            "prometheus_notifications_",
            "prometheus_ready",
            "prometheus_remote_storage_",
            "prometheus_rule_",
            "prometheus_sd_",
            "prometheus_target_",
            "prometheus_tsdb_",
            "alertmanager_build_info",
            "alertmanager_cluster_",
            "alertmanager_config_",
            "alertmanager_notifications_",
            "go_info",
            "go_goroutines",
            "process_",
            "up");

    /** How the answer to a question is kept. */
    sealed interface Kept {
        record Json(Shape shape) implements Kept {}

        record Exposition() implements Kept {}

        record StatusOnly() implements Kept {}
    }

    private AllowList() {}

    /** Empty if the answers to this path are never recorded. */
    static Optional<Kept> find(String path) {
        if (path.equals(EXPOSITION)) {
            return Optional.of(new Kept.Exposition());
        }
        if (STATUS_ONLY.contains(path)) {
            return Optional.of(new Kept.StatusOnly());
        }
        return Optional.ofNullable(JSON.get(path)).map(Kept.Json::new);
    }

    private static Shape prometheus(Shape data) {
        return fields(and(and(texts("status", "errorType", "error"), "warnings", items(TEXT)), "data", data));
    }

    private static Shape targets() {
        Shape active = fields(and(
                and(
                        texts(
                                "scrapePool",
                                "scrapeUrl",
                                "health",
                                "lastError",
                                "lastScrape",
                                "lastScrapeDuration",
                                "scrapeInterval",
                                "scrapeTimeout"),
                        "labels",
                        LABELS),
                "discoveredLabels",
                DISCOVERED));
        Shape dropped = fields(and(texts("scrapePool"), "discoveredLabels", DISCOVERED));
        return fields(Map.of(
                "activeTargets", items(active),
                "droppedTargets", items(dropped),
                "droppedTargetCounts", new Shape.Values(TEXT)));
    }

    private static Shape rules() {
        Shape alert = fields(and(texts("state", "activeAt", "value", "keepFiringSince"), "labels", LABELS));
        Shape rule = fields(and(
                and(
                        texts(
                                "type",
                                "name",
                                "query",
                                "duration",
                                "keepFiringFor",
                                "state",
                                "health",
                                "lastError",
                                "evaluationTime",
                                "lastEvaluation"),
                        "labels",
                        LABELS),
                "alerts",
                items(alert)));
        Shape group = fields(and(
                texts("name", "file", "interval", "limit", "evaluationTime", "lastEvaluation"), "rules", items(rule)));
        return fields(and(texts("groupNextToken"), "groups", items(group)));
    }

    private static Shape result() {
        Shape series = fields(Map.of("metric", LABELS, "value", items(TEXT), "values", items(items(TEXT))));
        return fields(and(texts("resultType"), "result", items(new Shape.ObjectOr(series, TEXT))));
    }

    private static Shape tsdb() {
        Shape counts = items(fields(texts("name", "value")));
        Shape pairs = items(fields(Map.of("name", new Shape.LabelPair(), "value", TEXT)));
        return fields(Map.of(
                "headStats",
                fields(texts("numSeries", "numLabelPairs", "chunkCount", "minTime", "maxTime")),
                "seriesCountByMetricName",
                counts,
                "seriesCountByLabelValuePair",
                pairs,
                "labelValueCountByLabelName",
                counts,
                "memoryInBytesByLabelName",
                counts));
    }

    private static Shape blocks() {
        Shape block = fields(and(
                and(
                        texts("ulid", "minTime", "maxTime"),
                        "stats",
                        fields(texts("numSamples", "numSeries", "numChunks", "numTombstones"))),
                "compaction",
                fields(texts("level"))));
        return fields(Map.of("blocks", items(block)));
    }

    private static Shape routedAlert() {
        Shape status = fields(and(
                and(and(texts("state"), "silencedBy", items(TEXT)), "inhibitedBy", items(TEXT)),
                "mutedBy",
                items(TEXT)));
        return fields(and(
                and(
                        and(texts("fingerprint", "startsAt", "endsAt", "updatedAt"), "labels", LABELS),
                        "receivers",
                        items(fields(texts("name")))),
                "status",
                status));
    }

    private static Shape silence() {
        return fields(and(
                and(
                        texts("id", "startsAt", "endsAt", "updatedAt", "createdBy", "comment"),
                        "matchers",
                        items(fields(texts("name", "value", "isRegex", "isEqual")))),
                "status",
                fields(texts("state"))));
    }
}
