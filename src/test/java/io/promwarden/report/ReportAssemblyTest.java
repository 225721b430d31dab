package io.promwarden.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.check.CheckResults;
import io.promwarden.finding.CheckId;
import io.promwarden.finding.Finding;
import io.promwarden.finding.NotRun;
import io.promwarden.finding.Severity;
import io.promwarden.finding.Subject;
import io.promwarden.observation.ServerId;
import io.promwarden.report.GovernanceReport.AgedFinding;
import io.promwarden.report.GovernanceReport.PageText;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.ReceiptBook;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class ReportAssemblyTest {

    private static final Instant YESTERDAY = Instant.parse("2026-11-21T02:10:00Z");
    private static final Instant TONIGHT = Instant.parse("2026-11-22T02:10:00Z");
    private static final RunId BEFORE = new RunId("nightly", YESTERDAY, 0);
    private static final RunId NOW = new RunId("nightly", TONIGHT, 0);

    private final MemoryHistory history = new MemoryHistory();

    @Test
    void what_the_run_before_did_not_have_is_new() {
        validated(BEFORE, "eu", finding("eu", "monitor/selects-nothing", "old"));
        history.finish(BEFORE, YESTERDAY, 0);
        validated(
                NOW,
                "eu",
                finding("eu", "monitor/selects-nothing", "old"),
                finding("eu", "monitor/selects-nothing", "young"));

        assertThat(assemble().findings())
                .extracting(aged -> aged.finding().subject().name(), AgedFinding::isNew, AgedFinding::firstSeen)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("old", false, YESTERDAY),
                        org.assertj.core.groups.Tuple.tuple("young", true, TONIGHT));
    }

    @Test
    void nothing_is_new_or_fixed_where_there_is_no_run_before() {
        validated(NOW, "eu", finding("eu", "monitor/selects-nothing", "cart"));

        GovernanceReport report = assemble();

        assertThat(report.since()).isEmpty();
        assertThat(report.findings()).extracting(AgedFinding::isNew).containsExactly(false);
        assertThat(report.fixed()).isEmpty();
    }

    @Test
    void what_is_gone_after_its_check_ran_again_is_fixed() {
        validated(BEFORE, "eu", finding("eu", "monitor/selects-nothing", "cart"));
        history.finish(BEFORE, YESTERDAY, 0);
        validated(NOW, "eu");

        assertThat(assemble().fixed()).containsExactly(finding("eu", "monitor/selects-nothing", "cart"));
    }

    @Test
    void what_could_not_be_looked_at_is_not_called_fixed() {
        validated(
                BEFORE,
                "eu",
                finding("eu", "monitor/selects-nothing", "cart"),
                finding("eu", "monitor/unknown-port", "search"));
        validated(BEFORE, "us", finding("us", "monitor/unknown-port", "ledger"));
        history.finish(BEFORE, YESTERDAY, 0);
        CheckResults half = new CheckResults(
                List.of(), List.of(), List.of(new NotRun("eu", "monitor/unknown-port", "services: 403")), 2, 1);
        history.save(NOW, "eu", "validate", Duration.ofSeconds(1), new StepResult.Validated(half));
        history.save(
                NOW,
                "us",
                "validate",
                Duration.ofSeconds(1),
                new StepResult.NotDone(List.of(new NotRun("us", "validate", "no route to host"))));

        GovernanceReport report = assemble();

        assertThat(report.fixed())
                .extracting(finding -> finding.subject().name())
                .containsExactly("cart");
        assertThat(report.notRun()).hasSize(2);
    }

    @Test
    void what_somebody_exempted_is_not_fixed() {
        Finding cart = finding("eu", "monitor/selects-nothing", "cart");
        validated(BEFORE, "eu", cart);
        history.finish(BEFORE, YESTERDAY, 0);
        CheckResults exempted =
                new CheckResults(List.of(), List.of(new CheckResults.Exempted(cart, "known", "")), List.of(), 1, 1);
        history.save(NOW, "eu", "validate", Duration.ofSeconds(1), new StepResult.Validated(exempted));

        assertThat(assemble().fixed()).isEmpty();
    }

    @Test
    void a_server_without_an_answer_is_not_run_even_when_no_step_says_so() {
        validated(NOW, "eu");
        history.saveServers(
                NOW,
                "eu",
                List.of(
                        new ServerSeen("eu", "Prometheus", "k8s-1", "", "connection refused"),
                        new ServerSeen("eu", "Prometheus", "k8s-0", "2.42.0", "")));

        assertThat(assemble().notRun()).containsExactly(new NotRun("eu", "Prometheus k8s-1", "connection refused"));
    }

    @Test
    void the_order_in_which_steps_ended_does_not_show() {
        Finding error = finding("us", "monitor/selects-nothing", "b");
        Finding other = finding("eu", "monitor/selects-nothing", "a");
        validated(NOW, "us", error);
        validated(NOW, "eu", other);
        GovernanceReport one = assemble();
        MemoryHistory turned = new MemoryHistory();
        turned.begin(NOW, "sha", TONIGHT);
        turned.save(NOW, "eu", "validate", Duration.ofSeconds(1), validated(other));
        turned.save(NOW, "us", "validate", Duration.ofSeconds(1), validated(error));

        assertThat(assembly(turned).assemble(NOW, TONIGHT)).isEqualTo(one);
        assertThat(one.findings())
                .extracting(aged -> aged.finding().subject().cluster())
                .containsExactly("eu", "us");
        assertThat(one.pages()).containsOnlyKeys(CheckId.parse("monitor/selects-nothing"));
    }

    @Test
    void incomplete_outranks_findings_and_findings_alone_do_not_fail_a_run() {
        AgedFinding warning = SampleReport.finding(
                Severity.WARNING, "target/down", new Subject("eu", "ServiceMonitor", "a", "b"), "Down.");
        GovernanceReport looked = SampleReport.with(List.of(warning), List.of());
        GovernanceReport half = SampleReport.with(List.of(warning), List.of(new NotRun("eu", "x", "y")));

        assertThat(RunOutcome.of(looked, Optional.empty(), 0).exitCode()).isZero();
        assertThat(RunOutcome.of(looked, Optional.of(Severity.ERROR), 0).exitCode())
                .isZero();
        assertThat(RunOutcome.of(looked, Optional.of(Severity.WARNING), 0).exitCode())
                .isEqualTo(1);
        assertThat(RunOutcome.of(looked, Optional.of(Severity.INFO), 1).exitCode())
                .isEqualTo(3);
        assertThat(RunOutcome.of(half, Optional.of(Severity.WARNING), 0).exitCode())
                .isEqualTo(3);
    }

    private GovernanceReport assemble() {
        return assembly(history).assemble(NOW, TONIGHT);
    }

    private static ReportAssembly assembly(RunHistory history) {
        return new ReportAssembly(history, new NoReceipts(), check -> new PageText("l", "w", "f"), "1");
    }

    private void validated(RunId run, String cluster, Finding... findings) {
        history.begin(run, "sha", run.slot());
        history.save(run, cluster, "validate", Duration.ofSeconds(1), validated(findings));
    }

    private static StepResult validated(Finding... findings) {
        return new StepResult.Validated(new CheckResults(Arrays.asList(findings), List.of(), List.of(), 8, 100));
    }

    private static Finding finding(String cluster, String check, String name) {
        return new Finding(
                CheckId.parse(check),
                Severity.ERROR,
                new Subject(cluster, "ServiceMonitor", "shop", name),
                "",
                "It is so.",
                List.of(),
                Optional.empty());
    }

    /** A book without receipts. */
    private static final class NoReceipts implements ReceiptBook {
        @Override
        public long open(String runId, Receipt intent) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close(long number, Receipt receipt) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SequencedMap<Long, Receipt> unfinished(String runId) {
            return new LinkedHashMap<>();
        }

        @Override
        public SequencedMap<Long, Receipt> unfinished() {
            return new LinkedHashMap<>();
        }

        @Override
        public List<Receipt> receipts(String runId) {
            return List.of();
        }

        @Override
        public List<Receipt> since(Instant from) {
            return List.of();
        }

        @Override
        public List<Receipt> ofServer(ServerId server) {
            return List.of();
        }
    }
}
