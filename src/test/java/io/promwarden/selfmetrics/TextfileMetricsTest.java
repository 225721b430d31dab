package io.promwarden.selfmetrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextfileMetricsTest {

    private static final String SUCCESS = "promwarden_last_success_timestamp_seconds{promwarden_job=\"nightly\",} ";

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("promwarden.prom");
    }

    @Test
    void a_run_is_written_as_gauges_of_its_job() throws IOException {
        assertThat(new TextfileMetrics(file, Reports.CLOCK)
                        .publish(Reports.full(), 1)
                        .reason())
                .isEmpty();

        assertThat(samples())
                .containsOnlyOnce(
                        SUCCESS + "1.795314E9",
                        "promwarden_run_exit_code{promwarden_job=\"nightly\",} 1.0",
                        "promwarden_not_run{promwarden_job=\"nightly\",} 0.0",
                        "promwarden_step_duration_seconds{promwarden_job=\"nightly\",step=\"validate\",cluster=\"eu-1\",} 12.5",
                        "promwarden_step_duration_seconds{promwarden_job=\"nightly\",step=\"report\",cluster=\"\",} 0.25",
                        "promwarden_findings{promwarden_job=\"nightly\",cluster=\"eu-1\",severity=\"error\","
                                + "check=\"monitor/selects-nothing\",} 2.0",
                        "promwarden_findings{promwarden_job=\"nightly\",cluster=\"eu-1\",severity=\"warning\","
                                + "check=\"target/down\",} 1.0",
                        "promwarden_coverage_ratio{promwarden_job=\"nightly\",cluster=\"eu-1\",} 0.5",
                        "promwarden_series_deleted{promwarden_job=\"nightly\",cluster=\"eu-1\",} 12.0",
                        "promwarden_series_deleted{promwarden_job=\"nightly\",cluster=\"us-1\",} 0.0",
                        "promwarden_bytes_freed{promwarden_job=\"nightly\",cluster=\"eu-1\",} 3000.0");
    }

    @Test
    void the_last_success_outlives_a_run_that_failed_and_nothing_else_does() throws IOException {
        new TextfileMetrics(file, Reports.CLOCK).publish(Reports.full(), 0);
        String success = success();

        new TextfileMetrics(file, Reports.later(Duration.ofDays(1))).publish(Reports.blind("nightly"), 3);
        assertThat(success()).isEqualTo(success);
        new TextfileMetrics(file, Reports.later(Duration.ofDays(2))).publish(Reports.blind("nightly"), 3);

        assertThat(success()).isEqualTo(success);
        assertThat(samples())
                .contains(
                        "promwarden_run_exit_code{promwarden_job=\"nightly\",} 3.0",
                        "promwarden_not_run{promwarden_job=\"nightly\",} 1.0",
                        "promwarden_findings{promwarden_job=\"nightly\",cluster=\"\",severity=\"\",check=\"\",} NaN",
                        "promwarden_coverage_ratio{promwarden_job=\"nightly\",cluster=\"\",} NaN")
                .noneMatch(sample -> sample.contains("eu-1"));
    }

    @Test
    void a_job_that_never_succeeded_says_nothing_of_success() throws IOException {
        Files.writeString(file, "promwarden_last_success_timestamp_seconds{promwarden_job=\"other\",} 1.0E9\n");

        new TextfileMetrics(file, Reports.CLOCK).publish(Reports.blind("nightly"), 3);

        assertThat(samples()).noneMatch(sample -> sample.startsWith("promwarden_last_success"));
    }

    @Test
    void a_clean_complete_run_counts_zero_findings() throws IOException {
        new TextfileMetrics(file, Reports.CLOCK).publish(Reports.blind("nightly"), 0);

        assertThat(samples())
                .contains("promwarden_findings{promwarden_job=\"nightly\",cluster=\"\",severity=\"\",check=\"\",} 0.0");
    }

    @Test
    void everybody_may_read_the_file_and_no_part_of_it_stays_behind() throws IOException {
        new TextfileMetrics(file, Reports.CLOCK).publish(Reports.full(), 0);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_folder_that_is_not_there_is_told_and_no_error() {
        assertThat(new TextfileMetrics(folder.resolve("no/such.prom"), Reports.CLOCK)
                        .publish(Reports.full(), 0)
                        .reason())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("no/such.prom").contains("folder is not there"));
    }

    @Test
    void a_folder_in_the_files_place_is_told_and_left_alone() throws IOException {
        Files.createDirectories(file.resolve("inside"));

        assertThat(new TextfileMetrics(file, Reports.CLOCK)
                        .publish(Reports.full(), 0)
                        .reason())
                .isPresent();
        assertThat(file.resolve("inside")).isDirectory();
        assertThat(folder.resolve(".promwarden.prom.part")).doesNotExist();
    }

    private String success() throws IOException {
        return samples().stream()
                .filter(sample -> sample.startsWith(SUCCESS))
                .findFirst()
                .orElseThrow();
    }

    private java.util.List<String> samples() throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }
}
