package io.promwarden.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.label.Labels;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http_requests_total",
                "http_requests_total{job=\"api\"}",
                "{__name__=\"http_requests_total\"}",
                "{__name__=~\"http_.+\",code=~\"5..\"}",
                "{__name__=~\"(go|process)_.*\"}",
                "{__name__=~\".*_bucket\"}",
                "{__name__=~\"job:.*\"}",
                "{__name__=~\"node_.*\",__name__!=\"node_load1\"}",
                "{__name__=\"a_total\",__name__=~\".*\"}",
                "up",
                "ALERTS{alertstate=\"pending\"}",
                "scrape_samples_scraped",
            })
    void a_named_metric_is_allowed(String match) {
        assertThat(SelectorRule.judge(match)).isInstanceOf(SelectorRule.Allowed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{job=\"api\"}",
                "{foo!=\"bar\"}",
                "{__name__!=\"up\"}",
                "{__name__!~\"up|ALERTS\"}",
                "{__name__=\"\"}",
                "{__name__=\"\",job=\"x\"}",
                "{__name__=~\"\"}",
            })
    void a_selector_that_names_no_metric_is_refused(String match) {
        assertThat(code(match)).isEqualTo("selector-without-metric");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".*",
                ".+",
                "(.*)",
                ".+|x",
                "x|",
                "(http_.*)?",
                "(?s).*",
                "(?i)[a-z_]+",
                "[a-zA-Z_:][a-zA-Z0-9_:]*",
                "\\\\w+",
                "[^u].*",
                "..+",
                ".{3,}",
                ".{40,}",
                "[a-z]{2,5}",
                "[a-z]{9}",
                ".*_.*",
                ".*:.*",
                ".*[0-9].*",
                "a.*",
                ".*e.*",
                ".*s",
                "[a-z]+_[a-z_]+",
                "http_.*|.*",
                "^.*$",
            })
    void an_expression_that_matches_nothing_or_made_up_names_is_refused(String expression) {
        assertThat(code("{__name__=~\"" + expression + "\"}")).isEqualTo("selector-too-broad");
        assertThat(code("{__name__=~\"" + expression + "\",__name__!=\"up\",job=\"x\"}"))
                .isEqualTo("selector-too-broad");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALERTS.*",
                "ALERTS_FOR_STATE",
                "up",
                "up|foo_total",
                "scrape_.*",
                "scrape_samples.*",
                ".*_scraped",
                ".*_duration_seconds",
                "(?i)alerts",
            })
    void an_expression_never_takes_what_prometheus_writes_itself(String expression) {
        assertThat(code("{__name__=~\"" + expression + "\"}")).isIn("reserved-name", "selector-too-broad");
    }

    @Test
    void reserved_names_may_be_excluded_from_an_expression() {
        assertThat(SelectorRule.judge("{__name__=~\".*_duration_seconds\",__name__!~\"scrape_.*\"}"))
                .isInstanceOf(SelectorRule.Allowed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a{", "sum(a)", "a[5m]", "a{b=~\"(\"}", "{__name__=~\"a)|(b\"}", "a{b!~\"[\"}"})
    void what_cannot_be_read_is_refused(String match) {
        assertThat(code(match)).isEqualTo("selector-unreadable");
    }

    @Test
    void a_compiled_selector_matches_as_prometheus_does() {
        CompiledSelector selector = allowed("a{job=\"x\",pod=~\"p-.+\",zone!=\"eu\",path!~\"/internal.*\"}");

        assertThat(selector.matches(labels("a", "x", "p-1", "us", "/"))).isTrue();
        assertThat(selector.matches(labels("a", "x", "p-1", "", ""))).isTrue();
        assertThat(selector.matches(labels("b", "x", "p-1", "us", "/"))).isFalse();
        assertThat(selector.matches(labels("a", "xx", "p-1", "us", "/"))).isFalse();
        assertThat(selector.matches(labels("a", "x", "app-1", "us", "/"))).isFalse();
        assertThat(selector.matches(labels("a", "x", "p-", "us", "/"))).isFalse();
        assertThat(selector.matches(labels("a", "x", "p-1", "eu", "/"))).isFalse();
        assertThat(selector.matches(labels("a", "x", "p-1", "us", "/internal/x")))
                .isFalse();
    }

    private static Labels labels(String metric, String job, String pod, String zone, String path) {
        return Labels.of(Map.of("__name__", metric, "job", job, "pod", pod, "zone", zone, "path", path));
    }

    private static CompiledSelector allowed(String match) {
        return ((SelectorRule.Allowed) SelectorRule.judge(match)).selector();
    }

    private static String code(String match) {
        assertThat(SelectorRule.judge(match)).as(match).isInstanceOf(SelectorRule.Refused.class);
        Refusal refusal = ((SelectorRule.Refused) SelectorRule.judge(match)).refusal();
        assertThat(refusal.remedy()).isNotBlank();
        return refusal.code();
    }
}
