package io.promwarden.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.report.RunId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotChooserTest {

    private static final Instant NOW = Instant.parse("2026-11-22T02:10:35Z");

    private final RememberedRuns history = new RememberedRuns();
    private final SlotChooser chooser = new SlotChooser(history, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void without_anything_the_current_minute_is_the_slot() {
        assertThat(choose(Optional.empty(), Optional.empty(), false))
                .isEqualTo(new SlotChoice.Run(run("2026-11-22T02:10:00Z", 0), false));
    }

    @Test
    void the_scheduled_time_is_read_from_the_kubernetes_jobs_name() {
        long minutes = Instant.parse("2026-11-22T02:10:00Z").getEpochSecond() / 60;

        assertThat(choose(Optional.empty(), Optional.of("promwarden-nightly-" + minutes), false))
                .isEqualTo(new SlotChoice.Run(run("2026-11-22T02:10:00Z", 0), false));
    }

    @Test
    void a_job_started_by_hand_has_no_scheduled_time_in_its_name() {
        assertThat(SlotChooser.scheduledTime("promwarden-manual-x7k2p")).isEmpty();
        assertThat(SlotChooser.scheduledTime("promwarden-nightly-12")).isEmpty();
    }

    @Test
    void an_unfinished_run_of_the_last_day_is_gone_on_with() {
        history.remember(run("2026-11-22T01:00:00Z", 0), "def", null);

        assertThat(choose(Optional.empty(), Optional.empty(), false))
                .isEqualTo(new SlotChoice.Run(run("2026-11-22T01:00:00Z", 0), true));
    }

    @Test
    void an_unfinished_run_that_is_too_old_or_of_another_definition_is_left_alone() {
        history.remember(run("2026-11-20T01:00:00Z", 0), "def", null);
        history.remember(run("2026-11-22T01:00:00Z", 0), "another", null);

        assertThat(choose(Optional.empty(), Optional.empty(), false))
                .isEqualTo(new SlotChoice.Run(run("2026-11-22T02:10:00Z", 0), false));
    }

    @Test
    void a_finished_run_returns_its_code_again() {
        history.remember(run("2026-11-22T02:00:00Z", 0), "def", 3);

        assertThat(choose(Optional.of(Instant.parse("2026-11-22T02:00:00Z")), Optional.empty(), false))
                .isEqualTo(new SlotChoice.AlreadyDone(run("2026-11-22T02:00:00Z", 0), 3));
    }

    @Test
    void again_makes_a_new_attempt_at_a_finished_run() {
        history.remember(run("2026-11-22T02:00:00Z", 0), "def", 0);

        assertThat(choose(Optional.of(Instant.parse("2026-11-22T02:00:00Z")), Optional.empty(), true))
                .isEqualTo(new SlotChoice.Run(run("2026-11-22T02:00:00Z", 1), false));
    }

    @Test
    void a_changed_definition_is_another_attempt() {
        history.remember(run("2026-11-22T02:00:00Z", 0), "before", 0);

        assertThat(choose(Optional.of(Instant.parse("2026-11-22T02:00:00Z")), Optional.empty(), false))
                .isEqualTo(new SlotChoice.Run(run("2026-11-22T02:00:00Z", 1), false));
    }

    @Test
    void a_future_slot_is_refused() {
        assertThat(choose(Optional.of(Instant.parse("2026-11-22T02:30:00Z")), Optional.empty(), false))
                .isInstanceOfSatisfying(
                        SlotChoice.Refused.class,
                        refused -> assertThat(refused.reason()).contains("lies in the future"));
    }

    private SlotChoice choose(Optional<Instant> asked, Optional<String> kubernetesJob, boolean again) {
        return chooser.choose("nightly", "def", asked, kubernetesJob, again);
    }

    private static RunId run(String slot, int attempt) {
        return new RunId("nightly", Instant.parse(slot), attempt);
    }
}
