package io.promwarden.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.alertmanager.AlertmanagerServer;
import io.promwarden.answer.Answer;
import io.promwarden.http.Authorization;
import io.promwarden.http.DirectExchange;
import io.promwarden.http.Exchange;
import io.promwarden.http.ServerConnection;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.InventorySource;
import io.promwarden.kubernetes.DiscoveredServer;
import io.promwarden.kubernetes.KubernetesCluster;
import io.promwarden.kubernetes.MockCluster;
import io.promwarden.kubernetes.ServerDiscovery;
import io.promwarden.kubernetes.StubServer;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Targets;
import io.promwarden.prometheus.PrometheusServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets planted in every place that they could come from, each with the word CANARY in it, and a whole recording in
 * which none is found; and that what is left is all that the adapters read.
 */
class CaptureCanaryTest {

    private static final Instant AT = Instant.parse("2026-11-22T02:10:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final CapturedServer PROMETHEUS = CapturedServer.reachable(
            CapturedServer.Kind.PROMETHEUS, new ServerId("eu-1", "monitoring/k8s", "prometheus-k8s-0"));
    private static final CapturedServer ALERTMANAGER = CapturedServer.reachable(
            CapturedServer.Kind.ALERTMANAGER, new ServerId("eu-1", "monitoring/main", "alertmanager-main-0"));
    private static final CapturedServer LOCKED =
            CapturedServer.reachable(CapturedServer.Kind.PROMETHEUS, new ServerId("eu-1", "locked", "locked"));

    /** Expressions that a run might ask. */
    private static final String UP = "up{job=\"shop\"}";

    @TempDir
    private Path folder;

