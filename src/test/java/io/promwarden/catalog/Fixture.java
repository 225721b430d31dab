package io.promwarden.catalog;

import io.promwarden.answer.Answer;
import io.promwarden.check.Check;
import io.promwarden.check.CheckResults;
import io.promwarden.check.CheckRunner;
import io.promwarden.check.Evidence;
import io.promwarden.finding.CheckId;
import io.promwarden.finding.Fact;
import io.promwarden.finding.Finding;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.InventorySource;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.ReferencedData;
import io.promwarden.manifests.ManifestReader;
import io.promwarden.manifests.ManifestSource;
import io.promwarden.manifests.Manifests;
import io.promwarden.testing.written.AnswersFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** One folder below src/test/resources/checks: a world, and what one check says about it. */
record Fixture(CheckId check, Path folder) {

    static final Path ROOT = Path.of("src/test/resources/checks");

    static List<Fixture> all() {
        return folders(ROOT)
                .flatMap(family -> folders(family)
                        .flatMap(name -> folders(name)
                                .map(folder -> new Fixture(
                                        new CheckId(
                                                family.getFileName().toString(),
                                                name.getFileName().toString()),
                                        folder))))
                .toList();
    }

    private static Stream<Path> folders(Path parent) {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path expected() {
        return folder.resolve("findings.txt");
    }

    String expectedText() {
        try {
            return Files.exists(expected()) ? Files.readString(expected()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the check says of this world. For what is said of exemptions, all checks have to run. */
    String found() {
        List<Check<?>> asked = Catalog.all().stream()
                .filter(candidate ->
                        check.family().equals("exemption") || candidate.id().equals(check))
                .toList();
        return text(run(folder, asked), check.family().equals("exemption") ? Optional.of(check) : Optional.empty());
    }

    static CheckResults run(Path folder, List<Check<?>> checks) {
        AnswersFile answers = AnswersFile.read(folder.resolve("answers.yaml"));
        Manifests manifests = ManifestReader.read(folder.resolve("inventory.yaml"));
        if (!manifests.problems().isEmpty()) {
            throw new IllegalStateException(manifests.problems().toString());
        }
        InventorySource source = refusing(new ManifestSource(manifests.objects(), "default"), answers.refused());
        Evidence evidence = new Evidence(
                AnswersFile.CLUSTER,
                answers.withoutKubernetes()
                        ? Optional.empty()
                        : Optional.of(ClusterInventory.read(AnswersFile.CLUSTER, source)),
                ReferencedData.unread(ReferencedData.NOT_ALLOWED),
                answers.metrics(),
                answers.alertmanagers(),
                answers.nights(),
                answers.everything(),
                answers.at());
        return new CheckRunner(checks, true)
                .run(evidence, answers.exemptions(), LocalDate.ofInstant(answers.at(), ZoneOffset.UTC), () -> false);
    }

    private static InventorySource refusing(InventorySource source, Map<String, String> refused) {
        return new InventorySource() {
            @Override
            public <T> Answer<List<T>> list(ObjectKind kind, Function<RawObject, T> keep) {
                String reason = refused.get(kind.plural());
                return reason == null ? source.list(kind, keep) : Answer.unknown(reason);
            }
        };
    }

    /** As findings.txt has it; {@code only} leaves out the findings of other checks. */
    static String text(CheckResults results, Optional<CheckId> only) {
        StringBuilder text = new StringBuilder();
        results.findings().stream()
                .filter(finding -> only.map(finding.check()::equals).orElse(true))
                .forEach(finding -> write(finding, text));
        if (only.isEmpty()) {
            results.exempted()
                    .forEach(exempted -> text.append("exempted ")
                            .append(exempted.finding().check())
                            .append(' ')
                            .append(exempted.finding().subject().text())
                            .append(exempted.until().isEmpty() ? "" : " until " + exempted.until())
                            .append(": ")
                            .append(exempted.reason())
                            .append('\n'));
            results.notRun()
                    .forEach(notRun -> text.append("not run ")
                            .append(notRun.what())
                            .append(": ")
                            .append(notRun.reason())
                            .append('\n'));
        }
        return text.isEmpty() ? "nothing\n" : text.toString();
    }

    private static void write(Finding finding, StringBuilder text) {
        text.append(finding.severity().word())
                .append(' ')
                .append(finding.check())
                .append(' ')
                .append(finding.subject().text());
        if (!finding.aspect().isEmpty()) {
            text.append(" [").append(finding.aspect()).append(']');
        }
        text.append("\n  ").append(finding.message()).append('\n');
        for (Fact fact : finding.evidence()) {
            text.append("  - ")
                    .append(fact.name())
                    .append(": ")
                    .append(fact.value())
                    .append('\n');
        }
        finding.fix().ifPresent(fix -> {
            text.append("  fix: ").append(fix.text()).append('\n');
            fix.patch().stream()
                    .flatMap(String::lines)
                    .forEach(line -> text.append("  | ").append(line).append('\n'));
        });
    }
}
