package io.promwarden.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.finding.NotRun;
import io.promwarden.report.SampleReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageComposerTest {

    private final MessageComposer composer = new MessageComposer(report -> "text", report -> "<p>html</p>");

    @Test
    void the_subject_says_job_clusters_and_state() {
        assertThat(composer.compose(SampleReport.night(), false).subject())
                .isEqualTo("[Promwarden] nightly on eu-1, us-1: 5 errors, 6 warnings, 1 info (3 new), incomplete");
        assertThat(composer.compose(SampleReport.calm(), false).subject())
                .isEqualTo("[Promwarden] nightly on eu-1, us-1: no findings");
    }

    @Test
    void a_repetition_that_may_be_one_too_many_says_so() {
        assertThat(composer.compose(SampleReport.calm(), true).subject()).startsWith("(possibly twice) [Promwarden]");
    }

    @Test
    void a_cluster_name_cannot_add_a_header() {
        var report =
                SampleReport.with(List.of(), List.of(new NotRun("evil\r\nBcc: everybody@example.org\r\n", "x", "y")));

        assertThat(composer.compose(report, false).subject()).doesNotContain("\r", "\n");
    }
}
