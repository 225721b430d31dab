package io.promwarden.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.ObjectMeta;
import io.promwarden.inventory.RawObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestReaderTest {

    @TempDir
    private Path folder;

    @Test
    void every_document_and_every_entry_of_a_list_keeps_its_position() {
        Manifests read = parse("""
                # a comment
                apiVersion: v1
                kind: Service
                metadata: {name: one}
                ---
                ---
                apiVersion: v1
                kind: List
                items:
                  - apiVersion: v1
                    kind: Service
                    metadata: {name: two}
                  - {apiVersion: v1, kind: Service, metadata: {name: three}}
                """);

        assertThat(read.problems()).isEmpty();
        assertThat(read.objects()).extracting(RawObject::name).containsExactly("one", "two", "three");
        assertThat(read.objects())
                .extracting(object -> object.position().orElseThrow().toString())
                .containsExactly("f.yaml:2:1", "f.yaml:10:5", "f.yaml:13:5");
    }

    @Test
    void json_is_read_with_tabs_and_escaped_slashes() {
        Manifests read = parse("{\n\t\"apiVersion\": \"v1\",\n\t\"kind\": \"Service\","
                + "\n\t\"metadata\": {\"name\": \"one\", \"labels\": {\"a\": \"x\\/y\", \"b\": \"\\u00e9\"}}\n}\n");

        assertThat(read.problems()).isEmpty();
        assertThat(read.objects().get(0).labels()).containsEntry("a", "x/y").containsEntry("b", "é");
    }

    @Test
    void values_are_what_kubectl_would_send() {
        RawObject object = parse("""
                        apiVersion: v1
                        kind: Service
                        metadata: {name: one}
                        spec: {nil: , empty: {}, on: yes, text: "yes", port: 8080, quoted: "8080", octal: 0644, half: 0.5, time: 2026-11-22, sixty: 1:30}
                        """).objects().get(0);

        assertThat(object.has("spec", "nil")).isFalse();
        assertThat(object.has("spec", "empty")).isTrue();
        assertThat(object.value("spec", "on")).isEqualTo(true);
        assertThat(object.value("spec", "text")).isEqualTo("yes");
        assertThat(object.value("spec", "port")).isEqualTo(8080L);
        assertThat(object.value("spec", "quoted")).isEqualTo("8080");
        assertThat(object.value("spec", "octal")).isEqualTo(420L);
        assertThat(object.value("spec", "half")).isEqualTo(0.5);
        assertThat(object.value("spec", "time")).isEqualTo("2026-11-22");
        assertThat(object.value("spec", "sixty")).isEqualTo("1:30");
    }

    @Test
    void aliases_and_merge_keys_are_expanded() {
        RawObject object = parse("""
                        apiVersion: v1
                        kind: Service
                        metadata:
                          name: one
                          labels: &labels {a: "1", b: "2"}
                        spec:
                          selector: {<<: *labels, b: "3"}
                        """).objects().get(0);

        assertThat(object.texts("spec", "selector")).containsEntry("a", "1").containsEntry("b", "3");
    }

    @Test
    void what_is_no_object_is_told_with_its_place_and_the_rest_is_read() {
        Manifests read = parse("""
                just a word
                ---
                kind: Service
                metadata: {name: no-version}
                ---
                apiVersion: v1
                kind: Service
                metadata: {}
                ---
                apiVersion: v1
                kind: Service
                metadata:
                  name: twice
                  name: again
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: fine}
                """);

        assertThat(read.objects()).extracting(RawObject::name).containsExactly("fine");
        assertThat(read.problems())
                .extracting(Manifests.Problem::toString)
                .containsExactly(
                        "f.yaml:1:1: not a Kubernetes object: a mapping was expected",
                        "f.yaml:3:1: not a Kubernetes object: it lacks apiVersion or kind",
                        "f.yaml:6:1: Service without metadata.name",
                        "f.yaml:14:3: the key 'name' stands here twice");
    }

    @Test
    void a_syntax_error_is_told_where_it_is() {
        Manifests read = parse("apiVersion: v1\nkind: Service\nmetadata: {name: one\nspec: ]\n");

        assertThat(read.objects()).isEmpty();
        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.position().line()).isBetween(3, 4);
            assertThat(problem.message()).startsWith("not YAML: ");
        });
    }

    @Test
    void an_alias_bomb_is_refused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 24; i++) {
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append(", *a")
                    .append(i - 1)
                    .append("]\n");
        }

        Manifests read = parse("apiVersion: v1\nkind: Service\nmetadata: {name: one}\n" + bomb);

        assertThat(read.objects()).isEmpty();
        assertThat(read.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("expand"));
    }

    @Test
    void an_alias_to_itself_is_refused() {
        Manifests read = parse("apiVersion: v1\nkind: Service\nmetadata: {name: one}\nspec: &a {b: *a}\n");

        assertThat(read.problems()).hasSize(1);
    }

    @Test
    void a_file_that_can_not_be_read_is_a_problem() throws Exception {
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});

        assertThat(ManifestReader.read(folder.resolve("missing.yaml")).problems())
                .hasSize(1);
        assertThat(ManifestReader.read(latin).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).isEqualTo("it is not UTF-8"));
    }

    @Test
    void a_broken_document_costs_no_other_and_lines_stay_right() {
        Manifests read = parse("""
                %YAML 1.1
                # a comment of the first
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: a}
                --- # broken
                metadata: {name: b
                spec: c: d
                --- {apiVersion: v1, kind: Secret, metadata: {name: c}}
                ---
                apiVersion: v1
                kind: Secret
                metadata:
                  name: d
                stringData:
                  text: |
                    --- no separator
                    end
                """);

        assertThat(read.objects())
                .extracting(object ->
                        object.name() + ":" + object.position().orElseThrow().line())
                .containsExactly("a:4", "c:10", "d:12");
        assertThat(read.problems()).hasSize(1);
        assertThat(read.problems().getFirst().position().line()).isEqualTo(9);
    }

    @Test
    void a_broken_entry_of_a_list_costs_no_other() {
        Manifests read = parse("""
                apiVersion: v1
                kind: List
                items:
                  - {apiVersion: v1, kind: Secret, metadata: {name: a}}
                  - {apiVersion: v1, kind: Secret, metadata: {name: b, name: c}}
                  - {apiVersion: v1, kind: Secret, metadata: {name: d}}
                """);

        assertThat(read.objects()).extracting(RawObject::name).containsExactly("a", "d");
        assertThat(read.problems())
                .extracting(problem -> problem.position().line())
                .containsExactly(5);
    }

    @Test
    void json_objects_in_a_row_are_read_one_by_one() {
        Manifests read = parse("""
                {"apiVersion": "v1", "kind": "Secret",
                  "metadata": {"name": "a"}}
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "b"}}
                """);

        assertThat(read.problems()).isEmpty();
        assertThat(read.objects()).extracting(RawObject::name).containsExactly("a", "b");
    }

    @Test
    void a_kustomization_is_no_object_and_a_byte_order_mark_no_text() {
        Manifests read = parse("\uFEFF" + """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [a.yaml]
                """);

        assertThat(read.objects()).isEmpty();
        assertThat(read.problems()).isEmpty();
    }

    @Test
    void a_source_offers_only_trimmed_objects_and_puts_them_into_a_namespace() {
        ManifestSource source = new ManifestSource(parse("""
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: one, annotations: {other: thing, prometheus.io/scrape: "true"}}
                        spec: {containers: [{name: c, image: c, env: [{name: TOKEN, value: hunter2}]}]}
                        ---
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: two}
                        data: {token: aHVudGVyMg==}
                        """).objects(), "shop");

        assertThat(source.list(ObjectKind.POD, raw -> raw).value().orElseThrow())
                .singleElement()
                .satisfies(raw -> {
                    assertThat(raw.tree().toString()).doesNotContain("hunter2");
                    assertThat(raw.annotations()).containsOnlyKeys("prometheus.io/scrape");
                    assertThat(raw.position()).isPresent();
                });
        assertThat(source.list(ObjectKind.POD, ObjectMeta::of)
                        .value()
                        .orElseThrow()
                        .get(0)
                        .key())
                .isEqualTo("shop/one");
        assertThat(source.list(ObjectKind.SERVICE, ObjectMeta::of).value().orElseThrow())
                .isEmpty();
    }

    private static Manifests parse(String text) {
        return ManifestReader.parse("f.yaml", text);
    }
}
