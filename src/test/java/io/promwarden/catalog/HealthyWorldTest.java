package io.promwarden.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.check.CheckResults;
import io.promwarden.coverage.Coverage;
import io.promwarden.coverage.CoverageMeasure;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.manifests.ManifestReader;
import io.promwarden.manifests.ManifestSource;
import io.promwarden.testing.written.AnswersFile;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What every user starts with must not be called wrong. */
class HealthyWorldTest {

    private static final Path STACK = Path.of("src/test/resources/worlds/kube-prometheus-stack");

    @Test
    void a_healthy_kube_prometheus_stack_has_nothing_that_is_wrong_and_little_that_is_worth_knowing() {
        CheckResults results = Fixture.run(STACK, Catalog.all());

        assertThat(results.notRun()).isEmpty();
        assertThat(results.findings())
                .extracting(
                        finding -> finding.severity().word() + " " + finding.check(),
                        finding -> finding.subject().text())
                .containsExactly(
                        Tuple.tuple("info prometheus/no-resource-limits", "Prometheus monitoring/stack-prometheus"));
        assertThat(results.checks()).isEqualTo(Catalog.all().size());
        assertThat(results.subjects()).isGreaterThan(40);
    }

    @Test
    void everything_in_it_that_runs_is_covered() {
        ManifestSource source = new ManifestSource(
                ManifestReader.read(STACK.resolve("inventory.yaml")).objects(), "default");
        Coverage coverage = CoverageMeasure.measure(
                "prod",
                Optional.of(ClusterInventory.read("prod", source)),
                AnswersFile.read(STACK.resolve("answers.yaml")).metrics(),
                subject -> Optional.empty());

        assertThat(coverage.notRun()).isEmpty();
        assertThat(coverage.entries())
                .filteredOn(entry -> entry.state() != Coverage.State.COVERED)
                .extracting(Coverage.Entry::name, Coverage.Entry::state)
                .containsExactly(Tuple.tuple("stack-kube-scheduler", Coverage.State.IDLE));
    }
}
