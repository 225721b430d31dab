package io.promwarden.history;

import static io.promwarden.history.StoredThings.CLUSTER;
import static io.promwarden.history.StoredThings.HOSTILE;
import static io.promwarden.history.StoredThings.NIGHT;
import static io.promwarden.history.StoredThings.finding;
import static io.promwarden.history.StoredThings.night;
import static io.promwarden.history.StoredThings.validated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promwarden.finding.Finding;
import io.promwarden.finding.NotRun;
import io.promwarden.report.RunHistory;
import io.promwarden.report.RunHistory.Run;
import io.promwarden.report.RunId;
import io.promwarden.report.ServerSeen;
import io.promwarden.report.StepResult;
import io.promwarden.report.StoredStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What every {@link RunHistory} does. */
abstract class RunHistoryContract extends StoreContract {

    private static final Duration TOOK = Duration.ofMillis(1500);
    private static final Finding CART = finding("monitor/selects-nothing", "cart");
    private static final Finding CHECKOUT = finding("monitor/selects-nothing", "checkout");
    private static final Finding PORT = finding("monitor/unknown-port", "cart");

    private @Nullable RunHistory opened;

    @BeforeEach
    void over_the_store() {
        opened = new JdbcRunHistory(store().dataSource());
    }

    private RunHistory history() {
        return Objects.requireNonNull(opened);
    }

    @Test
    void a_result_comes_back_as_it_was_stored_whatever_its_kind() {
        RunId run = begun(0);
        List<StepResult> results = StoredThings.oneOfEach();
        for (int i = 0; i < results.size(); i++) {
            history().save(run, CLUSTER, "step-" + i, TOOK, results.get(i));
        }

        assertThat(history().steps(run)).extracting(StoredStep::result).isEqualTo(results);
        assertThat(history().steps(run)).extracting(StoredStep::took).containsOnly(TOOK);
    }

    @Test
    void results_outlive_the_process() {
        RunId run = begun(0);
        history().save(run, CLUSTER, "validate", TOOK, StoredThings.validatedAll());

        RunHistory next = new JdbcRunHistory(reopen().dataSource());

        assertThat(next.steps(run))
                .containsExactly(new StoredStep(CLUSTER, "validate", TOOK, StoredThings.validatedAll()));
    }

    @Test
    void a_result_of_several_megabytes_is_stored_in_parts() {
        RunId run = begun(0);
        StepResult.Validated many = StoredThings.manyFindings(20_000);

        history().save(run, CLUSTER, "validate", TOOK, many);

        assertThat(history().steps(run)).extracting(StoredStep::result).containsExactly(many);
        assertThat(history().firstSeen(run)).hasSize(20_000);
    }

    @Test
    void half_a_surrogate_pair_from_the_cluster_breaks_nothing() {
        RunId run = begun(0);

        history().save(run, CLUSTER, "validate", TOOK, validated(List.of(finding("target/down", "half \ud83d pair"))));

        assertThat(history().firstSeen(run)).hasSize(1);
        assertThat(history().steps(run)).hasSize(1);
    }

    @Test
    void steps_come_sorted_by_cluster_and_step() {
        RunId run = begun(0);
        StepResult result = validated(List.of());
        for (String cluster : List.of("us-1", "EU-2", "eu-1")) {
            history().save(run, cluster, "validate", TOOK, result);
            history().save(run, cluster, "alerts", TOOK, result);
        }

        assertThat(history().steps(run))
                .extracting(step -> step.cluster() + ":" + step.step())
                .containsExactly(
                        "EU-2:alerts", "EU-2:validate", "eu-1:alerts", "eu-1:validate", "us-1:alerts", "us-1:validate");
    }

    @Test
    void saving_a_step_again_replaces_its_result_and_its_findings() {
        RunId run = begun(0);
        history().save(run, CLUSTER, "validate", TOOK, StoredThings.manyFindings(3000));
        history().save(run, CLUSTER, "validate", Duration.ofSeconds(9), validated(List.of(CART)));

        assertThat(history().steps(run))
                .containsExactly(new StoredStep(CLUSTER, "validate", Duration.ofSeconds(9), validated(List.of(CART))));
        assertThat(history().firstSeen(run)).containsOnlyKeys(CART.id());
    }

