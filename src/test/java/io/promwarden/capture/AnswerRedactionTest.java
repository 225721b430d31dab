package io.promwarden.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpQuestion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AnswerRedactionTest {

    private static String kept(String path, int status, String body) {
        HttpAnswer answer = new AnswerRedaction(new JsonMapper())
                .redact(
                        HttpQuestion.get(path, Duration.ofSeconds(1)),
                        new HttpAnswer.Received(status, "application/json", body.getBytes(StandardCharsets.UTF_8)));
        return ((HttpAnswer.Received) answer).text();
    }

    @Test
    void a_target_keeps_what_checks_read_and_loses_parameters_annotations_and_credentials() {
        assertThat(kept("/api/v1/targets", 200, """
                                {"status":"success","data":{"activeTargets":[{
                                  "discoveredLabels":{"__address__":"u:pw@10.0.0.1:80","__param_token":"t0ken","__metrics_path__":"/m?key=1",
                                    "__meta_kubernetes_pod_name":"cart-1","__meta_kubernetes_pod_label_app":"cart",
                                    "__meta_kubernetes_pod_annotation_prometheus_io_scrape":"true",
                                    "__meta_kubernetes_pod_annotation_prometheus_io_path":"/m?key=1",
                                    "__meta_kubernetes_pod_annotationpresent_prometheus_io_scrape":"true",
                                    "__meta_kubernetes_pod_annotation_kubectl_kubernetes_io_last_applied_configuration":"{}",
                                    "__meta_consul_tags":",secret,","job":"x"},
                                  "labels":{"job":"x","instance":"https://u:pw@shop.example/health?token=1"},
                                  "scrapePool":"p","scrapeUrl":"http://u:pw@10.0.0.1:80/m?token=1","globalUrl":"http://gone",
                                  "lastError":"Get \\"http://u:pw@h/m?token=1\\": EOF","health":"down","lastScrapeDuration":0.0035}],
                                 "droppedTargets":[{"discoveredLabels":{"job":"y","__meta_kubernetes_namespace":"shop"}}]}}"""))
                .isEqualTo(
                        "{\"status\":\"success\",\"data\":{\"activeTargets\":[{"
                                + "\"discoveredLabels\":{\"__address__\":\"10.0.0.1:80\",\"__param_token\":\"[redacted]\",\"__metrics_path__\":\"/m\","
                                + "\"__meta_kubernetes_pod_name\":\"cart-1\",\"__meta_kubernetes_pod_label_app\":\"cart\","
                                + "\"__meta_kubernetes_pod_annotation_prometheus_io_scrape\":\"true\","
                                + "\"__meta_kubernetes_pod_annotation_prometheus_io_path\":\"/m\","
                                + "\"__meta_kubernetes_pod_annotationpresent_prometheus_io_scrape\":\"true\",\"job\":\"x\"},"
                                + "\"labels\":{\"job\":\"x\",\"instance\":\"https://shop.example/health\"},"
                                + "\"scrapePool\":\"p\",\"scrapeUrl\":\"http://10.0.0.1:80/m\","
                                + "\"lastError\":\"Get \\\"http://h/m\\\": EOF\",\"health\":\"down\",\"lastScrapeDuration\":0.0035}],"
                                + "\"droppedTargets\":[{\"discoveredLabels\":{\"job\":\"y\",\"__meta_kubernetes_namespace\":\"shop\"}}]}}");
    }

    @Test
    void a_configuration_is_reduced_to_jobs_labels_that_relabeling_reads_storage_and_a_fingerprint_of_the_whole() {
        String kept = kept("/api/v1/status/config", 200, """
                {"status":"success","data":{"yaml":"global: {external_labels: {a: b}}\\nscrape_configs:\\n- job_name: pods\\n  basic_auth: {username: u, password: hunter2}\\n  relabel_configs:\\n  - source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scrape]\\n    regex: 'true'\\n    action: keep\\n- job_name: static\\nstorage:\\n  tsdb: {out_of_order_time_window: 30m, retention: {time: 30d}}\\n  exemplars: {max_exemplars: 7}\\nremote_write:\\n- url: https://h/push?t=1\\n"}}""");
        assertThat(kept)
                .isEqualTo(
                        "{\"status\":\"success\",\"data\":{\"yaml\":\""
                                + "# fingerprint of the whole but its external labels: a81caa4870aa2194\\n"
                                + "scrape_configs:\\n- job_name: pods\\n"
                                + "  relabel_configs:\\n  - source_labels:\\n"
                                + "    - __meta_kubernetes_pod_annotation_prometheus_io_scrape\\n- job_name: static\\n"
                                + "storage:\\n  tsdb:\\n    out_of_order_time_window: 30m\\n    retention:\\n      time: 30d\\n\"}}");
    }

    @Test
    void what_a_head_holds_is_kept_and_a_label_pair_is_treated_like_a_label() {
        assertThat(kept("/api/v1/status/tsdb", 200, """
                                {"status":"success","data":{"headStats":{"numSeries":3,"minTime":1,"secret":"x"},
                                 "seriesCountByLabelValuePair":[{"name":"job=a=b","value":2},
                                   {"name":"instance=https://u:pw@shop.example/health?token=1","value":1},{"name":"odd","value":1}],
                                 "labelValueCountByLabelName":[{"name":"job","value":1}],
                                 "memoryInBytesByLabelName":[{"name":"job","value":10}],"other":[1]}}"""))
                .isEqualTo("{\"status\":\"success\",\"data\":{\"headStats\":{\"numSeries\":3,\"minTime\":1},"
                        + "\"seriesCountByLabelValuePair\":[{\"name\":\"job=a=b\",\"value\":2},"
                        + "{\"name\":\"instance=https://shop.example/health\",\"value\":1},{\"name\":null,\"value\":1}],"
                        + "\"labelValueCountByLabelName\":[{\"name\":\"job\",\"value\":1}],"
                        + "\"memoryInBytesByLabelName\":[{\"name\":\"job\",\"value\":10}]}}");
    }

    @Test
    void of_blocks_the_names_times_and_sizes_are_kept() {
        assertThat(kept("/api/v1/status/tsdb/blocks", 200, """
                                {"status":"success","data":{"blocks":[{"ulid":"01A","minTime":1,"maxTime":2,"version":1,
                                 "stats":{"numSamples":3,"numTombstones":4},"compaction":{"level":1,"sources":["01A"]}}]}}"""))
                .isEqualTo(
                        "{\"status\":\"success\",\"data\":{\"blocks\":[{\"ulid\":\"01A\",\"minTime\":1,\"maxTime\":2,"
                                + "\"stats\":{\"numSamples\":3,\"numTombstones\":4},\"compaction\":{\"level\":1}}]}}");
    }

    @Test
    void a_configuration_that_is_no_yaml_is_not_kept_at_all() {
        assertThat(kept("/api/v1/status/config", 200, "{\"data\":{\"yaml\":\"a: b: c: hunter2\"}}"))
                .isEqualTo("{\"data\":{\"yaml\":\"\"}}");
    }

    @Test
    void only_flags_with_a_known_harmless_meaning_are_kept() {
        assertThat(kept("/api/v1/status/flags", 200, """
                                {"status":"success","data":{"web.enable-admin-api":"true","web.external-url":"https://u:pw@h/","storage.tsdb.path":"/prometheus"}}"""))
                .isEqualTo(
                        "{\"status\":\"success\",\"data\":{\"web.enable-admin-api\":\"true\",\"storage.tsdb.path\":\"/prometheus\"}}");
    }

    @Test
    void of_an_alertmanagers_status_the_version_is_kept_alone() {
        assertThat(kept("/api/v2/status", 200, """
                                {"config":{"original":"slack_api_url: https://hooks.example/T0/hunter2"},
                                 "cluster":{"name":"x"},"uptime":"2026-11-22T00:00:00Z","versionInfo":{"version":"0.25.0","buildUser":"root"}}""")).isEqualTo("{\"versionInfo\":{\"version\":\"0.25.0\"}}");
    }

    @Test
    void of_an_alert_the_annotations_and_the_generator_are_dropped() {
        assertThat(kept("/api/v2/alerts", 200, """
                                [{"annotations":{"runbook":"hunter2"},"generatorURL":"http://p/graph?g0","fingerprint":"f1",
                                  "labels":{"alertname":"A"},"receivers":[{"name":"mail"}],"startsAt":"2026-11-22T00:00:00Z",
                                  "status":{"state":"suppressed","silencedBy":["s1"],"inhibitedBy":[]}}]"""))
                .isEqualTo(
                        "[{\"fingerprint\":\"f1\",\"labels\":{\"alertname\":\"A\"},\"receivers\":[{\"name\":\"mail\"}],"
                                + "\"startsAt\":\"2026-11-22T00:00:00Z\","
                                + "\"status\":{\"state\":\"suppressed\",\"silencedBy\":[\"s1\"],\"inhibitedBy\":[]}}]");
    }

    @Test
    void an_exposition_keeps_known_metrics_and_loses_the_path_of_remote_write() {
        assertThat(kept("/metrics", 200, """
                                # HELP prometheus_tsdb_head_series Total number of series in the head block.
                                # TYPE prometheus_tsdb_head_series gauge
                                prometheus_tsdb_head_series 42
                                prometheus_remote_storage_samples_total{remote_name="r",url="https://u:pw@push.example/api/hunter2/push?t=1"} 7
                                application_secret{token="hunter2"} 1
                                process_start_time_seconds 1.7e+09
                                """)).isEqualTo("""
                        # TYPE prometheus_tsdb_head_series gauge
                        prometheus_tsdb_head_series 42
                        prometheus_remote_storage_samples_total{remote_name="r",url="https://push.example"} 7
                        process_start_time_seconds 1.7e+09
                        """);
    }

    @Test
    void an_error_keeps_its_kind_and_text_and_a_page_that_is_no_json_is_dropped() {
        assertThat(kept(
                        "/api/v1/query",
                        422,
                        "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"bad\",\"x\":1}"))
                .isEqualTo("{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"bad\"}");
        assertThat(kept("/api/v1/query", 200, "<html>hunter2</html>")).isEmpty();
        assertThat(kept("/metrics", 401, "hunter2")).isEmpty();
        assertThat(kept("/-/ready", 200, "hunter2")).isEmpty();
    }

    @Test
    void half_an_answer_is_no_answer() {
        assertThat(kept("/api/v1/series", 200, "{\"status\":\"success\",\"data\":[{\"a\":\"b\"}"))
                .isEmpty();
    }

    @Test
    void a_field_of_an_unexpected_sort_is_dropped_rather_than_kept() {
        assertThat(kept(
                        "/api/v1/status/buildinfo",
                        200,
                        "{\"data\":{\"version\":{\"hidden\":\"hunter2\"},\"revision\":[\"hunter2\"]}}"))
                .isEqualTo("{\"data\":{\"version\":null,\"revision\":null}}");
        assertThat(kept("/api/v1/series", 200, "{\"data\":[{\"a\":{\"b\":\"hunter2\"}},\"hunter2\"]}"))
                .isEqualTo("{\"data\":[{},null]}");
    }
}
