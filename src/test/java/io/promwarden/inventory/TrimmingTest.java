package io.promwarden.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NullMarked
class TrimmingTest {

    private static RawObject trimmed(ObjectKind kind, Map<String, @Nullable Object> tree) {
        return Trimming.trim(kind, RawObject.of(tree));
    }

    @Test
    void a_pod_loses_environment_arguments_annotations_and_everything_else_unnamed() {
        RawObject pod = trimmed(
                ObjectKind.POD,
                Map.of(
                        "metadata",
                        Map.of(
                                "name",
                                "cart-1",
                                "namespace",
                                "shop",
                                "uid",
                                "u-1",
                                "labels",
                                Map.of("app", "cart"),
                                "annotations",
                                Map.of(
                                        "prometheus.io/path", "/metrics?token=hunter2",
                                        "kubectl.kubernetes.io/last-applied-configuration", "hunter2"),
                                "managedFields",
                                List.of("hunter2")),
                        "spec",
                        Map.of(
                                "nodeName",
                                "node-1",
                                "containers",
                                List.of(Map.of(
                                        "name", "cart",
                                        "image", "shop/cart:1",
                                        "env", List.of(Map.of("name", "PASSWORD", "value", "hunter2")),
                                        "args", List.of("--password=hunter2"),
                                        "command", List.of("hunter2"))))));
        assertThat(pod.tree().toString()).doesNotContain("hunter2", "uid");
        assertThat(pod.annotations()).containsExactly(Map.entry("prometheus.io/path", "/metrics"));
        assertThat(Pod.of(pod).containers()).containsExactly(new Container("cart", "shop/cart:1", List.of()));
    }

    @Test
    void a_prometheus_keeps_what_tells_it_from_one_of_the_same_name_elsewhere() {
        RawObject prometheus = trimmed(
                ObjectKind.PROMETHEUS,
                Map.of("metadata", Map.of("name", "k8s", "namespace", "monitoring", "uid", "u-1")));
        assertThat(prometheus.text("metadata", "uid")).contains("u-1");
    }

    @Test
    void a_template_loses_the_annotations_that_nobody_reads() {
        RawObject deployment = trimmed(
                ObjectKind.DEPLOYMENT,
                Map.of(
                        "metadata", Map.of("name", "cart", "namespace", "shop"),
                        "spec",
                                Map.of(
                                        "template",
                                        Map.of(
                                                "metadata",
                                                Map.of(
                                                        "annotations",
                                                        Map.of(
                                                                "vault/token",
                                                                "hunter2",
                                                                "prometheus.io/scrape",
                                                                "true")),
                                                "spec",
                                                Map.of(
                                                        "containers",
                                                        List.of(Map.of("name", "c", "env", List.of("hunter2"))))))));
        assertThat(deployment.tree().toString()).doesNotContain("hunter2");
        assertThat(Workload.of(deployment).podAnnotations()).containsExactly(Map.entry("prometheus.io/scrape", "true"));
    }

    @Test
    void a_monitor_keeps_its_keys_and_loses_parameters_headers_and_credentials_in_urls() {
        RawObject monitor = trimmed(
                ObjectKind.SERVICE_MONITOR,
                Map.of(
                        "metadata", Map.of("name", "cart", "namespace", "shop"),
                        "spec",
                                Map.of(
                                        "selector", Map.of(),
                                        "endpoints",
                                                List.of(Map.of(
                                                        "port",
                                                        "http",
                                                        "path",
                                                        "/metrics?key=hunter2",
                                                        "params",
                                                        Map.of("token", List.of("hunter2")),
                                                        "proxyUrl",
                                                        "http://u:hunter2@proxy:3128",
                                                        "oauth2",
                                                        Map.of("endpointParams", Map.of("p", "hunter2")),
                                                        "basicAuth",
                                                        Map.of("password", Map.of("name", "cart", "key", "pw")),
                                                        "relabelings",
                                                        List.of(Map.of(
                                                                "targetLabel",
                                                                "__param_token",
                                                                "replacement",
                                                                "hunter2")))))));
        assertThat(monitor.tree().toString()).doesNotContain("hunter2");
        RawObject endpoint =
                Monitor.of(ObjectKind.SERVICE_MONITOR, monitor).endpoints().getFirst();
        assertThat(endpoint.text("path")).contains("/metrics");
        assertThat(endpoint.text("proxyUrl")).contains("http://proxy:3128");
        assertThat(endpoint.has("params", "token")).isTrue();
        assertThat(endpoint.text("basicAuth", "password", "name")).contains("cart");
        assertThat(monitor.has("spec", "selector")).isTrue();
    }

