package io.promwarden.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.inventory.RawObject;
import io.promwarden.manifests.ManifestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Worlds whose verdicts are known. Where the folder of the operator's CRDs is given (system property {@code promwarden.crds}), all
 * must agree; elsewhere a world that only a CRD could refuse is counted as not judged, and says so in the table.
 */
class OperatorConformanceTest {

    private static final Path FOLDER = Path.of("src/test/resources/conformance/operator");
    private static final String CRD_FOLDER = System.getProperty("promwarden.crds", "");
    private static final boolean CRDS = !CRD_FOLDER.isEmpty();
    private static final Schemas SCHEMAS = CRDS ? CrdSchemas.of(crds(Path.of(CRD_FOLDER))) : CrdSchemas.essentials();
    private static final Map<String, Tally> TALLIES = new TreeMap<>();

    /** How a kind fared. */
    private static final class Tally {
        private int agree;
        private int differ;
        private int notJudged;
    }

    /** A row of expected.tsv. */
    record Expected(String file, String verdict, String layer, String rule, List<String> dropped) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Expected> worlds() throws IOException {
        return Files.readAllLines(FOLDER.resolve("expected.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .map(cell -> new Expected(
                        cell[0],
                        cell[1],
                        cell[2].equals("-") ? "" : cell[2],
                        cell[3],
                        cell[4].equals("-") ? List.of() : List.of(cell[4].split(", *"))));
    }

    private static List<RawObject> crds(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted()
                    .flatMap(file -> ManifestReader.read(file).objects().stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worlds")
    void a_world_has_the_verdict_that_the_operator_gives_it(Expected expected) throws IOException {
        Tally tally = TALLIES.computeIfAbsent(
                expected.file().substring(0, expected.file().indexOf('/')), kind -> new Tally());
        tally.differ++;
        World world =
                World.parse(expected.file(), Files.readString(FOLDER.resolve(expected.file()), StandardCharsets.UTF_8));

        Verdict verdict = world.verdict(SCHEMAS);
        boolean disagrees = !verdict.outcome().word().equals(expected.verdict());
        if (disagrees && !CRDS && expected.layer().equals("schema")) {
            tally.differ--;
            tally.notJudged++;
            return;
        }

        assertThat(verdict.outcome().word()).as("%s", verdict.reasons()).isEqualTo(expected.verdict());
        assertThat(verdict.layer().map(Layer::word).orElse("")).isEqualTo(expected.layer());
        if (!expected.dropped().isEmpty()) {
            assertThat(verdict.dropped()).containsExactlyElementsOf(expected.dropped());
        }
        tally.differ--;
        tally.agree++;
    }

    @AfterAll
    static void print_the_table() {
        StringBuilder table = new StringBuilder("conformance with the operator, schema: "
                + (CRDS ? "the CRDs in " + CRD_FOLDER : "essentials only") + "\n");
        table.append(String.format("%-16s %8s %8s %12s%n", "kind", "agree", "differ", "not judged"));
        TALLIES.forEach((kind, tally) ->
                table.append(String.format("%-16s %8d %8d %12d%n", kind, tally.agree, tally.differ, tally.notJudged)));
        System.out.print(table);
    }
}
