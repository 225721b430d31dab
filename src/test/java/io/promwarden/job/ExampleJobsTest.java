package io.promwarden.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleJobsTest {

    static Stream<Path> examples() throws IOException {
        return files(".yaml").filter(path -> !path.endsWith("exemptions.yaml"));
    }

    private static Stream<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("jobs"))) {
            return files.filter(path -> path.toString().endsWith(ending)).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_is_sound_and_named_like_its_file(Path example) {
        JobDefinition job = JobFiles.sound(JobFiles.read(example));
        assertThat(example.getFileName()).hasToString(job.name() + ".yaml");
    }

    @Test
    void every_yaml_file_tells_editors_its_schema() throws IOException {
        for (Path file : files(".yaml").toList()) {
            String schema = Files.readAllLines(file).getFirst().replace("# yaml-language-server: $schema=", "");
            assertThat(file.resolveSibling(schema)).exists();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"job", "exemptions"})
    void the_schemas_are_valid_json_schema(String name) throws IOException {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
        String text = Files.readString(Path.of("jobs", name + ".schema.json"));
        assertThat(registry.getSchema(SchemaLocation.of("http://json-schema.org/draft-07/schema#"))
                        .validate(text, InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void nightly_does_all_seven_steps_and_deletes_nothing() {
        JobDefinition nightly = JobFiles.sound(JobFiles.read(Path.of("jobs/nightly.yaml")));
        assertThat(nightly.steps().stream().map(StepSpec::word))
                .containsExactly("validate", "retention", "compact", "coverage", "alerts", "report", "deliver");
        assertThat(nightly.find(StepSpec.Retention.class)
                        .orElseThrow()
                        .settings()
                        .apply())
                .isFalse();
        assertThat(nightly.find(StepSpec.Retention.class)
                        .orElseThrow()
                        .settings()
                        .policies())
                .isNotEmpty();
    }

    @Test
    void no_channel_of_nightly_is_used_before_somebody_sets_it_up() {
        JobDefinition nightly = JobFiles.sound(JobFiles.read(Path.of("jobs/nightly.yaml")));
        assertThat(nightly.find(StepSpec.Deliver.class).orElseThrow().channels())
                .isNotEmpty()
                .allSatisfy(channel -> assertThat(channel.onlyIf()).isPresent());
    }

    @Test
    void retention_is_the_only_example_that_deletes() throws IOException {
        List<String> deleting = examples()
                .map(path -> JobFiles.sound(JobFiles.read(path)))
                .filter(job -> job.find(StepSpec.Retention.class)
                        .map(retention -> retention.settings().apply())
                        .orElse(false))
                .map(JobDefinition::name)
                .toList();
        assertThat(deleting).containsExactly("retention");
    }

    @Test
    void the_example_of_exemptions_can_be_used(@TempDir Path folder) throws IOException {
        Files.copy(Path.of("jobs/exemptions.yaml"), folder.resolve("exemptions.yaml"));
        Reading reading = JobFiles.write(folder, """
                name: a
                exemptions: exemptions.yaml
                steps: [validate, report]
                """);
        assertThat(JobFiles.sound(reading).exemptions()).hasSize(2);
    }
}
