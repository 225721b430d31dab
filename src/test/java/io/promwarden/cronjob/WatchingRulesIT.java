package io.promwarden.cronjob;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.promwarden.testing.RealServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alerts that watch the job itself, judged by promtool. */
class WatchingRulesIT {

    @TempDir
    private Path folder;

    @BeforeEach
    void take_the_rules_out_of_the_rendered_objects() throws IOException {
        Rendered rendered = Rendered.of("overlays/retention");
        for (String job : List.of("nightly", "retention")) {
            Object spec =
                    rendered.rule("promwarden-" + job).getAdditionalProperties().get("spec");
            Files.writeString(folder.resolve(job + ".rules.yaml"), new KubernetesSerialization().asYaml(spec));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nightly", "retention"})
    void promtool_accepts_the_rules(String job) {
        assertThat(promtool("check", job + ".rules.yaml")).contains("SUCCESS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nightly", "retention"})
    void each_alert_fires_when_it_should_and_only_then(String job) throws IOException {
        Files.copy(Path.of("src/test/resources/cronjob", job + ".test.yaml"), folder.resolve(job + ".test.yaml"));
        assertThat(promtool("test", job + ".test.yaml")).contains("SUCCESS");
    }

    @Test
    void every_alert_is_in_a_test() throws IOException {
        String tested = Files.readString(Path.of("src/test/resources/cronjob/nightly.test.yaml"));
        assertThat(Files.readString(folder.resolve("nightly.rules.yaml"))
                        .lines()
                        .filter(line -> line.contains("alert:"))
                        .map(line -> line.replaceAll(".*alert: \"?(\\w+)\"?", "alertname: $1")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(tested).contains(line));
    }

    private String promtool(String verb, String file) {
        return Rendered.run(List.of(
                RealServers.program("promtool").toString(),
                verb,
                "rules",
                folder.resolve(file).toString()));
    }
}
