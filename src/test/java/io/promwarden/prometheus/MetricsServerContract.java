package io.promwarden.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import io.promwarden.label.PromQuote;
import io.promwarden.observation.Alert;
import io.promwarden.observation.Count;
import io.promwarden.observation.HeadStatistics;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.Rule;
import io.promwarden.observation.RuleGroup;
import io.promwarden.observation.Sample;
import io.promwarden.observation.Target;
import io.promwarden.observation.Targets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@link MetricsServer} promises, asked of a real Prometheus and of its recorded answers. */
abstract class MetricsServerContract {

    static final String HOSTILE = "a\"b\\c\nd+e&f{}=~'é";
    static final Instant HISTORY_START = Instant.parse("2026-01-10T00:00:00Z");
    static final Instant HISTORY_END = Instant.parse("2026-01-10T02:00:00Z");

    static final String CONFIGURATION = """
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: [rules.yml]
            scrape_configs:
            - job_name: itself
              metrics_path: /metrics
              static_configs: [{targets: ['127.0.0.1:PORT']}]
              relabel_configs:
              - {target_label: instance, replacement: itself}
            - job_name: gone
              params: {token: [t0ken-in-a-parameter]}
              static_configs:
              - targets: ['127.0.0.1:1']
                labels:
                  __meta_kubernetes_namespace: shop
                  __meta_kubernetes_pod_annotation_secret: s3cret-in-an-annotation
                  __meta_kubernetes_pod_annotation_prometheus_io_scrape: "true"
                  __meta_kubernetes_pod_annotation_prometheus_io_path: "/metrics?token=t0ken-in-a-path"
                  __meta_consul_service_metadata_key: s3cret-of-consul
              relabel_configs:
              - source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scrape]
                regex: "true"
                action: keep
            - job_name: dropped
              static_configs: [{targets: ['127.0.0.1:2'], labels: {__meta_kubernetes_namespace: web}}]
              relabel_configs: [{action: drop}]
            """;

    static final String RULES = """
            groups:
            - name: shop
              interval: 2s
              rules:
              - {alert: Firing, expr: vector(1), labels: {severity: warning}, annotations: {token: s3cret-in-a-rule}}
              - {alert: Pending, expr: vector(1), for: 1h, labels: {severity: page}}
              - {record: "job:up:sum", expr: sum by (job) (up)}
              - record: broken
                expr: label_replace(label_replace(up, "job", "x", "job", ".*"), "instance", "y", "job", ".*")
            """;

    abstract MetricsServer server();

    @Test
    void says_what_it_is() {
        var info = known(server().buildInfo());
        assertThat(info.application()).isEqualTo("prometheus");
        assertThat(info.version()).startsWith("2.");
        assertThat(known(server().ready())).isTrue();
        assertThat(known(server().runtimeInfo())).satisfies(runtime -> {
            assertThat(runtime.reloadConfigSuccess()).isTrue();
            assertThat(runtime.corruptionCount()).isZero();
            assertThat(runtime.storageRetention()).isEqualTo("10y");
            assertThat(runtime.startTime()).isPresent();
        });
        assertThat(known(server().flags()))
                .containsEntry("web.enable-admin-api", "false")
                .containsEntry("storage.tsdb.retention.time", "10y");
    }

    @Test
    void shows_targets_without_what_may_be_secret() {
        Targets targets = known(server().targets());

        Target up = target(targets, "itself");
        assertThat(up.health()).isEqualTo(Target.Health.UP);
        assertThat(up.instance()).isEqualTo("itself");
        assertThat(up.scheme()).isEqualTo("http");
        assertThat(up.address()).startsWith("127.0.0.1:");
        assertThat(up.path()).isEqualTo("/metrics");
        assertThat(up.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(up.lastScrape()).isPresent();
        assertThat(up.lastDuration()).isPositive();

        Target down = target(targets, "gone");
        assertThat(down.health()).isEqualTo(Target.Health.DOWN);
        assertThat(down.lastError()).contains("connection refused");
        assertThat(down.namespace()).isEqualTo("shop");
        assertThat(down.discovered().value("__meta_kubernetes_pod_annotation_prometheus_io_scrape"))
                .isEqualTo("true");
        assertThat(down.discovered().value("__meta_kubernetes_pod_annotation_prometheus_io_path"))
                .isEqualTo("/metrics");

        assertThat(targets.dropped())
                .extracting(labels -> labels.value("__meta_kubernetes_namespace"))
                .containsExactly("web");
        assertThat(targets.toString()).doesNotContain("s3cret").doesNotContain("t0ken");
    }

    @Test
    void shows_rules_with_their_health_and_alerts() {
        List<RuleGroup> groups = known(server().ruleGroups());

        assertThat(groups).hasSize(1);
        RuleGroup shop = groups.get(0);
        assertThat(shop.name()).isEqualTo("shop");
        assertThat(shop.file()).endsWith("rules.yml");
        assertThat(shop.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(shop.lastEvaluation()).isPresent();
        assertThat(shop.rules()).extracting(Rule::name).containsExactly("Firing", "Pending", "job:up:sum", "broken");
        Rule firing = shop.rules().get(0);
        assertThat(firing.kind()).isEqualTo(Rule.Kind.ALERTING);
        assertThat(firing.health()).isEqualTo("ok");
        assertThat(firing.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.state()).isEqualTo(Alert.State.FIRING);
            assertThat(alert.name()).isEqualTo("Firing");
            assertThat(alert.severity()).isEqualTo("warning");
            assertThat(alert.activeAt()).isAfter(HISTORY_END);
        });
        Rule pending = shop.rules().get(1);
        assertThat(pending.holdFor()).isEqualTo(Duration.ofHours(1));
        assertThat(pending.alerts()).extracting(Alert::state).containsExactly(Alert.State.PENDING);
        assertThat(shop.rules().get(2).kind()).isEqualTo(Rule.Kind.RECORDING);
        Rule broken = shop.rules().get(3);
        assertThat(broken.health()).isEqualTo("err");
        assertThat(broken.lastError()).isNotBlank();
        assertThat(groups.toString()).doesNotContain("s3cret");
    }

