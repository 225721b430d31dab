package io.promwarden.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import io.promwarden.manifests.ManifestReader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The essentials, and that the operator's own CRDs say the same where they are there to ask. */
class EssentialSchemasTest {

    private static final List<Schemas> SCHEMAS = schemas();

    private static List<Schemas> schemas() {
        String folder = System.getProperty("promwarden.crds", "");
        if (folder.isBlank()) {
            System.out.println("The operator's CRDs: not judged, since promwarden.crds names no folder");
            return List.of(CrdSchemas.essentials());
        }
        return List.of(CrdSchemas.essentials(), CrdSchemas.of(crds(Path.of(folder))));
    }

    private static List<RawObject> crds(Path folder) {
        return CrdSchemas.KINDS.stream()
                .flatMap(kind -> ManifestReader.read(folder.resolve(kind.plural() + ".yaml")).objects().stream())
                .toList();
    }

    private static SchemaResult admit(Schemas schemas, ObjectKind kind, String spec) {
        RawObject object = ManifestReader.parse(
                        "x.yaml",
                        "{apiVersion: " + kind.apiVersion() + ", kind: " + kind.kind()
                                + ", metadata: {name: cart}, spec: {" + spec + "}}")
                .objects()
                .getFirst();
        return schemas.admit(kind, object);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SERVICE_MONITOR | selector: {} | SCHEMA | spec.endpoints",
                "SERVICE_MONITOR | endpoints: [] | SCHEMA | spec.selector",
                "SERVICE_MONITOR | selector: {}, endpoints: [{interval: '30'}] | DURATION | spec.endpoints[0].interval",
                "SERVICE_MONITOR | selector: {}, endpoints: [{relabelings: [{action: KEEP}]}] | RL-ACTION |"
                        + " spec.endpoints[0].relabelings[0].action",
                "SERVICE_MONITOR | selector: {}, endpoints: [{relabelings: [{modulus: -1}]}] | RL-MODULUS |"
                        + " spec.endpoints[0].relabelings[0].modulus",
                "SERVICE_MONITOR | selector: {}, endpoints: [{proxyUrl: 'ftp://x'}] | PROXY |"
                        + " spec.endpoints[0].proxyUrl",
                "SERVICE_MONITOR | selector: {}, endpoints: [], sampleLimit: -1 | SCHEMA | spec.sampleLimit",
                "SERVICE_MONITOR | selector: {}, endpoints: [], bodySizeLimit: 1mb | SCHEMA | spec.bodySizeLimit",
                "SERVICE_MONITOR | selector: {}, endpoints: [], scrapeClass: '' | CLASS | spec.scrapeClass",
                "SERVICE_MONITOR | selector: {}, endpoints: [{scheme: Http}] | SCHEMA | spec.endpoints[0].scheme",
                "SERVICE_MONITOR | selector: {}, endpoints: [{basicAuth: {password: {name: x}}}] | SCHEMA |"
                        + " spec.endpoints[0].basicAuth.password.key",
                "SERVICE_MONITOR | selector: {}, endpoints: [{tlsConfig: {minVersion: TLS9}}] | TLS-VERSION |"
                        + " spec.endpoints[0].tlsConfig.minVersion",
                "POD_MONITOR | podMetricsEndpoints: [] | SCHEMA | spec.selector",
                "POD_MONITOR | selector: {}, podMetricsEndpoints: [{portNumber: 0}] | PORT |"
                        + " spec.podMetricsEndpoints[0].portNumber",
                "PROBE | prober: {url: ''} | PROBE-URL | spec.prober.url",
                "PROBE | params: [{name: a}, {name: a}] | SCHEMA | spec.params[1]",
                "SCRAPE_CONFIG | staticConfigs: [{targets: [a, a]}] | SCHEMA | spec.staticConfigs[0].targets[1]",
                "SCRAPE_CONFIG | staticConfigs: [{targets: []}] | SCHEMA | spec.staticConfigs[0].targets",
                "SCRAPE_CONFIG | relabelings: [] | SCHEMA | spec.relabelings",
                "SCRAPE_CONFIG | basicAuth: {}, oauth2: {tokenUrl: 'http://x', clientId: {}, clientSecret: {key: k}} |"
                        + " AUTH-XOR | spec",
                "SCRAPE_CONFIG | kumaSDConfigs: [{server: 'kuma:5676'}] | URL | spec.kumaSDConfigs[0].server",
                "SCRAPE_CONFIG | gceSDConfigs: [{project: p}] | SCHEMA | spec.gceSDConfigs[0].zone",
                "SCRAPE_CONFIG | kubernetesSDConfigs: [{role: Pod, selectors: [{role: Pod}, {role: Pod}]}] | SCHEMA |"
                        + " spec.kubernetesSDConfigs[0].selectors[1]",
                "SCRAPE_CONFIG | fileSDConfigs: [{files: [a.txt]}] | SCHEMA | spec.fileSDConfigs[0].files[0]",
                "SCRAPE_CONFIG | scalewaySDConfigs: [{accessKey: a, projectID: p, role: Instance, secretKey: {key: k},"
                        + " tagsFilter: [t, t]}] | SCHEMA | spec.scalewaySDConfigs[0].tagsFilter[1]",
            })
    void what_every_release_refuses_is_refused(ObjectKind kind, String spec, String code, String path) {
        assertThat(SCHEMAS)
                .allSatisfy(schemas -> assertThat(admit(schemas, kind, spec).violations())
                        .extracting(Reason::code, Reason::path)
                        .containsExactly(tuple(code, path)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SERVICE_MONITOR | selector: {}, endpoints: []",
                "SERVICE_MONITOR | selector: {}, endpoints: [{interval: '', scrapeTimeout: 1m30s, targetPort: 80}]",
                "SERVICE_MONITOR | selector: {}, endpoints: [], nativeHistogramMinBucketFactor: '1.5'",
                "POD_MONITOR | selector: {}",
                "PROBE | ''",
                "SCRAPE_CONFIG | ''",
                "SCRAPE_CONFIG | ionosSDConfigs: [{datacenterID: d, authorization: {}}], basicAuth: {}",
            })
    void what_every_release_takes_is_taken(ObjectKind kind, String spec) {
        assertThat(SCHEMAS).allSatisfy(schemas -> {
            SchemaResult result = admit(schemas, kind, spec.equals("''") ? "" : spec);
            assertThat(result.violations()).isEmpty();
            assertThat(result.unknownFields()).isEmpty();
            assertThat(result.notJudged()).isEmpty();
        });
    }

    @Test
    void the_defaults_that_the_operator_counts_on_are_filled_in() {
        assertThat(SCHEMAS).allSatisfy(schemas -> {
            RawObject admitted = admit(
                            schemas,
                            ObjectKind.SERVICE_MONITOR,
                            "selector: {}, endpoints: [{relabelings: [{}], basicAuth: {username: {key: u}}}]")
                    .admitted();
            RawObject endpoint = admitted.objects("spec", "endpoints").getFirst();
            assertThat(endpoint.objects("relabelings").getFirst().text("action"))
                    .contains("replace");
            assertThat(endpoint.text("basicAuth", "username", "name")).contains("");
        });
        assertThat(SCHEMAS).allSatisfy(schemas -> {
            @Nullable
            Object path = admit(schemas, ObjectKind.PROBE, "prober: {url: x}")
                    .admitted()
                    .value("spec", "prober", "path");
            assertThat(path).isEqualTo("/probe");
        });
    }

    @Test
    void an_unknown_field_is_nothing_that_the_essentials_know_of() {
        assertThat(admit(CrdSchemas.essentials(), ObjectKind.PROBE, "probber: {}")
                        .unknownFields())
                .isEmpty();
    }
}
