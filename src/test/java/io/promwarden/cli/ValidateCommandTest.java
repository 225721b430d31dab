package io.promwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ValidateCommandTest {

    private static final String HEAD = """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            """;
    private static final String SOUND = HEAD + """
            metadata: {name: sound}
            spec: {selector: {}, endpoints: [{port: web}]}
            """;
    private static final String BAD = HEAD + """
            metadata: {name: bad, namespace: shop}
            spec: {selector: {}, endpoints: [{interval: 5 s}]}
            """;
    private static final String REFERS = HEAD + """
            metadata: {name: refers}
            spec: {selector: {}, endpoints: [{bearerTokenSecret: {name: t, key: k}}]}
            """;
    private static final String PROMETHEUS = """
            apiVersion: monitoring.coreos.com/v1
            kind: Prometheus
            metadata: {name: main, namespace: monitoring}
            """;

    @TempDir
    Path folder;

    private String file(String name, String... documents) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, String.join("---\n", documents)).toString();
    }

    private static JsonNode json(CliRun run) {
        return JsonMapper.builder().build().readTree(run.out());
    }

    /** The records of monitors; a Prometheus has one, too, where a check has something to say of it. */
    private static List<JsonNode> judged(CliRun run) {
        List<JsonNode> judged = new ArrayList<>();
        json(run).forEach(node -> {
            if (!node.path("verdict").isNull()) {
                judged.add(node);
            }
        });
        return judged;
    }

    private static List<String> verdicts(CliRun run) {
        List<String> verdicts = new ArrayList<>();
        judged(run)
                .forEach(node -> verdicts.add(node.path("name").asString("") + " "
                        + node.path("verdict").asString("")));
        return verdicts;
    }

    @Test
    void a_sound_monitor_is_accepted_by_the_assumed_prometheus_and_the_output_says_what_was_assumed()
            throws IOException {
        CliRun run = CliRun.of("validate", file("a.yaml", SOUND));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(0);
        assertThat(run.out())
                .contains("schema: essentials only")
                .contains("one is assumed that selects everything")
                .contains("1 accepted, 0 rejected");
    }

    @Test
    void the_record_of_a_rejected_monitor_says_where_it_stands_and_why() throws IOException {
        CliRun run = CliRun.of("validate", file("a.yaml", SOUND, BAD), "--output", "json");

        assertThat(run.exitCode()).isEqualTo(1);
        JsonNode bad = json(run).get(1);
        assertThat(bad.propertyNames())
                .containsExactly(
                        "file",
                        "line",
                        "kind",
                        "namespace",
                        "name",
                        "prometheus",
                        "verdict",
                        "layer",
                        "reasons",
                        "dropped",
                        "findings");
        assertThat(bad.path("line").asInt()).isEqualTo(6);
        assertThat(bad.path("namespace").asString()).isEqualTo("shop");
        assertThat(bad.path("prometheus").asString()).isEqualTo("(assumed)");
        assertThat(bad.path("verdict").asString()).isEqualTo("rejected");
        assertThat(bad.path("layer").asString()).isEqualTo("schema");
        assertThat(bad.at("/reasons/0/code").asString()).isEqualTo("DURATION");
        assertThat(bad.at("/reasons/0/path").asString()).isEqualTo("spec.endpoints[0].interval");
        assertThat(run.err()).contains("schema: essentials only").contains("assumed");
    }

    @Test
    void a_document_that_cannot_be_read_is_told_and_all_others_are_judged() throws IOException {
        String file = file("a.yaml", SOUND, "kind: [broken\n", "values: only\n", BAD, "# nothing\n");

        CliRun run = CliRun.of("validate", file, "--output", "json", "--fail-on", "never");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(json(run))
                .extracting(
                        node -> node.path("line").asInt(),
                        node -> node.path("kind").asString("none"),
                        node -> node.path("verdict").asString())
                .containsExactly(
                        tuple(1, "ServiceMonitor", "accepted"),
                        tuple(7, "none", "unreadable"),
                        tuple(8, "none", "unreadable"),
                        tuple(10, "ServiceMonitor", "rejected"));
    }

    @Test
    void standard_input_lists_and_helm_output_are_read() {
        String helm = "---\n# Source: chart/a.yaml\n" + SOUND + "---\n# Source: chart/empty.yaml\n---\n"
                + "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [{\"apiVersion\":"
                + " \"monitoring.coreos.com/v1\", \"kind\": \"PodMonitor\", \"metadata\": {\"name\": \"p\"},"
                + " \"spec\": {\"selector\": {}}}]}\n";
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(helm.getBytes(StandardCharsets.UTF_8)));
        try {
            CliRun run = CliRun.of("validate", "-", "--output", "json", "--namespace", "shop");

            assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(0);
            assertThat(verdicts(run)).containsExactly("sound accepted", "p accepted");
            assertThat(json(run).get(0).path("file").asString()).isEqualTo("-");
            assertThat(json(run).get(0).path("line").asInt()).isEqualTo(3);
            assertThat(json(run).get(0).path("namespace").asString()).isEqualTo("shop");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void folders_are_read_in_order_and_hidden_ones_are_left_alone() throws IOException {
        file("b/b.yml", SOUND.replace("sound", "b"));
        file("a.json", "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"x\"}}");
        file("c.yaml", SOUND.replace("sound", "c"));
        file(".git/d.yaml", "not: [read");
        file("readme.txt", "not: [read");

        assertThat(verdicts(CliRun.of("validate", folder.toString(), "-o", "json")))
                .containsExactly("b accepted", "c accepted");
    }

    @Test
    void all_files_are_one_world_or_each_is_its_own() throws IOException {
        file(
                "one.yaml",
                PROMETHEUS
                        + "spec: {serviceMonitorSelector: {matchLabels: {a: b}}, serviceMonitorNamespaceSelector: {}}\n");
        file("two.yaml", SOUND);

        assertThat(verdicts(CliRun.of("validate", folder.toString(), "-o", "json")))
                .containsExactly("sound not-selected");
        assertThat(verdicts(CliRun.of("validate", folder.toString(), "-o", "json", "--each")))
                .containsExactly("sound accepted");
    }

    @Test
    void each_prometheus_that_selects_a_monitor_gives_a_record_of_its_own() throws IOException {
        String all = "spec: {serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {}}\n";
        String blind = "spec: {serviceMonitorNamespaceSelector: {}}\n";
        String file = file(
                "a.yaml",
                PROMETHEUS + all,
                PROMETHEUS.replace("main", "other") + all,
                PROMETHEUS.replace("main", "blind") + blind,
                SOUND + "specs: {}\n");

        List<JsonNode> records =
                judged(CliRun.of("validate", file, "-o", "json", "--crds", "src/test/resources/admission"));

        assertThat(records)
                .extracting(
                        node -> node.path("prometheus").asString(),
                        node -> node.path("findings").size())
                .containsExactly(tuple("monitoring/main", 3), tuple("monitoring/other", 0));
    }

    @Test
    void a_namespace_selector_over_a_namespace_that_was_not_given_is_unknown() throws IOException {
        String wants = PROMETHEUS
                + "spec: {serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {matchLabels: {team: shop}}}\n";
        String given = "apiVersion: v1\nkind: Namespace\nmetadata: {name: default, labels: {team: shop}}\n";

        CliRun unknown = CliRun.of("validate", file("a.yaml", wants, SOUND), "-o", "json");
        assertThat(verdicts(unknown)).containsExactly("sound unknown");
        assertThat(unknown.out()).contains("\"SELECTION\"");
        assertThat(unknown.exitCode()).isEqualTo(0);
        assertThat(verdicts(CliRun.of("validate", file("b.yaml", wants, SOUND, given), "-o", "json")))
                .containsExactly("sound accepted");
        String byName = wants.replace("team: shop", "kubernetes.io/metadata.name: other");
        assertThat(verdicts(CliRun.of("validate", file("c.yaml", byName, SOUND), "-o", "json")))
                .containsExactly("sound not-selected");
    }

    @Test
    void a_reference_that_is_not_found_is_unknown_unless_the_manifests_are_complete() throws IOException {
        String file = file("a.yaml", REFERS);

        assertThat(verdicts(CliRun.of("validate", file, "-o", "json"))).containsExactly("refers unknown");
        assertThat(verdicts(CliRun.of("validate", file, "-o", "json", "--complete")))
                .containsExactly("refers rejected");
    }

    @Test
    void unknown_fields_are_warnings_that_fail_only_when_asked_to_and_can_be_exempted() throws IOException {
        String typo = SOUND.replace("spec: {", "specs: {}\nspec: {tagz: [], ").replace("{port: web}", "");
        String exempt = typo.replace(
                "{name: sound}",
                "{name: sound, annotations: {promwarden.io/exempt: 'monitor/field-unknown: we know'}}");
        String crds = "src/test/resources/admission/crds.yaml";

        CliRun run = CliRun.of("validate", file("a.yaml", typo), "--crds", crds);
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out())
                .contains("monitor/field-unknown spec.tagz")
                .contains("was tags meant?")
                .contains("specs");
        assertThat(run.out()).doesNotContain("essentials only");
        assertThat(CliRun.of("validate", file("a.yaml", typo), "--crds", crds, "--fail-on", "warning")
                        .exitCode())
                .isEqualTo(1);
        assertThat(CliRun.of("validate", file("b.yaml", exempt), "--crds", crds, "--fail-on", "warning")
                        .out())
                .doesNotContain("monitor/field-unknown spec.tagz");
    }

    @Test
    void the_version_of_the_assumed_prometheus_decides_what_is_dropped() throws IOException {
        String file = file("a.yaml", SOUND.replace("{port: web}", "{port: web, enableHttp2: false}"));

        assertThat(CliRun.of("validate", file, "--prometheus-version", "2.30.0").out())
                .contains("left out of the configuration: enableHttp2");
        assertThat(CliRun.of("validate", file).out()).doesNotContain("left out");
        assertThat(CliRun.of("validate", file, "--prometheus-version", "new").exitCode())
                .isEqualTo(2);
    }

    @Test
    void fail_on_never_reports_and_ends_well() throws IOException {
        CliRun run = CliRun.of("validate", file("a.yaml", BAD), "--fail-on", "never");

        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out()).contains("rejected by the API server");
    }

    @Test
    void another_kind_of_object_has_a_record_without_verdict_when_a_check_finds_something() throws IOException {
        JsonNode record = json(CliRun.of("validate", file("a.yaml", PROMETHEUS + "spec: {}\n"), "-o", "json"))
                .get(0);

        assertThat(record.path("kind").asString()).isEqualTo("Prometheus");
        assertThat(record.path("verdict").isNull()).isTrue();
        assertThat(record.path("findings").size()).isPositive();
    }

    @Test
    void a_path_that_is_not_there_is_wrong_usage() {
        CliRun run = CliRun.of("validate", folder.resolve("nothing").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is no such file or folder");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void junit_has_a_case_for_each_record() throws Exception {
        String file = file("a.yaml", SOUND, BAD, REFERS, "a: [\n");

        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(
                        CliRun.of("validate", file, "-o", "junit").out())));

        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(4);
        assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(xml.getElementsByTagName("skipped").getLength()).isEqualTo(1);
        assertThat(xml.getElementsByTagName("error").getLength()).isEqualTo(1);
        assertThat(xml.getElementsByTagName("failure").item(0).getTextContent())
                .startsWith("DURATION spec.endpoints[0].interval");
    }

    @Test
    void sarif_has_what_the_standard_asks_for() throws IOException {
        CliRun run = CliRun.of("validate", file("a b.yaml", SOUND, BAD, REFERS), "-o", "sarif");

        JsonNode root = json(run);
        assertThat(root.path("version").asString()).isEqualTo("2.1.0");
        JsonNode one = root.at("/runs/0");
        assertThat(one.at("/tool/driver/name").asString()).isEqualTo("promwarden");
        JsonNode results = one.path("results");
        assertThat(results)
                .extracting(
                        node -> node.path("ruleId").asString(),
                        node -> node.path("level").asString(),
                        node -> node.at("/locations/0/physicalLocation/region/startLine")
                                .asInt())
                .containsExactly(tuple("DURATION", "error", 6), tuple("REF", "note", 11));
        results.forEach(result -> {
            int index = result.path("ruleIndex").asInt();
            assertThat(one.at("/tool/driver/rules/" + index + "/id").asString())
                    .isEqualTo(result.path("ruleId").asString());
            assertThat(result.at("/message/text").asString()).isNotEmpty();
            assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri")
                            .asString())
                    .endsWith("a%20b.yaml");
        });
    }

    @Test
    void no_credential_and_no_control_character_reaches_the_output() throws IOException {
        String hostile = HEAD + "metadata: {name: cart}\nspec: {selector: {}, endpoints: [{proxyUrl:"
                + " 'bob:hunter2@proxy:80', scheme: \"\\u001b[31mred\", params: {token: hunter2}}]}\n";

        for (String output : List.of("text", "json", "junit", "sarif")) {
            CliRun run = CliRun.of("validate", file("a.yaml", hostile), "-o", output);
            assertThat(run.out()).contains("proxyUrl").doesNotContain("hunter2").doesNotContain("\u001b");
        }
    }
}
