package io.promwarden.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.finding.NotRun;
import io.promwarden.finding.Severity;
import io.promwarden.finding.Subject;
import io.promwarden.report.GovernanceReport.AgedFinding;
import io.promwarden.report.SampleReport;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextSummaryTest {

    private final TextSummary summary = new TextSummary();

    @Test
    void it_begins_with_the_answer_and_then_says_what_is_new() {
        String text = summary.render(SampleReport.night());

        assertThat(text)
                .startsWith("5 errors need attention, 2 of them new.\n\nnightly on eu-1, us-1, 2026-11-22 02:10 UTC\n");
        assertThat(text).contains("errors       5  (2 new, 3 still open)");
        assertThat(text).contains("coverage     61.5 %  (8 of 13, 1 not measured)");
        assertThat(text).contains("not run      3");
        assertThat(text.indexOf("Could not be looked at (3)")).isBetween(0, text.indexOf("New (3)"));
        assertThat(text.indexOf("New (3)")).isLessThan(text.indexOf("Still open (9)"));
        assertThat(text).contains("Retention: 4 calls sent, 1.2 GiB freed, 1 without proof.");
    }

    @Test
    void a_quiet_night_is_told_in_a_few_lines() {
        String text = summary.render(SampleReport.calm());

        assertThat(text).startsWith("Nothing to do: no errors and no warnings.\n");
        assertThat(text.lines().count()).isLessThan(20);
    }

    @Test
    void a_long_list_ends_with_how_much_more_there_is() {
        List<AgedFinding> many = IntStream.range(0, 5000)
                .mapToObj(i -> SampleReport.finding(
                        Severity.ERROR, "target/down", new Subject("eu-1", "ServiceMonitor", "shop", "m" + i), "Down."))
                .toList();

        String text = summary.render(SampleReport.with(many, List.of()));

        assertThat(text).contains("… and 4,985 more in report.html");
        assertThat(text.length()).isLessThan(20_000);
    }

    @Test
    void no_name_can_add_a_line_or_an_escape() {
        AgedFinding hostile = SampleReport.finding(
                Severity.ERROR,
                "target/down",
                new Subject("eu-1", "ServiceMonitor", "shop", "a\nERROR everything is lost\033[2J"),
                "x".repeat(70_000));

        String text = summary.render(
                SampleReport.with(List.of(hostile), List.of(new NotRun("eu-1", "a\nb", "c\033]0;title\007"))));

        assertThat(text).doesNotContain("\033").doesNotContain("\nERROR").contains("[shortened, 70,000 characters]");
    }
}
