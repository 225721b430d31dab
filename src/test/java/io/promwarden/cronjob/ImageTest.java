package io.promwarden.cronjob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageTest {

    private final List<String> lines;

    ImageTest() throws IOException {
        lines = Files.readAllLines(Path.of("Dockerfile"));
    }

    @Test
    void java_is_process_one_and_gets_the_signals_itself() {
        assertThat(only("ENTRYPOINT")).startsWith("ENTRYPOINT [\"java\", ");
    }

    @Test
    void running_out_of_memory_does_not_read_as_an_incomplete_run() {
        assertThat(only("ENTRYPOINT"))
                .contains("-XX:+CrashOnOutOfMemoryError")
                .doesNotContain("ExitOnOutOfMemoryError");
    }

    @Test
    void the_image_runs_as_the_user_that_the_cronjob_names() throws IOException {
        assertThat(only("USER")).isEqualTo("USER 10001:10001");
        assertThat(Files.readString(Path.of("cronjob/base/cronjob.yaml")))
                .contains("runAsUser: 10001", "runAsGroup: 10001", "fsGroup: 10001");
    }

    @Test
    void it_runs_on_java_25_without_a_compiler() {
        assertThat(lines.stream()
                        .filter(line -> line.startsWith("FROM"))
                        .toList()
                        .getLast())
                .isEqualTo("FROM eclipse-temurin:25-jre");
    }

    private String only(String instruction) {
        List<String> found = lines.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