    private static String prometheus(StubServer.Request request) {
        return switch (request.path()) {
            case "/api/v1/targets" -> """
                {"status":"success","data":{"activeTargets":[{
                  "discoveredLabels":{"__address__":"u:CANARY-address@10.0.0.1:8080","__scheme__":"http","__metrics_path__":"/metrics?token=CANARY-path",
                    "__param_token":"CANARY-param","__param_target":"https://u:CANARY-target@shop.example/?token=CANARY-target-query",
                    "__meta_kubernetes_namespace":"shop","__meta_kubernetes_pod_name":"cart-5d9c-x7k2p",
                    "__meta_kubernetes_pod_annotation_prometheus_io_path":"/metrics?token=CANARY-meta-path",
                    "__meta_kubernetes_pod_annotation_prometheus_io_scrape":"true",
                    "__meta_kubernetes_service_annotation_vault_token":"CANARY-meta-annotation",
                    "__meta_kubernetes_pod_annotation_kubectl_kubernetes_io_last_applied_configuration":"CANARY-meta-last-applied",
                    "__meta_consul_service_metadata_token":"CANARY-consul","job":"shop"},
                  "labels":{"job":"shop","instance":"https://u:CANARY-instance@shop.example/h?t=CANARY-instance-query","namespace":"shop"},
                  "scrapePool":"serviceMonitor/shop/cart/0","scrapeUrl":"http://u:CANARY-scrape-url@10.0.0.1:8080/metrics?token=CANARY-scrape-query",
                  "globalUrl":"http://u:CANARY-global@h/m?token=CANARY-global-query",
                  "lastError":"Get \\"http://u:CANARY-last-error@10.0.0.1:8080/metrics?token=CANARY-error-query\\": Authorization: Bearer CANARY-error-bearer",
                  "lastScrape":"2026-11-22T02:09:50Z","lastScrapeDuration":0.01,"health":"down","scrapeInterval":"30s","scrapeTimeout":"10s"}],
                 "droppedTargets":[{"discoveredLabels":{"__address__":"10.0.0.9:80","__param_key":"CANARY-dropped","__meta_kubernetes_namespace":"shop"}}]}}""";
            case "/api/v1/rules" -> """
                {"status":"success","data":{"groups":[{"name":"shop","file":"/etc/prometheus/rules/shop.yaml","interval":60,"evaluationTime":0.1,
                  "lastEvaluation":"2026-11-22T02:09:50Z","rules":[{"type":"alerting","name":"Down","query":"up == 0","duration":60,
                  "labels":{"severity":"page"},"annotations":{"url":"https://h/?t=CANARY-rule-annotation","note":"CANARY-rule-note"},
                  "health":"err","lastError":"Post \\"https://u:CANARY-rule-error@h/x?t=CANARY-rule-query\\"","evaluationTime":0.1,"state":"firing",
                  "alerts":[{"labels":{"alertname":"Down"},"annotations":{"a":"CANARY-alert-annotation"},"state":"firing","activeAt":"2026-11-22T02:00:00Z","value":"1"}]}]}]}}""";
            case "/api/v1/status/config" -> """
                {"status":"success","data":{"yaml":"global:\\n  external_labels: {token: CANARY-config-label}\\nscrape_configs:\\n- job_name: pods\\n  basic_auth: {username: CANARY-config-user, password: CANARY-config-password}\\n  authorization: {credentials: CANARY-config-token}\\n  params: {key: [CANARY-config-param]}\\n  proxy_url: http://u:CANARY-config-proxy@p\\n  relabel_configs:\\n  - source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scrape]\\n    action: keep\\n  - target_label: __param_key\\n    replacement: CANARY-config-replacement\\nremote_write:\\n- url: https://h/CANARY-config-remote\\n  headers: {X: CANARY-config-header}\\n"}}""";
            case "/api/v1/status/flags" -> """
                {"status":"success","data":{"web.enable-admin-api":"false","web.external-url":"https://u:CANARY-flag@h/","storage.tsdb.retention.time":"15d","web.config.file":"/CANARY-flag-file"}}""";
            case "/api/v1/status/runtimeinfo" -> """
                {"status":"success","data":{"startTime":"2026-11-20T00:00:00Z","CWD":"/CANARY-cwd","reloadConfigSuccess":true,"corruptionCount":0,"GODEBUG":"CANARY-godebug","storageRetention":"15d"}}""";
            case "/api/v1/status/buildinfo" -> """
                {"status":"success","data":{"version":"2.42.0","revision":"abc","goVersion":"go1.19","buildUser":"CANARY-build-user"}}""";
            case "/api/v1/query" -> request.query().startsWith("query=time") ? """
                          {"status":"success","data":{"resultType":"scalar","result":[1763777400.5,"1763777400.5"]}}""" : """
                          {"status":"success","warnings":["https://u:CANARY-warning@h"],"data":{"resultType":"vector","result":[{"metric":{"job":"shop","instance":"http://u:CANARY-sample@h/?t=CANARY-sample-query"},"value":[1763777400,"1"]}]}}""";
            case "/api/v1/series" -> """
                {"status":"success","data":[{"__name__":"up","job":"shop","url":"https://u:CANARY-series@h/a?t=CANARY-series-query"}]}""";
            case "/metrics" -> """
                # HELP prometheus_tsdb_head_series CANARY-help
                # TYPE prometheus_tsdb_head_series gauge
                prometheus_tsdb_head_series 42
                prometheus_remote_storage_samples_total{remote_name="r",url="https://u:CANARY-metrics@push.example/CANARY-metrics-path?t=CANARY-metrics-query"} 7
                prometheus_notifications_sent_total{alertmanager="http://u:CANARY-notify@am:9093/CANARY-notify-path"} 1
                exporter_secret{token="CANARY-exporter"} 1
                """;
            default -> "CANARY-ready";
        };
    }

    private static String alertmanager(StubServer.Request request) {
        return switch (request.path()) {
            case "/api/v2/status" -> """
                {"cluster":{"name":"CANARY-peer","peers":[{"address":"CANARY-peer-address"}]},
                 "config":{"original":"slack_api_url: https://hooks.example/CANARY-receiver\\nsmtp_auth_password: CANARY-smtp"},
                 "versionInfo":{"version":"0.25.0","buildUser":"CANARY-am-user"},"uptime":"2026-11-20T00:00:00Z"}""";
            case "/api/v2/alerts" -> """
                [{"annotations":{"a":"CANARY-am-annotation"},"generatorURL":"https://h/?t=CANARY-generator","fingerprint":"f1",
                  "labels":{"alertname":"Down","url":"https://u:CANARY-am-label@h/?t=CANARY-am-label-query"},
                  "receivers":[{"name":"mail"}],"startsAt":"2026-11-22T02:00:00Z","endsAt":"2026-11-22T03:00:00Z","updatedAt":"2026-11-22T02:09:00Z",
                  "status":{"state":"active","silencedBy":[],"inhibitedBy":[]}}]""";
            default -> """
                [{"id":"s1","comment":"see https://u:CANARY-comment@h/?t=CANARY-comment-query","createdBy":"jo","startsAt":"2026-11-22T00:00:00Z",
                  "endsAt":"2026-11-23T00:00:00Z","updatedAt":"2026-11-22T00:00:00Z","status":{"state":"active"},
                  "matchers":[{"name":"alertname","value":"Down","isRegex":false,"isEqual":true}]}]""";
        };
    }