    @Test
    void answers_a_query_with_a_hostile_label_value() {
        String selector = "orders_total{shop=" + PromQuote.quote(HOSTILE) + "}";

        assertThat(known(server().query(selector, HISTORY_END)))
                .containsExactly(new Sample(Labels.of(Map.of("__name__", "orders_total", "shop", HOSTILE)), 120));
        assertThat(known(server().query("count_over_time(" + selector + "[3h])", HISTORY_END)))
                .extracting(Sample::value)
                .containsExactly(121.0);
        assertThat(known(server().series(selector, HISTORY_START, HISTORY_END)))
                .containsExactly(Labels.of(Map.of("__name__", "orders_total", "shop", HOSTILE)));
    }

    @Test
    void names_the_metrics_of_a_range() {
        assertThat(known(server().metricNames(HISTORY_START, HISTORY_END)))
                .contains("orders_total")
                .isSorted();
    }

    @Test
    void tells_none_from_could_not_look() {
        assertThat(known(server().query("no_such_metric", HISTORY_END))).isEmpty();
        assertThat(known(server().series("no_such_metric", HISTORY_START, HISTORY_END)))
                .isEmpty();
        assertThat(server().query("up{", HISTORY_END).reason())
                .hasValueSatisfying(reason ->
                        assertThat(reason).startsWith("400: bad_data:").contains("parse error"));
        assertThat(server().series("{}", HISTORY_START, HISTORY_END).reason())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("400: bad_data:"));
        assertThat(server().query("orders_total[5m]", HISTORY_END).reason())
                .contains("the expression gives no vector and no scalar but matrix");
    }

    @Test
    void reads_values_that_are_no_ordinary_numbers() {
        assertThat(known(server().query("vector(0) / 0", HISTORY_END)).get(0).value())
                .isNaN();
        assertThat(known(server().query("vector(-1) / 0", HISTORY_END)))
                .containsExactly(new Sample(Labels.EMPTY, Double.NEGATIVE_INFINITY));
        assertThat(known(server().query("9223372036854775807", HISTORY_END)))
                .containsExactly(new Sample(Labels.EMPTY, 9.223372036854776E18));
    }

    @Test
    void reads_the_servers_own_metrics() {
        var metrics = known(server().ownMetrics());

        assertThat(metrics.sum("prometheus_tsdb_blocks_loaded").orElse(-1)).isEqualTo(1);
        assertThat(metrics.sum("prometheus_tsdb_lowest_timestamp_seconds").orElse(-1))
                .isEqualTo((double) HISTORY_START.getEpochSecond());
        assertThat(metrics.value("prometheus_build_info", "branch", "none such"))
                .isEmpty();
        assertThat(metrics.samples("prometheus_http_request_duration_seconds_bucket"))
                .isNotEmpty();
    }

    @Test
    void reads_the_jobs_of_the_configuration() {
        var configuration = known(server().configuration());

        assertThat(configuration.jobs()).containsExactlyInAnyOrder("itself", "gone", "dropped");
        assertThat(configuration.annotationJobs()).containsExactly("gone");
    }

    @Test
    void tells_what_the_head_holds_and_what_most_of_it_is() {
        HeadStatistics head = known(server().headStatistics());

        assertThat(head.series()).isPositive();
        assertThat(head.labelPairs()).isPositive();
        assertThat(head.chunks()).isPositive();
        assertThat(head.minTime())
                .hasValueSatisfying(minTime -> assertThat(minTime).isAfter(HISTORY_END));
        assertThat(head.maxTime()).isPresent();
        assertThat(head.seriesByMetric())
                .hasSize(10)
                .contains(new Count("prometheus_tsdb_compaction_duration_seconds_bucket", 15));
        assertThat(head.seriesByLabelPair()).extracting(Count::name).contains("job=itself");
        assertThat(head.valuesByLabel()).extracting(Count::name).contains("__name__", "le");
        assertThat(head.memoryByLabel()).isNotEmpty();
    }

    @Test
    void an_older_version_says_that_it_does_not_list_its_blocks() {
        assertThat(server().blocks().reason())
                .contains("this version does not list its blocks: Prometheus does from 3.6 on");
    }

    @Test
    void tells_the_time() {
        assertThat(known(server().time())).isAfter(HISTORY_END);
    }

    static <T> T known(Answer<T> answer) {
        return answer.value().orElseThrow(() -> new AssertionError(answer.toString()));
    }

    private static Target target(Targets targets, String job) {
        return targets.active().stream()
                .filter(target -> target.scrapePool().equals(job))
                .findFirst()
                .orElseThrow();
    }
}
