package io.promwarden.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.check.Check;
import io.promwarden.check.CheckPage;
import io.promwarden.finding.CheckId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A check is one name in four places, and none of them may be missing. */
class CatalogTest {

    private static final Path CLASSES = Path.of("src/main/java/io/promwarden/catalog");
    private static final Path PAGES = Path.of("src/main/resources/checks");

    static List<CheckId> ids() {
        return Catalog.ids();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void a_check_has_a_page_with_every_heading(CheckId id) throws IOException {
        CheckPage page = CheckPage.of(id);

        assertThat(page.sections().keySet()).containsAll(CheckPage.HEADINGS);
        List<String> headings = Files.readAllLines(PAGES.resolve(id + ".md")).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
        assertThat(headings).isEqualTo(CheckPage.HEADINGS);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void a_check_has_a_fixture_that_triggers_and_one_that_stays_silent(CheckId id) {
        List<String> said = Fixture.all().stream()
                .filter(fixture -> fixture.check().equals(id))
                .map(Fixture::expectedText)
                .toList();

        assertThat(said).as("fixtures of " + id).anyMatch(text -> text.contains(" " + id + " "));
        assertThat(said).as("fixtures of " + id).contains("nothing\n");
    }

    @Test
    void every_class_that_is_a_check_is_listed() throws IOException {
        Set<String> listed = Catalog.all().stream()
                .map(check -> check.getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.walk(CLASSES)) {
            Set<String> written = new TreeSet<>();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).contains(" implements Check<")) {
                    written.add(file.getFileName().toString().replace(".java", ""));
                }
            }
            assertThat(listed).isEqualTo(written);
        }
    }

    @Test
    void no_page_and_no_fixture_is_left_of_a_check_that_is_gone() throws IOException {
        try (Stream<Path> pages = Files.walk(PAGES)) {
            assertThat(pages.filter(path -> path.toString().endsWith(".md"))
                            .map(path -> CheckId.parse(
                                    PAGES.relativize(path).toString().replace(".md", "")))
                            .toList())
                    .hasSameElementsAs(Catalog.ids());
        }
        assertThat(Fixture.all().stream().map(Fixture::check).distinct().toList())
                .hasSameElementsAs(Catalog.ids());
    }

    @Test
    void an_id_is_the_name_of_its_class() {
        assertThat(Catalog.all().stream().map(Check::id).map(CheckId::toString))
                .contains("monitor/not-scraped", "target/down", "tsdb/retention-beyond-disk")
                .doesNotHaveDuplicates();
    }

    @Test
    void the_index_of_checks_names_every_one() throws IOException {
        String index = Files.readString(Path.of("docs/checks.md"));

        assertThat(Catalog.ids()).allMatch(id -> index.contains("`" + id + "`"));
    }
}
