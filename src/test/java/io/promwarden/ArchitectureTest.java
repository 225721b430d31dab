package io.promwarden;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.promwarden.ArchitectureTable.Row;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** ARCHITECTURE.md and the code cannot drift apart: the rules are read from its table. */
class ArchitectureTest {

    private static final String ROOT = "io.promwarden.";
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.promwarden");
    private static final ArchitectureTable TABLE = ArchitectureTable.read(Path.of("ARCHITECTURE.md"));

    @Test
    void every_package_has_a_row_and_every_row_a_package() {
        Set<String> packages = CODE.stream()
                .map(ArchitectureTest::packageOf)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(packages).isEqualTo(new TreeSet<>(TABLE.rows().keySet()));
    }

    @Test
    void a_package_imports_only_what_its_row_allows() {
        assertThat(dependencies().filter(dependency -> !allowed(dependency)).map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void a_row_allows_nothing_that_is_not_needed() {
        Set<String> used = dependencies()
                .map(dependency ->
                        packageOf(dependency.getOriginClass()) + " -> " + packageOf(dependency.getTargetClass()))
                .collect(Collectors.toSet());
        Stream<String> single = TABLE.rows().values().stream()
                .filter(row -> row.floor() == 3 && !row.everything())
                .flatMap(row -> row.mayImport().stream()
                        .filter(target -> TABLE.floorOf(target) > 1)
                        .map(target -> row.name() + " -> " + target));

        assertThat(single.filter(arrow -> !used.contains(arrow))).isEmpty();
    }

    @Test
    void arrows_only_point_down() {
        for (Row row : TABLE.rows().values()) {
            if (!row.everything()) {
                assertThat(row.mayImport())
                        .as(row.name())
                        .allSatisfy(target -> assertThat(TABLE.floorOf(target)).isLessThanOrEqualTo(row.floor()));
            }
        }
    }

    @Test
    void there_are_no_cycles() {
        SlicesRuleDefinition.slices()
                .matching("io.promwarden.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CODE);
    }

    @Test
    void families_of_checks_do_not_know_one_another() {
        SlicesRuleDefinition.slices()
                .matching("io.promwarden.catalog.(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(CODE);
    }

    @Test
    void only_the_command_line_writes_to_standard_output() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.promwarden.cli..")
                .should()
                .accessField(System.class, "out")
                .check(CODE);
    }

    @Test
    void names_say_what_a_class_is() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helper|Manager|Service|Impl)")
                .check(CODE.that(
                        new com.tngtech.archunit.base.DescribedPredicate<JavaClass>("are no Kubernetes Service") {
                            @Override
                            public boolean test(JavaClass type) {
                                return !type.getName().equals("io.promwarden.inventory.Service");
                            }
                        }));
    }

    @Test
    void the_clock_is_passed_in() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.promwarden.cli..", "io.promwarden.wiring..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Clock.class, "systemUTC")
                .check(CODE);
    }

    private static Stream<Dependency> dependencies() {
        return CODE.stream()
                .filter(type -> !packageOf(type).isEmpty())
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency ->
                        !packageOf(dependency.getOriginClass()).equals(packageOf(dependency.getTargetClass())));
    }

    private static boolean allowed(Dependency dependency) {
        Row row = TABLE.rows().get(packageOf(dependency.getOriginClass()));
        if (row == null || row.everything()) {
            return row != null;
        }
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        String name = target.getName();
        if (target.isPrimitive()
                || name.startsWith("java.")
                || name.startsWith("javax.")
                || name.startsWith("org.jspecify.")) {
            return true;
        }
        if (name.startsWith(ROOT)) {
            return packageOf(target).equals(row.name()) || row.mayImport().contains(packageOf(target));
        }
        boolean logging = name.startsWith("org.slf4j.") && row.floor() >= 3;
        return logging || row.libraries().stream().anyMatch(library -> name.startsWith(library + "."));
    }

    /** The first step below the root, e.g. {@code catalog} for {@code io.promwarden.catalog.monitor.X}; empty for the root. */
    private static String packageOf(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        if (!name.startsWith(ROOT)) {
            return "";
        }
        String below = name.substring(ROOT.length());
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }
}
