package io.promwarden.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.admission.Verdict;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.manifests.ManifestReader;
import io.promwarden.manifests.ManifestSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A patch replaces lists whole; one that was read without its credentials must not be written back. */
class SecretsInPatchesTest {

    private static final String DROPS = "{action: drop, sourceLabels: [job], regex: '.*'}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{targetLabel: __param_token, replacement: s3cret}",
                "{targetLabel: origin, replacement: 'https://user:s3cret@example.test/'}"
            })
    void a_list_that_was_read_without_its_credentials_is_in_no_patch(String kept) {
        assertThat(fixes(List.of(DROPS, kept))).isNotEmpty().allMatch(Optional::isEmpty);
    }

    @ParameterizedTest
    @ValueSource(strings = "{targetLabel: team, replacement: shop}")
    void a_list_without_any_is_patched(String kept) {
        assertThat(fixes(List.of(DROPS, kept))).isNotEmpty().allMatch(Optional::isPresent);
    }

    private static List<Optional<PatchFix>> fixes(List<String> rules) {
        String list = String.join(", ", rules);
        String text = """
                apiVersion: monitoring.coreos.com/v1
                kind: Probe
                metadata: {name: shop, namespace: shop}
                spec:
                  prober: {url: "prober:9115"}
                  targets:
                    staticConfig: {static: [shop.example.test], relabelingConfigs: [%s]}
                ---
                apiVersion: monitoring.coreos.com/v1alpha1
                kind: ScrapeConfig
                metadata: {name: shop, namespace: shop}
                spec:
                  staticConfigs: [{targets: ["shop:80"]}]
                  relabelings: [%s]
                """.formatted(list, list);
        ClusterInventory declared = ClusterInventory.read(
                "test", new ManifestSource(ManifestReader.parse("test", text).objects(), "default"));
        Explainer explainer = new Explainer(new World(
                declared,
                (monitor, prometheus) -> Verdict.accepted(List.of()),
                Optional.of(PrometheusObject.assumed(Optional.empty(), Set.of())),
                Optional.empty()));
        return explainer
                .monitors()
                .flatMap(monitor -> explainer.explain(monitor).stream())
                .peek(chain -> assertThat(chain.code()).contains(Code.DROPPED_BY_RELABELING))
                .map(Chain::fix)
                .toList();
    }
}
