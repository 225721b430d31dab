package io.promwarden.alertsummary;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.finding.NotRun;
import io.promwarden.testing.written.AnswersFile;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AlertSummariesTest {

    private static final Instant AT = Instant.parse("2026-11-22T02:10:00Z");

    private static final String REPLICAS = """
            prometheus:
              - server: monitoring/k8s prometheus-k8s-0
                groups:
                  - name: cart
                    file: /rules/cart.yaml
                    rules:
                      - {record: cart:rate5m, health: err, error: many-to-many}
                      - alert: CartDown
                        alerts:
                          - {state: pending, since: '2026-11-22T02:05:00Z', labels: {alertname: CartDown, severity: critical, namespace: shop, prometheus_replica: prometheus-k8s-0}}
                      - alert: Watchdog
                        alerts:
                          - {since: '2026-11-01T00:00:00Z', labels: {alertname: Watchdog, severity: none}}
                      - alert: Slow
                        alerts:
                          - {since: '2026-11-21T00:00:00Z', labels: {alertname: Slow, severity: warning, namespace: shop, pod: a}}
                          - {since: '2026-11-20T00:00:00Z', labels: {alertname: Slow, severity: warning, namespace: shop, pod: b}}
              - server: monitoring/k8s prometheus-k8s-1
                groups:
                  - name: cart
                    file: /rules/cart.yaml
                    rules:
                      - {record: cart:rate5m, health: err, error: many-to-many}
                      - alert: CartDown
                        alerts:
                          - {state: firing, since: '2026-11-22T02:04:00Z', labels: {alertname: CartDown, severity: critical, namespace: shop, prometheus_replica: prometheus-k8s-1}}
            """;

    private static final String ALERTMANAGERS = """
            alertmanagers:
              - server: monitoring/main alertmanager-main-0
                alerts:
                  - {fingerprint: f1, labels: {alertname: Slow, severity: warning, namespace: shop, pod: a, prometheus: monitoring/k8s, cluster: prod}, silencedBy: [s1]}
                  - {fingerprint: f2, labels: {alertname: Slow, severity: warning, namespace: shop, pod: b, prometheus: monitoring/k8s, cluster: prod}}
                  - {fingerprint: f3, labels: {alertname: Slow, severity: warning, namespace: shop, pod: b, cluster: staging, x: y, z: y}, silencedBy: [s1]}
                silences:
                  - {id: s1, matchers: ['pod="a"'], until: '2026-11-23T00:00:00Z', by: ana, comment: known}
                  - {id: s2, matchers: ['pod="z"'], state: expired}
              - server: monitoring/main alertmanager-main-1
                alerts:
                  - {fingerprint: f1, labels: {alertname: Slow, severity: warning, namespace: shop, pod: a, prometheus: monitoring/k8s, cluster: prod}}
                  - {fingerprint: f2, labels: {alertname: Slow, severity: warning, namespace: shop, pod: b, prometheus: monitoring/k8s, cluster: prod}, inhibitedBy: [f9]}
                silences:
                  - {id: s1, matchers: ['pod="a"'], until: '2026-11-23T00:00:00Z', by: ana, comment: known}
            """;

    @Test
    void the_same_alert_of_two_replicas_is_one_which_fires_if_it_fires_in_one() {
        AlertSummary summary = summary(REPLICAS);

        assertThat(summary.alerts())
                .extracting(AlertSummary.Item::name, AlertSummary.Item::state, AlertSummary.Item::activeAt)
                .containsExactly(
                        item("CartDown", AlertSummary.State.FIRING, "2026-11-22T02:04:00Z"),
                        item("Slow", AlertSummary.State.FIRING, "2026-11-20T00:00:00Z"),
                        item("Slow", AlertSummary.State.FIRING, "2026-11-21T00:00:00Z"),
                        item("Watchdog", AlertSummary.State.FIRING, "2026-11-01T00:00:00Z"));
        assertThat(summary.ruleErrors())
                .containsExactly(new AlertSummary.RuleError("cart", "cart:rate5m", "many-to-many"));
        assertThat(summary.groups()).isEqualTo(1);
        assertThat(summary.rules()).isEqualTo(4);
    }

    @Test
    void two_prometheus_objects_never_have_the_same_alert() {
        AlertSummary summary = summary(REPLICAS.replace("monitoring/k8s prometheus-k8s-1", "tenant/a prometheus-a-0"));

        assertThat(summary.alerts())
                .filteredOn(item -> item.name().equals("CartDown"))
                .extracting(AlertSummary.Item::state)
                .containsExactly(AlertSummary.State.FIRING, AlertSummary.State.PENDING);
    }

    @Test
    void alertmanagers_of_a_mesh_are_joined_and_external_labels_do_not_hide_an_alert() {
        AlertSummary summary = summary(REPLICAS + ALERTMANAGERS);

        assertThat(summary.alerts())
                .filteredOn(item -> item.name().equals("Slow"))
                .extracting(
                        item -> item.labels().value("pod"), AlertSummary.Item::silenced, AlertSummary.Item::inhibited)
                .containsExactly(
                        item("b", java.util.Optional.of(false), java.util.Optional.of(true)),
                        item("a", java.util.Optional.of(true), java.util.Optional.of(false)));
        assertThat(summary.silences()).singleElement().satisfies(silence -> {
            assertThat(silence.id()).isEqualTo("s1");
            assertThat(silence.holds()).isEqualTo(1);
        });
    }

    @Test
    void without_an_alertmanager_nobody_knows_what_is_silenced() {
        AlertSummary summary = summary(REPLICAS + """
                unreached:
                  alertmanagers: {monitoring/main alertmanager-main-0: "401: unauthorized"}
                """);

        assertThat(summary.alerts()).allMatch(item -> item.silenced().isEmpty());
        assertThat(summary.notRun())
                .containsExactly(new NotRun("prod", "alerts", "prod/alertmanager-main-0: 401: unauthorized"));
    }

    @Test
    void a_server_that_did_not_answer_is_told_and_the_others_count() {
        AlertSummary summary = summary(REPLICAS + "  - {server: main, unknown: {groups: \"503\"}}\n");

        assertThat(summary.notRun()).containsExactly(new NotRun("prod", "alerts", "prod/main: 503"));
        assertThat(summary.alerts()).hasSize(4);
    }

    @Test
    void no_server_at_all_is_not_the_same_as_no_alert() {
        assertThat(summary("{}").notRun()).isNotEmpty();
    }

    private static AlertSummary summary(String answers) {
        AnswersFile file = AnswersFile.parse(answers);
        return AlertSummaries.of("prod", file.metrics(), file.alertmanagers(), AT);
    }

    private static org.assertj.core.groups.Tuple item(String name, AlertSummary.State state, String since) {
        return org.assertj.core.groups.Tuple.tuple(name, state, Instant.parse(since));
    }

    private static org.assertj.core.groups.Tuple item(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }
}
