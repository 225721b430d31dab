package io.promwarden.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.label.Labels;
import io.promwarden.label.ParsedSelector;
import io.promwarden.label.SeriesSelector;
import io.promwarden.relabel.NameScheme;
import io.promwarden.relabel.RelabelRule;
import io.promwarden.relabel.Relabeled;
import io.promwarden.relabel.Relabeling;
import io.promwarden.retention.StillWritten.RuleName;
import io.promwarden.retention.StillWritten.Scraper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    void values_that_may_hold_the_separator_are_held_against_one_matcher_each() {
        assertThat(prevention("a_total{job=~\"x.*\"}", "j").steps().getFirst().what())
                .isEqualTo("""
                        - regex: '__tmp_promwarden'
                          action: labeldrop
                        - source_labels: [__name__]
                          regex: 'a_total'
                          target_label: __tmp_promwarden
                          replacement: matched-1
                          action: replace
                        - source_labels: [__tmp_promwarden, job]
                          regex: 'matched-1;(?:x.*)'
                          action: drop
                        - regex: '__tmp_promwarden'
                          action: labeldrop
                        """);
    }

    @Test
    void the_rules_drop_exactly_what_the_selector_selects_whatever_values_hold() {
        List<String> values =
                List.of("", "x", "x1", "x;q", "x1;q;/a", ";", "q;/a", "/a", "b", "matched-1", "matched-1;x");
        for (String text : List.of(
                "a_total{job=\"x\",path=\"/a\"}",
                "a_total{job=~\"x.*\",path=\"/a\"}",
                "a_total{job=~\"x.*\",path=~\"/a|b\"}",
                "a_total{job=~\"x|b\",path=\"q;/a\"}",
                "a_total{job=\"x\",path=~\".*\"}",
                "a_total{job=\"\",path=~\"|b\"}",
                "{__name__=~\"a.*\",job=\"x\"}")) {
            CompiledSelector selector = ((SelectorRule.Allowed) SelectorRule.read(text)).selector();
            Relabeling rules =
                    relabeling(prevention(text, "j").steps().getFirst().what());
            for (String name : List.of("a_total", "b_total", "a_total;x")) {
                for (String job : values) {
                    for (String path : values) {
                        for (String mark : List.of("", "matched-1", "matched-2;x")) {
                            Labels labels = labels(name, job, path, mark);
                            assertThat(rules.apply(labels) instanceof Relabeled.Dropped)
                                    .as(text + " " + labels)
                                    .isEqualTo(selector.matches(labels));
                        }
                    }
                }
            }
        }
    }

    private static Labels labels(String name, String job, String path, String mark) {
        Map<String, String> labels =
                new HashMap<>(Map.of("__name__", name, "job", job, "path", path, "__tmp_promwarden", mark));
        labels.values().removeIf(String::isEmpty);
        return Labels.of(labels);
    }

    /** Reads what was printed; every value stands on a line of its own. */
    private static Relabeling relabeling(String yaml) {
        List<RelabelRule> rules = new ArrayList<>();
        for (String entry : yaml.split("(?m)^- ", -1)) {
            if (!entry.isEmpty()) {
                String[] sources = field(entry, "source_labels")
                        .map(list -> list.substring(1, list.length() - 1).split(", ", -1))
                        .orElse(new String[0]);
                rules.add(RelabelRule.of(
                                field(entry, "action").orElse(""),
                                List.of(sources),
                                Optional.empty(),
                                field(entry, "regex").map(quoted -> quoted.substring(1, quoted.length() - 1)),
                                field(entry, "target_label").orElse(""),
                                0,
                                field(entry, "replacement"))
                        .value()
                        .orElseThrow());
            }
        }
        return new Relabeling(rules, NameScheme.UTF8);
    }

    private static Optional<String> field(String entry, String name) {
        return entry.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst();
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
                .contains("regex: 'matched-1;(?:it''s: #)'\n");
        assertThat(prevention("a_total{x=~\"a\\nb\\\"\"}", "j")
                        .steps()
                        .getFirst()
                        .what())
                .contains("regex: \"matched-1;(?:a\\u000ab\\\")\"\n");
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