    @Test
    void a_result_that_is_rolled_back_with_its_step_leaves_the_old_one() {
        RunId run = begun(0);
        history().save(run, CLUSTER, "validate", TOOK, validated(List.of(CART)));

        new TransactionTemplate(new JdbcTransactionManager(store().dataSource())).executeWithoutResult(step -> {
            history().save(run, CLUSTER, "validate", TOOK, validated(List.of(CHECKOUT)));
            step.setRollbackOnly();
        });

        assertThat(history().steps(run)).extracting(StoredStep::result).containsExactly(validated(List.of(CART)));
        assertThat(history().firstSeen(run)).containsOnlyKeys(CART.id());
    }

    @Test
    void a_run_that_never_began_cannot_be_saved_to() {
        assertThatThrownBy(() -> history().save(night(0), CLUSTER, "validate", TOOK, validated(List.of())))
                .isInstanceOf(IllegalStateException.class);
        assertThat(history().steps(night(0))).isEmpty();
        assertThat(history().firstSeen(night(0))).isEmpty();
        assertThat(history().servers(night(0))).isEmpty();
    }

    @Test
    void beginning_again_changes_nothing() {
        RunId run = night(0);
        history().begin(run, "abc", NIGHT);
        history().begin(run, "other", NIGHT.plusSeconds(60));

        assertThat(history().find(run)).contains(new Run(run, "abc", NIGHT, Optional.empty(), Optional.empty()));
    }

    @Test
    void a_finished_run_says_when_and_with_which_code() {
        RunId run = begun(0);
        history().finish(run, NIGHT.plusNanos(123_456_000), 3);

        assertThat(history().find(run))
                .contains(new Run(run, "abc", NIGHT, Optional.of(NIGHT.plusNanos(123_456_000)), Optional.of(3)));
        assertThat(history().find(night(1))).isEmpty();
    }

    @Test
    void runs_come_newest_first_and_only_of_their_job() {
        RunId again = new RunId("nightly", NIGHT, 1);
        RunId other = new RunId("audit", NIGHT, 0);
        List.of(night(0), night(2), again, night(1), other)
                .forEach(run -> history().begin(run, "abc", NIGHT));

        assertThat(history().runs("nightly", 10))
                .extracting(Run::id)
                .containsExactly(night(2), night(1), again, night(0));
        assertThat(history().runs("nightly", 2)).extracting(Run::id).containsExactly(night(2), night(1));
        assertThat(history().runs("nobody", 2)).isEmpty();
    }

    @Test
    void the_run_to_compare_with_came_to_its_end_and_has_an_earlier_slot() {
        RunId again = new RunId("nightly", NIGHT, 1);
        finished(night(0), 0);
        finished(again, 3);
        finished(night(1), 4);
        begun(2);
        finished(night(3), 0);
        finished(new RunId("nightly", night(3).slot(), 1), 0);
        finished(new RunId("audit", night(2).slot(), 0), 0);

        assertThat(history().previous(night(3)).map(Run::id)).contains(again);
        assertThat(history().previous(night(0))).isEmpty();
    }

    @Test
    void a_finding_is_as_old_as_its_unbroken_row_of_nights() {
        ended(0, validated(List.of(CART, PORT)));
        ended(1, validated(List.of(CART)));
        ended(2, validated(List.of(CART, PORT, CHECKOUT)));

        assertThat(history().firstSeen(night(2)))
                .isEqualTo(Map.of(CART.id(), at(0), PORT.id(), at(2), CHECKOUT.id(), at(2)));
        assertThat(history().firstSeen(night(0))).isEqualTo(Map.of(CART.id(), at(0), PORT.id(), at(0)));
    }

