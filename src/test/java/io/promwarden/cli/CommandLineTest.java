package io.promwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.history.JdbcRunHistory;
import io.promwarden.history.Opening;
import io.promwarden.history.Store;
import io.promwarden.report.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class CommandLineTest {

    @TempDir
    Path folder;

    @Test
    void the_example_jobs_are_sound() {
        CliRun run = CliRun.of("jobs", "check", "jobs/nightly.yaml", "jobs/audit.yaml", "jobs/retention.yaml");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(0);
        assertThat(run.out()).contains("jobs/nightly.yaml: sound");
    }

    @Test
    void a_bad_job_is_told_by_file_line_and_column_and_nothing_is_started() throws Exception {
        Path job = folder.resolve("bad.yaml");
        Files.writeString(job, "name: bad\nsteps:\n  - validat\n");

        CliRun run = CliRun.of(
                "run", job.toString(), "--reports", folder.resolve("reports").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(job + ":3:5").contains("nothing was started");
        assertThat(run.out()).isEmpty();
        assertThat(folder.resolve("reports")).doesNotExist();
    }

    @Test
    void a_folder_that_is_no_capture_is_refused() throws Exception {
        CliRun run = CliRun.of(
                "run",
                "jobs/audit.yaml",
                "--capture",
                folder.toString(),
                "--reports",
                folder.resolve("reports").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no capture");
    }

    @Test
    void findings_alone_do_not_fail_a_run_but_those_at_or_above_fail_on_end_it_with_1() {
        String[] run = {
            "run", "jobs/nightly.yaml", "--capture", "src/main/resources/demo/night-2", "--reports", folder.toString()
        };
        CliRun calm = CliRun.of(run);

        CliRun failing = CliRun.of(
                "run",
                "jobs/nightly.yaml",
                "--capture",
                "src/main/resources/demo/night-2",
                "--reports",
                folder.toString(),
                "--again",
                "--fail-on",
                "error");

        assertThat(calm.exitCode()).as(calm.err()).isEqualTo(0);
        assertThat(failing.exitCode()).as(failing.err()).isEqualTo(1);
        assertThat(failing.out()).contains("report.html").contains("monitor/not-scraped");
    }

    @Test
    void a_capture_is_replayed_at_its_own_clock() throws IOException {
        Path capture = Path.of("src/main/resources/demo/night-1");
        String recordedAt = new JsonMapper()
                .readTree(Files.readString(capture.resolve("capture.json")))
                .path("recordedAt")
                .asString();
        CliRun run = CliRun.of(
                "run",
                "jobs/nightly.yaml",
                "--capture",
                capture.toString(),
                "--reports",
                folder.toString(),
                "--log-format",
                "json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(0);
        assertThat(run.out()).contains("/nightly/" + recordedAt.substring(0, 10).replace("-", "") + "T");
        assertThat(run.err().lines()).allMatch(line -> line.startsWith("{\"timestamp\":"));
    }

    @Test
    void a_capture_never_goes_on_with_a_live_run_of_the_same_slot() throws Exception {
        Path job = folder.resolve("mixed.yaml");
        Files.writeString(job, """
                name: mixed
                clusters:
                  - {name: default, prometheus: [{name: gone, url: 'http://127.0.0.1:1'}]}
                steps: [coverage, report]
                """);
        String[] live = {"run", job.toString(), "--slot", "2026-11-20T02:10:00Z", "--reports", folder.toString()};
        String[] captured = java.util.Arrays.copyOf(live, live.length + 2);
        captured[live.length] = "--capture";
        captured[live.length + 1] = "src/main/resources/demo/night-1";

        CliRun.of(live);
        CliRun.of(captured);

        String store = folder.resolve(".promwarden").resolve("store").toString();
        if (!(Store.open(store, Map.of(), "a test", Instant.now()) instanceof Opening.Opened opened)) {
            throw new AssertionError("the store could not be opened");
        }
        try (Store open = opened.store()) {
            JdbcRunHistory history = new JdbcRunHistory(open.dataSource());
            Instant slot = Instant.parse("2026-11-20T02:10:00Z");
            assertThat(history.find(new RunId("mixed", slot, 0))).isPresent();
            assertThat(history.find(new RunId("mixed", slot, 1))).isPresent();
        }
    }

    @Test
    void an_option_that_names_one_cluster_is_refused_for_a_job_with_two() throws Exception {
        Path job = folder.resolve("two.yaml");
        Files.writeString(job, """
                name: two
                clusters:
                  - {name: eu-1, kubernetes: {context: eu-1}}
                  - {name: us-1, kubernetes: {context: us-1}}
                steps: [validate, report]
                """);

        CliRun run = CliRun.of("run", job.toString(), "--context", "eu-1", "--reports", folder.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("name each in the job");
    }

    @Test
    void a_slot_in_the_future_is_refused() {
        CliRun run = CliRun.of(
                "run",
                "jobs/audit.yaml",
                "--slot",
                "2096-01-01T00:00:00Z",
                "--reports",
                folder.resolve("r").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("future");
    }

    @Test
    void a_slot_that_is_no_time_is_a_usage_error_that_shows_how_to_write_one() {
        CliRun run = CliRun.of("run", "jobs/audit.yaml", "--slot", "yesterday");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("2026-11-22T02:10:00Z");
    }

    @Test
    void a_store_that_cannot_be_used_is_fatal_and_says_why() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");

        CliRun run = CliRun.of(
                "run", "jobs/audit.yaml", "--store", file.resolve("store").toString(), "--reports", folder.toString());

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("store");
    }

    @Test
    void without_a_command_the_usage_is_shown() {
        CliRun run = CliRun.of();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("run").contains("demo").contains("capture");
    }

    @Test
    void every_command_explains_itself() {
        for (String[] command : new String[][] {
            {"run", "--help"},
            {"demo", "--help"},
            {"capture", "--help"},
            {"jobs", "check", "--help"},
            {"plan", "--help"},
            {"apply", "--help"},
            {"completion", "--help"}
        }) {
            CliRun run = CliRun.of(command);
            assertThat(run.exitCode()).as(String.join(" ", command)).isEqualTo(0);
            assertThat(run.out()).contains("Usage: promwarden " + command[0]);
        }
    }

    @Test
    void completion_is_printed_for_bash_and_for_zsh() {
        assertThat(CliRun.of("completion", "bash").out()).contains("complete ").contains("--reports");
        assertThat(CliRun.of("completion", "zsh").out()).contains("bashcompinit");
        assertThat(CliRun.of("completion", "fish").exitCode()).isEqualTo(2);
    }
}