    /** All that the adapters can be asked, by name. */
    private static Map<String, Answer<?>> everything(Exchange prometheus, Exchange alertmanager, Exchange locked) {
        PrometheusServer server = new PrometheusServer(PROMETHEUS.id(), prometheus, PATIENCE);
        AlertmanagerServer alerts = new AlertmanagerServer(ALERTMANAGER.id(), alertmanager, PATIENCE);
        Map<String, Answer<?>> all = new TreeMap<>();
        all.put("buildInfo", server.buildInfo());
        all.put("flags", server.flags());
        all.put("runtimeInfo", server.runtimeInfo());
        all.put("ready", server.ready());
        all.put("targets", server.targets());
        all.put("rules", server.ruleGroups());
        all.put("metrics", server.ownMetrics());
        all.put("time", server.time());
        all.put("query", server.query(UP, AT));
        all.put("series", server.series("up", AT.minusSeconds(60), AT));
        all.put("configuration", server.configuration());
        all.put("version", alerts.version());
        all.put("alerts", alerts.alerts());
        all.put("silences", alerts.silences());
        all.put("locked", new PrometheusServer(LOCKED.id(), locked, PATIENCE).targets());
        return all;
    }

    private static DirectExchange direct(StubServer server, String token) {
        return new DirectExchange(
                ServerConnection.to(URI.create(server.url())).with(Authorization.bearer(() -> token)));
    }

    @Test
    void no_secret_gets_into_a_capture_and_all_that_is_read_does() throws IOException {
        Map<String, Answer<?>> recorded;
        ClusterInventory declared;
        List<DiscoveredServer> discovered;
        try (MockCluster cluster = new MockCluster();
                StubServer prometheus = new StubServer(request -> StubServer.json(prometheus(request)));
                StubServer alertmanager = new StubServer(request -> StubServer.json(alertmanager(request)));
                StubServer locked = new StubServer(request -> StubServer.json(401, "CANARY-error-page"));
                KubernetesCluster kubernetes = cluster.open();
                DirectExchange toPrometheus = direct(prometheus, "CANARY-own-token");
                DirectExchange toAlertmanager = direct(alertmanager, "CANARY-own-alert-token");
                DirectExchange toLocked = direct(locked, "CANARY-wrong-token");
                CaptureRecorder recorder = CaptureRecorder.begin(folder.resolve("capture"), AT, "test")
                        .value()
                        .orElseThrow()) {
            cluster.create(resource("/capture/canaries.yaml"));
            // What was planted is there to be found, so that a mock that forgets can't make this test pass.
            assertThat(cluster.raw("/api/v1/pods"))
                    .contains("CANARY-pod-env", "CANARY-pod-args", "CANARY-pod-last-applied", "CANARY-annotation-path");
            assertThat(cluster.raw("/apis/monitoring.coreos.com/v1/prometheuses"))
                    .contains("CANARY-remote-header", "CANARY-remote-path");
            assertThat(cluster.raw("/apis/monitoring.coreos.com/v1/servicemonitors"))
                    .contains("CANARY-monitor-params", "CANARY-monitor-relabeling");
            assertThat(cluster.raw("/api/v1/secrets")).contains("CANARY-secret-value");
            ClusterRecorder eu = recorder.cluster("eu-1");
            InventorySource source = eu.inventory(kubernetes.version(), kubernetes.inventory());
            declared = ClusterInventory.read("eu-1", source);
            discovered = ServerDiscovery.find(declared);
            recorded = everything(
                    eu.exchange(PROMETHEUS, toPrometheus),
                    eu.exchange(ALERTMANAGER, toAlertmanager),
                    eu.exchange(LOCKED, toLocked));
            eu.unreachable(CapturedServer.unreachable(
                    CapturedServer.Kind.ALERTMANAGER,
                    new ServerId("eu-1", "far", "far"),
                    "no answer from https://u:CANARY-reason@far.example/?t=CANARY-reason-query"));
            assertThat(recorder.finish().reason()).isEmpty();
            assertThat(prometheus.asked()).hasSize(11);
            assertThat(alertmanager.asked()).hasSize(3);
        }

        assertThat(discovered).hasSize(2);
        assertThat(canaries(folder.resolve("capture"))).isEmpty();

        ReplayedCluster replay = CaptureReplay.open(folder.resolve("capture"))
                .value()
                .orElseThrow()
                .findCluster("eu-1")
                .orElseThrow();
        assertThat(everything(replay.exchange(PROMETHEUS), replay.exchange(ALERTMANAGER), replay.exchange(LOCKED)))
                .isEqualTo(recorded);
        recorded.remove("locked");
        assertThat(recorded)
                .allSatisfy(
                        (name, answer) -> assertThat(answer.value()).as(name).isPresent());
        assertThat(recorded.toString()).doesNotContain("CANARY");
        ClusterInventory replayed =
                ClusterInventory.read("eu-1", replay.inventory().orElseThrow());
        assertThat(ServerDiscovery.find(replayed)).isEqualTo(discovered);
        assertThat(replayed.serviceMonitors()).isEqualTo(declared.serviceMonitors());
        assertThat(replayed.probes()).isEqualTo(declared.probes());
        assertThat(replayed.pods().value().orElseThrow().all())
                .isEqualTo(declared.pods().value().orElseThrow().all());
        assertThat(replayed.workloads()).isEqualTo(declared.workloads());
    }

