package io.promwarden.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.batch.Progress;
import io.promwarden.batch.StopSignal;
import io.promwarden.finding.Fact;
import io.promwarden.finding.Fix;
import io.promwarden.job.JobDefinitionReader;
import io.promwarden.job.Reading;
import io.promwarden.report.GovernanceReport;
import io.promwarden.wiring.DemoRun;
import io.promwarden.wiring.RunEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo is what a stranger sees first: every planted fault is found in it, and nothing else is called an error. */
class DemoTest {

    @TempDir
    private static Path reports;

    private static GovernanceReport report;
    private static ReportLines lines;
    private static int exitCode;

    @BeforeAll
    static void both_nights() throws IOException {
        Reading.Sound job =
                (Reading.Sound) new JobDefinitionReader(Clock.systemUTC()).read(Path.of("jobs/nightly.yaml"));
        RunEnd end = new DemoRun(job.definition(), reports, Map.of(), Clock.systemUTC())
                .execute(new Silence(), new StopSignal());
        assertThat(end).isInstanceOf(RunEnd.Done.class);
        report = ((RunEnd.Done) end).report();
        lines = new ReportLines(report);
        exitCode = ((RunEnd.Done) end).exitCode();
    }

    @Test
    void every_planted_fault_is_found() {
        assertThat(lines.all()).containsAll(Faults.says("both", "second"));
    }

    @Test
    void nothing_else_is_called_an_error() {
        Set<String> errors = new TreeSet<>(lines.findings());
        errors.removeIf(line -> !line.startsWith("finding error"));
        assertThat(errors).isSubsetOf(Faults.says("both", "second"));
    }

    @Test
    void what_happened_between_the_nights_is_told() {
        assertThat(lines.fresh()).isEqualTo(findings("second"));
        assertThat(lines.fixed()).isEqualTo(findings("first"));
    }

    @Test
    void why_nothing_is_scraped_is_told_by_many_codes_and_most_come_with_a_patch() {
        Set<String> told = new TreeSet<>();
        Set<String> mended = new TreeSet<>();
        report.findings().stream()
                .map(GovernanceReport.AgedFinding::finding)
                .filter(finding -> finding.check().toString().equals("monitor/not-scraped"))
                .forEach(finding -> finding.evidence().stream()
                        .filter(fact -> fact.name().equals("code"))
                        .map(Fact::value)
                        .forEach(code -> {
                            told.add(code);
                            finding.fix().flatMap(Fix::patch).ifPresent(patch -> mended.add(code));
                        }));

        assertThat(told)
                .contains(
                        "all-samples-dropped",
                        "connection-refused",
                        "not-an-exposition",
                        "path-not-found",
                        "sample-limit")
                .containsAll(mended);
        assertThat(mended)
                .containsExactly(
                        "dropped-by-relabeling",
                        "namespace-not-selected",
                        "no-endpoints",
                        "no-matching-service",
                        "not-selected",
                        "port-unknown",
                        "rbac-missing",
                        "service-in-other-namespace",
                        "target-port-undeclared");
    }

    @Test
    void everything_could_be_looked_at_and_the_run_is_done() {
        assertThat(report.notRun()).isEmpty();
        assertThat(exitCode).isZero();
    }

    @Test
    void the_page_about_the_demo_lists_the_same_faults() throws IOException {
        String page = Files.readString(Path.of("docs/demo.md"));
        for (Faults.Fault fault : Faults.planted()) {
            assertThat(page).contains(fault.what());
            fault.says().forEach(line -> assertThat(page).contains("`" + line + "`"));
        }
    }

    private static Set<String> findings(String night) {
        Set<String> findings = new TreeSet<>(Faults.says(night));
        findings.removeIf(line -> !line.startsWith("finding"));
        return findings;
    }

    private static final class Silence implements Progress {
        @Override
        public void started(Unit unit) {}

        @Override
        public void ended(Unit unit, Duration took, String note) {}
    }
}
