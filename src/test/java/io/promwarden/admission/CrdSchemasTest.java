package io.promwarden.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.promwarden.admission.SchemaResult.UnknownField;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import io.promwarden.manifests.ManifestReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrdSchemasTest {

    private static final Schemas SCHEMAS =
            CrdSchemas.of(ManifestReader.read(Path.of("src/test/resources/admission/crds.yaml"))
                    .objects());

    private static RawObject object(String rest) {
        return ManifestReader.parse(
                        "x.yaml",
                        "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: cart}, " + rest
                                + "}")
                .objects()
                .getFirst();
    }

    private static SchemaResult admit(String rest) {
        return SCHEMAS.admit(ObjectKind.SERVICE_MONITOR, object(rest));
    }

    private static SchemaResult endpoint(String fields) {
        return admit("spec: {endpoints: [{" + fields + "}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action: Keep             | RL-ACTION | spec.endpoints[0].action   | \"Keep\" is none of keep, drop",
                "interval: 5 s            | DURATION  | spec.endpoints[0].interval | \"5 s\" is no duration such as 30s or 1m30s",
                "weight: -1               | SCHEMA    | spec.endpoints[0].weight   | -1 is less than 0",
                "weight: 2147483648       | SCHEMA    | spec.endpoints[0].weight   | 2147483648 is too large for int32",
                "weight: 1.5              | SCHEMA    | spec.endpoints[0].weight   | must be a whole number, but is a number",
                "weight: '1'              | SCHEMA    | spec.endpoints[0].weight   | must be a whole number, but is a string",
                "ratio: 1                 | SCHEMA    | spec.endpoints[0].ratio    | 1 is not less than 1",
                "label: ''                | SCHEMA    | spec.endpoints[0].label    | must not be empty",
                "label: abcd              | SCHEMA    | spec.endpoints[0].label    | must have at most 3 characters",
                "target: 1.5              | SCHEMA    | spec.endpoints[0].target   | must be a whole number or a string, but is a number",
                "since: yesterday         | SCHEMA    | spec.endpoints[0].since    | \"yesterday\" is no date-time",
                "loose: aca               | SCHEMA    | spec.endpoints[0].loose    | \"aca\" does not match b+",
            })
    void a_value_that_the_schema_refuses_is_named_with_its_rule_and_place(
            String field, String code, String path, String message) {
        assertThat(endpoint(field).violations()).containsExactly(new Reason(code, path, message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "weight: 1.0",
                "ratio: 1e-1",
                "label: \uD83D\uDE00\uD83D\uDE00",
                "target: 80",
                "target: web",
                "loose: aba",
                "since: '2026-11-22T10:00:00Z'",
                "interval: ''",
            })
    void a_value_that_the_schema_takes_is_no_violation(String field) {
        assertThat(endpoint(field).violations()).isEmpty();
    }

    @Test
    void what_is_required_is_missed_where_it_should_stand() {
        assertThat(admit("spec: {}").violations())
                .containsExactly(new Reason("SCHEMA", "spec.endpoints", "is required"));
        assertThat(admit("status: {}").violations()).containsExactly(new Reason("SCHEMA", "spec", "is required"));
    }

    @Test
    void defaults_are_filled_in_inside_lists_and_in_the_place_of_a_null_that_is_no_value() {
        SchemaResult result = endpoint("action: null, weight: 0, maybe: null, certain: null, label: null");

        assertThat(result.violations()).isEmpty();
        assertThat(result.admitted().objects("spec", "endpoints").getFirst().tree())
                .containsEntry("action", "keep")
                .containsEntry("weight", 0L)
                .containsEntry("maybe", null)
                .containsEntry("certain", "y")
                .doesNotContainKey("label");
    }

    @Test
    void the_object_that_was_given_stays_as_it_was() {
        RawObject given = object("spec: {endpoints: [{wait: 5}]}");
        SCHEMAS.admit(ObjectKind.SERVICE_MONITOR, given);

        assertThat(given.objects("spec", "endpoints").getFirst().tree()).isEqualTo(Map.of("wait", 5L));
    }

    @Test
    void a_null_in_a_list_is_refused() {
        assertThat(admit("spec: {endpoints: [], tags: [null]}").violations())
                .containsExactly(new Reason("SCHEMA", "spec.tags[0]", "must be a string, but is null"));
    }

    @Test
    void unknown_fields_are_taken_away_and_named_with_the_likely_right_one() {
        SchemaResult result = admit("specs: {}, spec: {endpoints: [{intervall: 5s, Action: drop}], interval: 5s,"
                + " closed: {x: 1}, anything: {x: {y: 1}, known: k}}");

        assertThat(result.unknownFields())
                .containsExactlyInAnyOrder(
                        new UnknownField("specs", Optional.of("spec")),
                        new UnknownField("spec.endpoints[0].intervall", Optional.of("interval")),
                        new UnknownField("spec.endpoints[0].Action", Optional.of("action")),
                        new UnknownField("spec.interval", Optional.of("endpoints[].interval")),
                        new UnknownField("spec.closed.x", Optional.empty()));
        assertThat(result.violations()).isEmpty();
        assertThat(result.admitted().has("spec", "interval")).isFalse();
        assertThat(result.admitted().has("spec", "anything", "x", "y")).isTrue();
        assertThat(result.admitted().value("spec", "closed")).isEqualTo(Map.of());
    }

    @Test
    void a_set_holds_an_entry_once_and_a_map_list_a_key_once_by_its_defaults_too() {
        assertThat(admit("spec: {endpoints: [], tags: [a, b, a]}").violations())
                .containsExactly(new Reason("SCHEMA", "spec.tags[2]", "\"a\" stands in this list twice"));
        assertThat(admit("spec: {endpoints: [], ports: [{name: web}, {name: web, protocol: UDP}]}")
                        .violations())
                .isEmpty();
        assertThat(admit("spec: {endpoints: [], ports: [{name: web}, {name: web, protocol: TCP}]}")
                        .violations())
                .containsExactly(new Reason(
                        "SCHEMA", "spec.ports[1]", "the name, protocol \"web\", \"TCP\" stands in this list twice"));
    }

    @Test
    void maps_lists_and_alternatives_are_bounded() {
        assertThat(admit("spec: {endpoints: [{}, {}, {}, {}], counts: {a: 1, b: 2, c: x}, either: {a: x, b: y}}")
                        .violations())
                .extracting(Reason::path)
                .containsExactlyInAnyOrder("spec.endpoints", "spec.counts", "spec.counts.c", "spec.either");
    }

    @Test
    void values_that_may_be_secrets_are_not_shown() {
        List<Reason> reasons = admit(
                        "spec: {endpoints: [], params: {token: [hunter2]}, proxyUrl: 'bob:hunter2@proxy:80'}")
                .violations();

        assertThat(reasons).extracting(Reason::code).containsExactlyInAnyOrder("SCHEMA", "PROXY");
        assertThat(reasons.toString()).doesNotContain("hunter2");
    }

    @Test
    void rules_of_the_schema_are_evaluated() {
        assertThat(admit("spec: {endpoints: [], basicAuth: {}, oauth2: {}}").violations())
                .containsExactly(new Reason("AUTH-XOR", "spec", "one of the two"));
        assertThat(admit("spec: {endpoints: [], strategy: {type: Rolling, rolling: {}}}")
                        .violations())
                .isEmpty();
        assertThat(admit("spec: {endpoints: [], strategy: {type: Other, rolling: {}}}")
                        .violations())
                .extracting(Reason::message)
                .containsExactly("rolling needs the type Rolling");
    }

    @Test
    void a_rule_that_fails_on_a_missing_field_refuses_the_object() {
        assertThat(admit("spec: {endpoints: [], strategy: {rolling: {}}}").violations())
                .hasSize(1);
    }

    @Test
    void what_we_cannot_evaluate_is_said_and_not_passed_over() {
        assertThat(admit("spec: {endpoints: [{home: here}], odd: bbb}").notJudged())
                .containsExactlyInAnyOrder("format ipv4", "self.matches('a+')");
        assertThat(admit("spec: {endpoints: []}").notJudged()).isEmpty();
    }

    @Test
    void status_is_not_judged_and_stays() {
        SchemaResult result = admit("spec: {endpoints: []}, status: {odd: 1}");

        assertThat(result.violations()).isEmpty();
        assertThat(result.unknownFields()).isEmpty();
        assertThat(result.admitted().has("status", "odd")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: Cart                         | metadata.name",
                "name: cart, labels: {a: 1}         | metadata.labels.a",
                "name: cart, labels: {a: b c}       | metadata.labels.a",
                "name: cart, labels: {'a b': c}     | metadata.labels",
                "name: cart, annotations: {a: true} | metadata.annotations.a",
                "name: cart, labels: [a]            | metadata.labels",
            })
    void metadata_that_the_api_server_refuses_is_refused(String metadata, String path) {
        RawObject object = ManifestReader.parse(
                        "x.yaml",
                        "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {" + metadata
                                + "}, spec: {endpoints: []}}")
                .objects()
                .getFirst();

        assertThat(SCHEMAS.admit(ObjectKind.SERVICE_MONITOR, object).violations())
                .extracting(Reason::code, Reason::path)
                .containsExactly(tuple("METADATA", path));
    }

    @Test
    void what_was_taken_out_of_an_object_from_a_cluster_is_not_judged() {
        assertThat(admit("spec: {endpoints: [], tags: ['[redacted]', '[redacted]'], params: {a: '[redacted]'},"
                                + " ports: [{name: '[redacted]'}, {name: '[redacted]'}]}")
                        .violations())
                .isEmpty();
    }

    @Test
    void a_kind_without_a_crd_is_judged_by_the_essentials() {
        assertThat(SCHEMAS.essentialsOnly(ObjectKind.SERVICE_MONITOR)).isFalse();
        assertThat(SCHEMAS.essentialsOnly(ObjectKind.PROBE)).isTrue();
    }
}