    @Test
    void a_night_in_which_a_check_could_not_look_breaks_no_row() {
        ended(0, validated(List.of(CART, PORT)));
        ended(1, validated(List.of(), new NotRun(CLUSTER, "monitor/unknown-port", "403")));
        ended(2, validated(List.of(CART, PORT)));

        assertThat(history().firstSeen(night(1))).isEmpty();
        assertThat(history().firstSeen(night(2))).isEqualTo(Map.of(CART.id(), at(2), PORT.id(), at(0)));
    }

    @Test
    void a_night_without_the_cluster_breaks_no_row() {
        ended(0, validated(List.of(CART)));
        ended(1, new StepResult.NotDone(List.of(new NotRun(CLUSTER, "validate", "connection refused"))));
        finished(night(2), 3);
        ended(3, validated(List.of(CART)));

        assertThat(history().firstSeen(night(3))).isEqualTo(Map.of(CART.id(), at(0)));
    }

    @Test
    void a_run_that_stopped_on_its_way_is_no_night() {
        ended(0, validated(List.of(CART)));
        RunId stopped = begun(1);
        history().save(stopped, CLUSTER, "validate", TOOK, validated(List.of()));
        ended(2, validated(List.of(CART)));

        assertThat(history().firstSeen(night(2))).isEqualTo(Map.of(CART.id(), at(0)));
    }

    @Test
    void the_last_attempt_of_a_night_counts() {
        ended(0, validated(List.of(CART)));
        RunId again = new RunId("nightly", NIGHT, 1);
        history().begin(again, "abc", NIGHT);
        history().save(again, CLUSTER, "validate", TOOK, validated(List.of()));
        history().finish(again, NIGHT, 0);
        ended(1, validated(List.of(CART)));

        assertThat(history().firstSeen(night(1))).isEqualTo(Map.of(CART.id(), at(1)));
    }

    @Test
    void one_clusters_findings_leave_anothers_alone() {
        RunId run = begun(0);
        history().save(run, "a", "validate", TOOK, validated(List.of(CART)));
        history().save(run, "b", "validate", TOOK, validated(List.of(PORT)));
        history().save(run, "a", "validate", TOOK, validated(List.of()));

        assertThat(history().firstSeen(run)).containsOnlyKeys(PORT.id());
    }

    @Test
    void servers_are_kept_by_cluster_and_replaced() {
        RunId run = begun(0);
        ServerSeen prometheus = new ServerSeen("a", "Prometheus", "main", "2.42.0", "");
        ServerSeen alertmanager = new ServerSeen("a", "Alertmanager", "main", "", HOSTILE);
        ServerSeen other = new ServerSeen("b", "Prometheus", "main", "", "refused");
        history().saveServers(run, "a", List.of(prometheus, prometheus, prometheus));
        history().saveServers(run, "b", List.of(other));
        history().saveServers(run, "a", List.of(prometheus, alertmanager));

        assertThat(history().servers(run)).hasSize(3).contains(prometheus, other);
        assertThat(history().servers(run).get(1).reason()).isEqualTo(HOSTILE.replace('\0', '\ufffd'));
    }

    @Test
    void hostile_text_is_data_and_nothing_else() {
        RunId run = begun(0);
        history().save(run, CLUSTER, "validate", TOOK, StoredThings.validatedAll());

        String message = new JdbcTemplate(store().dataSource())
                .queryForObject(
                        "SELECT message FROM promwarden_finding WHERE severity = 'error' AND subject LIKE '%DROP TABLE%'",
                        String.class);

        assertThat(message).startsWith("'; DROP TABLE promwarden_run; --").hasSizeGreaterThan(64 * 1024);
        assertThat(history().find(run)).isPresent();
    }

    private RunId begun(int night) {
        RunId run = night(night);
        history().begin(run, "abc", NIGHT);
        return run;
    }

    private void ended(int night, StepResult result) {
        RunId run = begun(night);
        history().save(run, CLUSTER, "validate", TOOK, result);
        history().finish(run, run.slot(), 0);
    }

    private void finished(RunId run, int exitCode) {
        history().begin(run, "abc", NIGHT);
        history().finish(run, run.slot(), exitCode);
    }

    private static Instant at(int night) {
        return night(night).slot();
    }
}
