package io.promwarden.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.label.ParsedSelector;
import io.promwarden.label.SeriesSelector;
import io.promwarden.retention.StillWritten.RuleName;
import io.promwarden.retention.StillWritten.Scraper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DropRuleTest {

    @Test
    void a_rule_drops_what_the_selector_matches_in_the_monitors_endpoint() {
        Prevention prevention = prevention("a_total{path=\"/a.b\",job=~\"x|y\"}", "serviceMonitor/shop/cart/1");
        assertThat(prevention.steps())
                .containsExactly(new Prevention.Step(
                        "ServiceMonitor shop/cart, spec.endpoints[1].metricRelabelings",
                        "- sourceLabels: [__name__, job, path]\n  regex: 'a_total;(?:x|y);/a\\.b'\n  action: drop\n"));
        assertThat(prevention.otherwise()).isEmpty();
    }

    @Test
    void each_kind_of_monitor_has_its_own_place_and_a_plain_job_prometheus_own_spelling() {
        assertThat(where("podMonitor/shop/cart/0"))
                .isEqualTo("PodMonitor shop/cart, spec.podMetricsEndpoints[0].metricRelabelings");
        assertThat(where("probe/shop/cart")).isEqualTo("Probe shop/cart, spec.metricRelabelings");
        assertThat(where("scrapeConfig/shop/cart")).isEqualTo("ScrapeConfig shop/cart, spec.metricRelabelings");
        assertThat(where("kubernetes-pods")).isEqualTo("scrape configuration kubernetes-pods, metric_relabel_configs");
        assertThat(where("serviceMonitor/odd"))
                .isEqualTo("scrape configuration serviceMonitor/odd, metric_relabel_configs");
        assertThat(prevention("a_total", "kubernetes-pods").steps().getFirst().what())
                .isEqualTo("- source_labels: [__name__]\n  regex: 'a_total'\n  action: drop\n");
    }

    @Test
    void names_that_are_left_out_are_said_by_naming_the_others() {
        Prevention prevention = DropRule.prevention(
                selector("{__name__=~\"app_.*\",__name__!~\"app_up|app_x\",job=\"a\"}"),
                List.of("app_b", "app_a"),
                scraped("probe/shop/cart"));
        assertThat(prevention.steps().getFirst().what()).contains("regex: '(?:app_a|app_b);a'");
    }

    @Test
    void where_other_labels_are_left_out_nothing_wider_is_proposed() {
        Prevention prevention = prevention("a_total{job!=\"x\"}", "serviceMonitor/shop/cart/1");
        assertThat(prevention.steps()).isEmpty();
        assertThat(prevention.otherwise()).contains("will come back");
    }

    @Test
    void a_recording_rule_is_to_be_removed() {
        Prevention prevention = DropRule.prevention(
                selector("job:a:rate5m"),
                List.of("job:a:rate5m"),
                new StillWritten(
                        List.of(new Scraper("", "x", 3)),
                        List.of(new RuleName("/etc/rules/a.yaml", "shop", "job:a:rate5m")),
                        Optional.empty()));
        assertThat(prevention.steps())
                .containsExactly(new Prevention.Step(
                        "rule group shop in /etc/rules/a.yaml", "Remove the recording rule job:a:rate5m."));
        assertThat(prevention.otherwise()).isEmpty();
    }

    @Test
    void what_no_target_writes_and_what_is_not_known_is_said_to_come_back_or_not_known() {
        assertThat(prevention("a_total", "").otherwise())
                .contains("will come back")
                .contains("pushes");
        assertThat(DropRule.prevention(selector("a_total"), List.of("a_total"), StillWritten.unknown("timed out"))
                        .otherwise())
                .contains("not known")
                .contains("timed out");
        assertThat(DropRule.prevention(
                                selector("a_total"),
                                List.of("a_total"),
                                new StillWritten(List.of(), List.of(), Optional.empty()))
                        .otherwise())
                .isEqualTo("nothing writes these series any more");
    }

    @Test
    void an_expression_stays_one_yaml_scalar_whatever_it_holds() {
        assertThat(prevention("a_total{x=~\"it's: #\"}", "j").steps().getFirst().what())
                .contains("regex: 'a_total;(?:it''s: #)'\n");
        assertThat(prevention("a_total{x=~\"a\\nb\\\"\"}", "j")
                        .steps()
                        .getFirst()
                        .what())
                .contains("regex: \"a_total;(?:a\\u000ab\\\")\"\n");
    }

    private static String where(String pool) {
        return prevention("a_total", pool).steps().getFirst().where();
    }

    private static Prevention prevention(String selector, String pool) {
        return DropRule.prevention(selector(selector), List.of("a_total"), scraped(pool));
    }

    private static StillWritten scraped(String pool) {
        return new StillWritten(List.of(new Scraper(pool, "x", 3)), List.of(), Optional.empty());
    }

    private static SeriesSelector selector(String text) {
        return ((ParsedSelector.Selected) SeriesSelector.parse(text)).selector();
    }
}
