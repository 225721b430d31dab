package io.promwarden.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileJobFilesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "~\n"})
    void an_empty_file_is_called_empty(String yaml) {
        assertThat(only(JobFiles.write(folder, yaml)).message()).isEqualTo("the file is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nightly\n", "- validate\n", "7\n", "true\n"})
    void a_file_that_is_no_map_is_told_what_it_should_be(String yaml) {
        assertThat(only(JobFiles.write(folder, yaml)).message())
                .startsWith("the file must be a map of keys, but it is ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: a\nsteps: [validate\n",
                "name: a\n\tsteps: [validate]\n",
                "name: 'a\nsteps: [validate]\n",
                "name: a: b\n",
                "name: *unknown\n",
                "name: @a\n",
                "name: a\u0000b\n"
            })
    void a_syntax_error_has_a_position_and_a_remedy(String yaml) {
        Problem problem = only(JobFiles.write(folder, yaml));
        assertThat(problem.message()).startsWith("not YAML: ");
        assertThat(problem.line()).isBetween(1, 3);
        assertThat(problem.remedy()).isNotBlank();
    }

    @Test
    void a_tab_is_named_as_the_culprit() {
        assertThat(only(JobFiles.write(folder, "name: a\nsteps:\n\t- validate\n"))
                        .remedy())
                .contains("replace the tab");
    }

    @Test
    void a_bomb_of_aliases_is_refused_before_it_grows() {
        StringBuilder yaml =
                new StringBuilder("name: a\nsteps: [validate, report]\nx0: &x0 [a, a, a, a, a, a, a, a, a]\n");
        for (int i = 1; i < 9; i++) {
            String before = "*x" + (i - 1);
            yaml.append("x%d: &x%d [%s]%n".formatted(i, i, String.join(", ", List.of(before, before, before, before))));
        }
        assertThat(JobFiles.problems(JobFiles.write(folder, yaml.toString())))
                .anyMatch(problem -> problem.message().contains("aliases"));
    }

    @Test
    void a_list_that_holds_itself_is_refused() {
        assertThat(JobFiles.problems(JobFiles.write(folder, "name: a\nsteps: &s [validate, *s]\n")))
                .anyMatch(problem -> problem.message().contains("aliases"));
    }

    @Test
    void endless_nesting_is_refused() {
        assertThat(JobFiles.problems(JobFiles.write(folder, "name: " + "[".repeat(20_000))))
                .isNotEmpty();
    }

    @Test
    void a_tag_never_makes_an_object() {
        Reading reading =
                JobFiles.write(folder, "name: !!java.net.URL [\"http://localhost/\"]\nsteps: [validate, report]\n");
        assertThat(JobFiles.problems(reading))
                .anyMatch(problem -> problem.message().contains("tag"));
    }

    @Test
    void a_huge_file_is_refused_unread() throws IOException {
        Path file = folder.resolve("job.yaml");
        Files.writeString(file, "# " + "x".repeat(2 << 20));
        assertThat(only(JobFiles.read(file)).message()).contains("larger than 1 MiB");
    }

    @Test
    void text_that_is_not_utf_8_is_refused() throws IOException {
        Path file = folder.resolve("job.yaml");
        Files.write(file, "name: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(only(JobFiles.read(file)).message()).contains("not UTF-8");
    }

    @Test
    void a_missing_file_and_a_folder_are_told_apart() {
        assertThat(only(JobFiles.read(folder.resolve("none.yaml"))).message()).contains("there is no such file");
        assertThat(only(JobFiles.read(folder)).message()).contains("it is a folder");
    }

    @Test
    void a_key_that_steers_a_terminal_is_shown_without_its_control_characters() {
        Reading reading = JobFiles.write(folder, "name: a\nsteps: [validate, report]\n\"\\e[2Jkey\": 1\n");
        assertThat(only(reading).message()).isEqualTo("unknown key `?[2Jkey`");
    }

    @Test
    void many_problems_are_all_found() {
        StringBuilder yaml = new StringBuilder("name: a\nsteps:\n");
        IntStream.range(0, 3000).forEach(i -> yaml.append("  - step-").append(i).append('\n'));
        assertThat(JobFiles.problems(JobFiles.write(folder, yaml.toString()))).hasSize(3000);
    }

    private static Problem only(Reading reading) {
        List<Problem> problems = JobFiles.problems(reading);
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }
}
