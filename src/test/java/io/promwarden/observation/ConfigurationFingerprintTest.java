package io.promwarden.observation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class ConfigurationFingerprintTest {

    @Test
    void replicas_differ_in_their_external_labels_and_in_nothing_else() {
        String one =
                of("global: {scrape_interval: 30s, external_labels: {replica: a}}\nscrape_configs: [{job_name: x}]");
        String other =
                of("scrape_configs: [{job_name: x}]\nglobal: {external_labels: {replica: b}, scrape_interval: 30s}");

        assertThat(one).isEqualTo(other).matches("[0-9a-f]{16}");
    }

    @Test
    void a_changed_value_a_moved_entry_and_a_moved_boundary_change_it() {
        String plain = of("a: [x, y]");

        assertThat(of("a: [x, z]")).isNotEqualTo(plain);
        assertThat(of("a: [y, x]")).isNotEqualTo(plain);
        assertThat(of("a: [xy, '']")).isNotEqualTo(of("a: ['', xy]")).isNotEqualTo(plain);
        assertThat(of("b: {external_labels: {replica: a}}")).isNotEqualTo(of("b: {external_labels: {replica: b}}"));
    }

    @Test
    void it_can_be_noted_in_front_of_what_a_capture_keeps() {
        String fingerprint = of("a: b");

        assertThat(ConfigurationFingerprint.noted(ConfigurationFingerprint.note(fingerprint) + "scrape_configs: []\n"))
                .contains(fingerprint);
        assertThat(ConfigurationFingerprint.noted("scrape_configs: []\n")).isEmpty();
        assertThat(ConfigurationFingerprint.noted(ConfigurationFingerprint.note("zz") + "scrape_configs: []\n"))
                .isEmpty();
    }

    private static String of(String yaml) {
        return ConfigurationFingerprint.of(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
    }
}