    /** What a replay answers is what the server itself would have answered, but for what is a secret. */
    @Test
    void what_is_recorded_reads_like_what_was_answered() {
        try (StubServer prometheus = new StubServer(request -> StubServer.json(prometheus(request)));
                DirectExchange direct = direct(prometheus, "t");
                CaptureRecorder recorder = CaptureRecorder.begin(folder.resolve("capture"), AT, "test")
                        .value()
                        .orElseThrow()) {
            PrometheusServer live = new PrometheusServer(PROMETHEUS.id(), direct, PATIENCE);
            PrometheusServer recording = new PrometheusServer(
                    PROMETHEUS.id(), recorder.cluster("eu-1").exchange(PROMETHEUS, direct), PATIENCE);
            assertThat(recording.buildInfo()).isEqualTo(live.buildInfo());
            assertThat(recording.runtimeInfo()).isEqualTo(live.runtimeInfo());
            assertThat(recording.configuration()).isEqualTo(live.configuration());
            assertThat(recording.time()).isEqualTo(live.time());
            assertThat(recording.ruleGroups()).isEqualTo(live.ruleGroups());
            Targets targets = recording.targets().value().orElseThrow();
            assertThat(targets.active()).singleElement().satisfies(target -> {
                assertThat(target.address()).isEqualTo("10.0.0.1:8080");
                assertThat(target.path()).isEqualTo("/metrics");
                assertThat(target.pod()).isEqualTo("cart-5d9c-x7k2p");
                assertThat(target.lastError()).contains("10.0.0.1:8080/metrics");
                assertThat(target.discovered().value("__param_target")).isEqualTo("https://shop.example/");
            });
            assertThat(targets.dropped()).hasSize(1);
            assertThat(recording.ownMetrics().value().orElseThrow().sum("prometheus_remote_storage_samples_total"))
                    .hasValue(7);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(CaptureCanaryTest.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> canaries(Path capture) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(capture)) {
            for (Path file : files.toList()) {
                String text = file + (Files.isRegularFile(file) ? Files.readString(file) : "");
                String lower = text.toLowerCase(Locale.ROOT);
                for (int at = lower.indexOf("canary"); at >= 0; at = lower.indexOf("canary", at + 1)) {
                    found.add(file.getFileName() + ": " + text.substring(at, Math.min(at + 40, text.length())));
                }
            }
        }
        return found;
    }
}
