package io.promwarden.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each job of {@code src/test/resources/jobs/unsound} and, in the text beside it, all that the reader says of it. With
 * {@code -Dpromwarden.approve=true} the texts are written anew: read the difference as you read code.
 */
class UnsoundJobsTest {

    static Stream<Path> jobs() throws IOException {
        try (Stream<Path> files = Files.list(JobFiles.resource("unsound"))) {
            return files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void all_that_is_wrong_is_said_at_once_in_the_order_of_the_file(Path job) throws IOException {
        List<String> said = JobFiles.problems(JobFiles.read(job)).stream()
                .map(problem -> "%s%n    %s%n    %s%n"
                        .formatted(problem.position().replace('\\', '/'), problem.message(), problem.remedy()))
                .toList();
        Path approved = job.resolveSibling(job.getFileName().toString().replace(".yaml", ".txt"));
        if (Boolean.getBoolean("promwarden.approve")) {
            Files.writeString(approved, String.join("", said));
        }
        assertThat(String.join("", said)).isEqualTo(Files.readString(approved));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void no_secret_is_repeated_in_a_message(Path job) {
        assertThat(JobFiles.lines(JobFiles.problems(JobFiles.read(job))))
                .noneMatch(line -> line.contains("hunter2") || line.contains("s3cr3t") || line.contains("abcdef"));
    }
}