    @Test
    void a_header_for_a_proxy_keeps_what_selects_it_and_parameters_keep_their_shape() {
        RawObject monitor = trimmed(
                ObjectKind.SERVICE_MONITOR,
                Map.of(
                        "metadata", Map.of("name", "cart", "namespace", "shop"),
                        "spec",
                                Map.of(
                                        "endpoints",
                                        List.of(Map.of(
                                                "params",
                                                Map.of("key", List.of("hunter2"), "name", List.of("hunter2")),
                                                "proxyConnectHeader",
                                                Map.of(
                                                        "X-Sound",
                                                        List.of(Map.of("name", "proxy", "key", "token")),
                                                        "X-Odd",
                                                        List.of("hunter2", Map.of("value", "hunter2"))))))));
        assertThat(monitor.tree().toString())
                .doesNotContain("hunter2")
                .contains("=proxy", "=token", "key=[[redacted]]");
    }

    @Test
    void nil_and_empty_stay_different() {
        Map<String, @Nullable Object> spec = new LinkedHashMap<>();
        spec.put("serviceMonitorSelector", Map.of());
        spec.put("podMonitorSelector", null);
        spec.put("web", Map.of("tlsConfig", Map.of("cert", Map.of("secret", "hidden"))));
        spec.put("thanos", Map.of());
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("metadata", Map.of("name", "k8s", "namespace", "monitoring"));
        tree.put("spec", spec);
        PrometheusObject prometheus = PrometheusObject.of(ObjectKind.PROMETHEUS, trimmed(ObjectKind.PROMETHEUS, tree));
        assertThat(prometheus.monitorSelector(ObjectKind.SERVICE_MONITOR))
                .hasValueSatisfying(selector -> assertThat(selector.isEmpty()).isTrue());
        assertThat(prometheus.monitorSelector(ObjectKind.POD_MONITOR)).isEmpty();
        assertThat(prometheus.monitorSelector(ObjectKind.PROBE)).isEmpty();
        assertThat(prometheus.servesTls()).isTrue();
        assertThat(prometheus.thanosSidecar()).isTrue();
    }

    @Test
    void the_object_that_was_given_is_left_as_it_was() {
        List<@Nullable Object> containers = new ArrayList<>(List.of(Map.of("name", "c", "env", List.of("x"))));
        Map<String, @Nullable Object> tree =
                new LinkedHashMap<>(Map.of("metadata", Map.of("name", "p"), "spec", Map.of("containers", containers)));
        String before = tree.toString();
        trimmed(ObjectKind.POD, tree);
        assertThat(tree).hasToString(before);
    }

    @ParameterizedTest
    @EnumSource(ObjectKind.class)
    void trimming_twice_is_trimming_once_and_odd_shapes_do_no_harm(ObjectKind kind) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("metadata", Map.of("name", "x", "labels", Map.of("n", 1), "annotations", List.of("a")));
        tree.put(
                "spec",
                Map.of(
                        "ports", "none",
                        "containers", List.of("text", List.of(), Map.of("name", Map.of("a", "b"))),
                        "template", List.of(),
                        "params", List.of("a"),
                        "web", "on"));
        tree.put("status", List.of());
        tree.put("endpoints", Map.of());
        RawObject once = trimmed(kind, tree);
        assertThat(Trimming.trim(kind, once).tree()).isEqualTo(once.tree());
    }
}
