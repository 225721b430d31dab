package io.promwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainCommandTest {

    private static final String PROMETHEUS = """
            apiVersion: monitoring.coreos.com/v1
            kind: Prometheus
            metadata: {name: main, namespace: monitoring}
            spec:
              serviceMonitorSelector: {matchLabels: {release: kps}}
              serviceMonitorNamespaceSelector: {}
            """;
    private static final String CART = """
            apiVersion: v1
            kind: Service
            metadata: {name: cart, namespace: shop, labels: {app: cart}}
            spec: {selector: {app: cart}, ports: [{name: metrics, port: 9102, targetPort: metrics}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: cart, namespace: shop}
            spec:
              selector: {matchLabels: {app: cart}}
              template:
                metadata: {labels: {app: cart}}
                spec: {containers: [{name: cart, ports: [{name: metrics, containerPort: 9102}]}]}
            """;
    private static final String SELECTED = monitor("cart", "labels: {release: kps}", "metrics");
    private static final String UNLABELLED = monitor("cart", "labels: {team: cart}", "metrics");

    @TempDir
    private Path folder;

    private static String monitor(String name, String labels, String port) {
        return """
                apiVersion: monitoring.coreos.com/v1
                kind: ServiceMonitor
                metadata: {name: %s, namespace: shop, %s}
                spec: {selector: {matchLabels: {app: cart}}, endpoints: [{port: %s}]}
                """.formatted(name, labels, port);
    }

    private String file(String name, String... documents) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("---\n", documents))
                .toString();
    }

    private static JsonNode json(CliRun run) {
        return JsonMapper.builder().build().readTree(run.out());
    }

    private static List<String> codes(CliRun run) {
        List<String> codes = new ArrayList<>();
        json(run)
                .forEach(node -> codes.add(
                        node.path("name").asString("") + " " + node.path("code").asString("none")));
        return codes;
    }

    @Test
    void a_monitor_that_nobody_selects_is_told_link_by_link_with_its_fix() throws IOException {
        String file = file("world.yaml", PROMETHEUS, CART, UNLABELLED);

        CliRun run = CliRun.of("explain", "servicemonitor/cart", "-n", "shop", "--manifests", file);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines().toList())
                .containsExactly(
                        "ServiceMonitor shop/cart, endpoint 0: not scraped, no Prometheus selects it",
                        "  ✓ declared    endpoint 0",
                        "  ✗ selected    not-selected: Prometheus monitoring/main wants the labels release=kps",
                        "                the ServiceMonitor has team=cart and is in namespace shop",
                        "  fix: Give the monitor the labels that its Prometheus wants. (ServiceMonitor shop/cart)",
                        "    + metadata.labels.release: kps",
                        "");
    }

    @Test
    void an_object_can_be_named_as_kubectl_names_it() throws IOException {
        String file = file("world.yaml", PROMETHEUS, CART, UNLABELLED);
        String first = CliRun.of("explain", "servicemonitor/cart", "-n", "shop", "--manifests", file)
                .out();

        for (String[] name : new String[][] {
            {"ServiceMonitor", "cart"},
            {"servicemonitors", "cart"},
            {"smon/cart"},
            {"servicemonitors.monitoring.coreos.com/cart"},
            {"servicemonitor.v1.monitoring.coreos.com", "cart"}
        }) {
            List<String> arguments = new ArrayList<>(List.of("explain"));
            arguments.addAll(List.of(name));
            arguments.addAll(List.of("-n", "shop", "--manifests", file));
            assertThat(CliRun.of(arguments.toArray(String[]::new)).out())
                    .as(String.join(" ", name))
                    .isEqualTo(first);
        }
    }

    @Test
    void everything_is_explained_with_a_sum_at_the_end_and_what_holds_is_not_told() throws IOException {
        String file = file(
                "world.yaml",
                PROMETHEUS,
                CART,
                SELECTED,
                monitor("typo", "labels: {release: kps}", "metric"),
                UNLABELLED.replace("name: cart", "name: lost"));

        CliRun run = CliRun.of("explain", "--all", "--manifests", file);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("ServiceMonitor shop/typo")
                .contains("ServiceMonitor shop/lost")
                .doesNotContain("ServiceMonitor shop/cart")
                .contains("3 endpoints: 0 scraped, 2 not scraped, 1 with nothing broken as far as can be seen")
                .contains("  1 not-selected")
                .contains("  1 port-unknown");
    }

    @Test
    void with_each_every_file_is_a_world_of_its_own_and_its_prometheus_is_assumed() throws IOException {
        file("a.yaml", CART, SELECTED);
        file("b.yaml", UNLABELLED.replace("name: cart", "name: alone"));

        CliRun run = CliRun.of("explain", "--all", "--each", "--manifests", folder.toString(), "-o", "json");

        assertThat(codes(run)).containsExactly("cart none", "alone no-matching-service");
        assertThat(run.err()).contains("prometheus: none was given, so one is assumed that selects everything");
    }

    @Test
    void several_paths_are_one_world() throws IOException {
        String a = file("a.yaml", CART, PROMETHEUS);
        String b = file("b.yaml", SELECTED);

        CliRun run = CliRun.of("explain", "--all", "--manifests", a, "--manifests", b, "-o", "json");

        assertThat(codes(run)).containsExactly("cart none");
    }

    @Test
    void a_service_and_a_workload_are_told_who_scrapes_them() throws IOException {
        String file = file("world.yaml", PROMETHEUS, CART, SELECTED, CART.replace("cart", "stock"));

        for (String name : List.of("service/cart", "svc/cart", "deployment/cart")) {
            CliRun run = CliRun.of("explain", name, "-n", "shop", "--manifests", file);
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).as(name).contains("ServiceMonitor shop/cart, endpoint 0");
        }
        CliRun nobody = CliRun.of("explain", "service/stock", "-n", "shop", "--manifests", file);
        assertThat(nobody.exitCode()).as(nobody.err()).isZero();
        assertThat(nobody.out()).startsWith("No monitor selects Service shop/stock.");
        CliRun none = CliRun.of("explain", "service/stock", "-n", "shop", "--manifests", file, "-o", "json");
        assertThat(json(none).isEmpty()).isTrue();
    }

    @Test
    void the_json_of_an_endpoint_has_its_links_and_its_fix() throws IOException {
        String file = file("world.yaml", PROMETHEUS, CART, UNLABELLED);

        CliRun run = CliRun.of("explain", "--all", "--manifests", file, "--output", "json");

        JsonNode one = json(run).get(0);
        assertThat(one.propertyNames())
                .containsExactly(
                        "file",
                        "kind",
                        "namespace",
                        "name",
                        "endpoint",
                        "prometheus",
                        "scraped",
                        "code",
                        "links",
                        "warnings",
                        "elsewhere",
                        "fix");
        assertThat(one.path("file").asString()).isEqualTo(file);
        assertThat(one.path("kind").asString()).isEqualTo("ServiceMonitor");
        assertThat(one.path("endpoint").asInt(-1)).isZero();
        assertThat(one.path("prometheus").isNull()).isTrue();
        assertThat(one.path("scraped").isBoolean()).isTrue();
        assertThat(one.path("scraped").asBoolean()).isFalse();
        assertThat(one.path("code").asString()).isEqualTo("not-selected");
        assertThat(one.at("/links/0").propertyNames()).containsExactly("link", "outcome", "evidence");
        assertThat(one.at("/links/1/link").asString()).isEqualTo("selected");
        assertThat(one.at("/links/1/outcome").asString()).isEqualTo("broken");
        assertThat(one.at("/links/1/evidence/0").asString()).contains("release=kps");
        assertThat(one.path("fix").propertyNames()).containsExactly("target", "text", "patch", "diff");
        assertThat(one.at("/fix/target").toString())
                .isEqualTo("{\"apiVersion\":\"monitoring.coreos.com/v1\",\"kind\":\"ServiceMonitor\","
                        + "\"namespace\":\"shop\",\"name\":\"cart\"}");
        assertThat(one.at("/fix/patch").toString()).isEqualTo("{\"metadata\":{\"labels\":{\"release\":\"kps\"}}}");
        assertThat(one.at("/fix/diff").asString()).isEqualTo("+ metadata.labels.release: kps\n");
    }

    @Test
    void what_files_cannot_tell_is_unknown_and_no_code() throws IOException {
        JsonNode one = json(CliRun.of(
                        "explain",
                        "--all",
                        "--manifests",
                        file("world.yaml", PROMETHEUS, CART, SELECTED),
                        "-o",
                        "json"))
                .get(0);

        assertThat(one.path("scraped").asString()).isEqualTo("unknown");
        assertThat(one.path("code").isNull()).isTrue();
        assertThat(one.path("fix").isNull()).isTrue();
        assertThat(one.path("prometheus").asString()).isEqualTo("monitoring/main");
    }

    @Test
    void wrong_usage_is_refused_with_a_sentence() throws IOException {
        String file = file("world.yaml", CART);

        refused("name one object, or give --all", "explain");
        refused("name one object, or give --all", "explain", "smon/cart", "--all");
        refused("'cart' names no object: write KIND/NAME", "explain", "cart");
        refused("'ingress/cart' names no object", "explain", "ingress/cart");
        refused("'smon/' names no object", "explain", "smon/");
        refused("exclude each other", "explain", "--all", "--manifests", file, "--capture", folder.toString());
        String only = "--each, --complete, --crds and --prometheus-version belong to --manifests";
        refused(only, "explain", "--all", "--each");
        refused(only, "explain", "--all", "--complete");
        refused(only, "explain", "--all", "--crds", file);
        refused(only, "explain", "--all", "--prometheus-version", "3.5.0");
        refused("'three' is no version", "explain", "--all", "--manifests", file, "--prometheus-version", "three");
        refused("nowhere", "explain", "--all", "--manifests", "nowhere");
        refused("Unknown option", "explain", "--all", "--manifest", file);
    }

    private static void refused(String why, String... arguments) {
        CliRun run = CliRun.of(arguments);
        assertThat(run.exitCode()).as(String.join(" ", arguments)).isEqualTo(2);
        assertThat(run.err()).contains(why);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void an_object_that_is_not_there_is_refused() throws IOException {
        String file = file("world.yaml", PROMETHEUS, CART, SELECTED);

        refused("there is no ServiceMonitor shop/basket", "explain", "smon/basket", "-n", "shop", "--manifests", file);
        refused("there is no ServiceMonitor default/cart", "explain", "smon/cart", "--manifests", file);
        refused("there is no Service shop/basket", "explain", "svc/basket", "-n", "shop", "--manifests", file);
        refused("there is no Pod shop/cart-0", "explain", "pod/cart-0", "-n", "shop", "--manifests", file);
    }

    @Test
    void a_document_that_cannot_be_read_is_told_and_the_others_are_explained() throws IOException {
        String file = file("world.yaml", PROMETHEUS, CART, "kind: [broken\n", UNLABELLED);

        CliRun run = CliRun.of("explain", "--all", "--manifests", file, "-o", "json");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("world.yaml");
        assertThat(codes(run)).containsExactly("cart not-selected");
    }

    @Test
    void a_name_cannot_move_the_cursor() throws IOException {
        String hostile =
                UNLABELLED.replace("team: cart", "team: \"a\\e[2Jb\"").replace("name: cart", "name: \"x\\e]0;y\"");
        String file = file("world.yaml", PROMETHEUS, CART, hostile);

        CliRun all = CliRun.of("explain", "--all", "--manifests", file);
        CliRun none = CliRun.of("explain", "smon/\u001b[2J", "--manifests", file);

        assertThat(all.out() + all.err() + none.out() + none.err())
                .contains("\uFFFD")
                .doesNotContain("\u001b");
    }

    @Test
    void the_recorded_cluster_of_the_demo_can_be_explained_down_to_its_samples() {
        CliRun run = CliRun.of(
                "explain",
                "--all",
                "--capture",
                "src/main/resources/demo/night-2",
                "--job",
                "jobs/nightly.yaml",
                "-o",
                "json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(codes(run)).contains("ledger not-selected", "bff none");
        json(run)
                .forEach(node -> assertThat(node.path("scraped").isBoolean())
                        .as(node.path("name").asString(""))
                        .isTrue());
    }
}
