package io.promwarden.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Reads job files for tests, on the first of May 2026. */
final class JobFiles {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-05-01T02:10:00Z"), ZoneOffset.UTC);

    private JobFiles() {}

    static Reading read(Path file) {
        return new JobDefinitionReader(CLOCK).read(file);
    }

    /** A file of {@code src/test/resources/jobs}. */
    static Path resource(String name) {
        return Path.of("src/test/resources/jobs", name);
    }

    static Reading write(Path folder, String yaml) {
        try {
            return read(Files.writeString(folder.resolve("job.yaml"), yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JobDefinition sound(Reading reading) {
        if (reading instanceof Reading.Unsound unsound) {
            throw new AssertionError(String.join("\n", lines(unsound.problems())));
        }
        return ((Reading.Sound) reading).definition();
    }

    static List<Problem> problems(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Unsound.class);
        return ((Reading.Unsound) reading).problems();
    }

    /** Each problem as {@code line:column message | remedy}. */
    static List<String> lines(List<Problem> problems) {
        return problems.stream()
                .map(problem -> "%d:%d %s | %s"
                        .formatted(problem.line(), problem.column(), problem.message(), problem.remedy()))
                .toList();
    }
}
