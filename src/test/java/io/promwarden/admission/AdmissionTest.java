package io.promwarden.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.ReferencedData;
import io.promwarden.manifests.ManifestData;
import io.promwarden.manifests.ManifestReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

    private static final ReferencedData UNREAD = ReferencedData.unread("not allowed to read Secrets");

    private static World world(String prometheus, String spec) {
        return World.parse("world", """
                {apiVersion: monitoring.coreos.com/v1, kind: Prometheus, metadata: {name: k8s, namespace: monitoring}, spec: %s}
                ---
                {apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: cart, namespace: shop}, spec: %s}
                """.formatted(prometheus, spec));
    }

    private static Verdict unread(String spec) {
        World world = world("{version: v2.40.0}", spec);
        return new World(world.prometheus(), world.monitor(), UNREAD).verdict(World.taking());
    }

    @Test
    void a_reference_that_nobody_may_look_at_makes_the_verdict_unknown_and_fields_are_dropped_all_the_same() {
        Verdict verdict = unread("{keepDroppedTargets: 1, endpoints: [{bearerTokenSecret: {name: a, key: t}}]}");

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.UNKNOWN);
        assertThat(verdict.layer()).isEmpty();
        assertThat(verdict.reasons())
                .containsExactly(new Reason(
                        "REF",
                        "spec.endpoints[0].bearerTokenSecret",
                        "Secret shop/a, key t: not allowed to read Secrets"));
        assertThat(verdict.dropped()).containsExactly("keepDroppedTargets");
    }

    @Test
    void whatever_else_rejects_beats_a_reference_that_nobody_may_look_at() {
        Verdict verdict = unread("{endpoints: [{bearerTokenSecret: {name: a, key: t}}, {scrapeTimeout: 31s}]}");

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.REJECTED);
        assertThat(verdict.reasons()).extracting(Reason::code).containsExactly("TIMEOUT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{version: latest}",
                "{version: 2.45-rc.0}",
                "{version: v1.8.2}",
                "{version: v4.0.0}",
                "{podMonitorSelector: {matchExpressions: [{key: a, operator: Is}]}}",
                "{ruleSelector: {}, probeNamespaceSelector: {matchLabels: {a: '-'}}}",
                "{scrapeInterval: 30s, scrapeTimeout: 31s}",
                "{scrapeTimeout: 31s}",
                "{scrapeClasses: [{name: a, default: true}, {name: b, default: true}]}",
                "{scrapeClasses: [{name: a, relabelings: [{action: hashmod}]}]}"
            })
    void a_prometheus_that_can_not_be_reconciled_leaves_every_object_unknown(String prometheus) {
        Verdict verdict =
                world(prometheus, "{endpoints: [{scrapeTimeout: 2h}]}").verdict(World.taking());

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.UNKNOWN);
        assertThat(verdict.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.code()).isEqualTo("PROMETHEUS");
            assertThat(reason.message()).startsWith("Prometheus monitoring/k8s: ");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{version: ''}", "{version: '3'}", "{version: v2.55}", "{version: 02.055.00}"})
    void a_version_is_read_as_the_operator_reads_it(String prometheus) {
        assertThat(world(prometheus, "{endpoints: []}").verdict(World.taking()).outcome())
                .isEqualTo(Verdict.Outcome.ACCEPTED);
    }

    @Test
    void pre_releases_come_before_their_release() {
        List<String> ordered =
                List.of("3.0.0-alpha", "3.0.0-alpha.1", "3.0.0-beta.2", "3.0.0-beta.11", "3.0.0-rc.1", "3.0.0");
        for (int i = 1; i < ordered.size(); i++) {
            assertThat(SemanticVersion.of(ordered.get(i - 1))).isLessThan(SemanticVersion.of(ordered.get(i)));
        }
    }

    @Test
    void the_schema_is_asked_once_for_an_object_and_its_violations_stand_before_everything() {
        AtomicInteger asked = new AtomicInteger();
        Reason violation = new Reason("SCHEMA", "spec.endpoints", "required");
        Schemas schemas = new Schemas() {
            @Override
            public SchemaResult admit(ObjectKind kind, RawObject object) {
                asked.incrementAndGet();
                return new SchemaResult(object, List.of(violation), List.of(), List.of());
            }

            @Override
            public boolean essentialsOnly(ObjectKind kind) {
                return false;
            }
        };
        World world = world("{version: latest}", "{}");
        Admission admission = new Admission(schemas, new ControllerRules(OperatorVersion.newest()), UNREAD);

        assertThat(admission.judge(world.monitor(), world.prometheus()))
                .isEqualTo(Verdict.rejected(Layer.SCHEMA, List.of(violation)));
        assertThat(admission.judge(world.monitor(), world.prometheus()).layer()).contains(Layer.SCHEMA);
        assertThat(asked).hasValue(1);
    }

    @Test
    void the_operators_version_is_the_highest_that_the_crds_tell() {
        List<RawObject> crds = List.of(crd("0.88.1"), crd("v0.91.0"), RawObject.of(Map.of()));

        assertThat(OperatorVersion.of(crds)).contains(new OperatorVersion(SemanticVersion.of("0.91.0")));
        assertThat(OperatorVersion.of(List.of())).isEmpty();
    }

    @Test
    void manifests_that_need_not_be_all_say_nothing_about_an_object_that_is_not_among_them() {
        List<RawObject> objects = ManifestReader.parse("s.yaml", """
                {apiVersion: v1, kind: Secret, metadata: {name: a, namespace: shop}, stringData: {t: x}, data: {u: eA==}}
                """).objects();
        var there = new ReferencedData.Reference(ReferencedData.Reference.Type.SECRET, "shop", "a", "u");
        var lacking = new ReferencedData.Reference(ReferencedData.Reference.Type.SECRET, "shop", "a", "v");
        var absent = new ReferencedData.Reference(ReferencedData.Reference.Type.SECRET, "shop", "b", "t");
        ReferencedData some = new ManifestData(objects, "default", false);

        assertThat(some.exists(there).value()).contains(true);
        assertThat(some.exists(lacking).value()).contains(false);
        assertThat(some.exists(absent).reason().orElseThrow()).contains("--complete");
        assertThat(new ManifestData(objects, "default", true).exists(absent).value())
                .contains(false);
    }

    private static RawObject crd(String version) {
        return RawObject.of(
                Map.of("metadata", Map.of("annotations", Map.of("operator.prometheus.io/version", version))));
    }
}
