package io.promwarden.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.finding.NotRun;
import io.promwarden.finding.Severity;
import io.promwarden.finding.Subject;
import io.promwarden.report.SampleReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalSummaryTest {

    @Test
    void the_numbers_and_the_worst_findings_fit_on_a_screen() {
        assertThat(new TerminalSummary(100, false).render(SampleReport.night())).isEqualTo("""
                5 errors need attention, 2 of them new.

                  errors       5  (2 new, 3 still open)
                  warnings     6  (1 new, 5 still open)
                  info         1  (0 new, 1 still open)
                  fixed        2
                  coverage     61.5 %  (8 of 13, 1 not measured)
                  firing       6  (2 critical, 2 warning, 1 info, 1 none; 2 silenced or inhibited)
                  no proof of  1 change
                  not run      3

                  error   new monitor/selects-nothing     eu-1: ServiceMonitor shop/cart
                  error   new monitor/unknown-port        eu-1: ServiceMonitor shop/search
                  error       monitor/not-selected        eu-1: PodMonitor logistics/couriers
                  error       monitor/selects-nothing     us-1: ServiceMonitor payments/ledger
                  error       tsdb/compaction-failing     us-1: Prometheus monitoring/k8s
                  warning new target/down                 eu-1: ServiceMonitor billing/invoices
                  warning     monitor/annotation-ignored  eu-1: Deployment shop/catalogue
                  warning     monitor/annotation-ignored  eu-1: Deployment shop/coupons
                  warning     monitor/annotation-ignored  eu-1: Deployment shop/wishlist
                  warning     rule/evaluation-failing     eu-1: PrometheusRule shop/shop-slo
                  warning     tsdb/retention-beyond-disk  us-1: Prometheus monitoring/k8s

                  Could not be looked at:
                  - us-1: Alertmanager monitoring/main: connection timed out after 10 s
                  - us-1: coverage of Services: endpointslices: 403: endpointslices.discovery.k8s.io is forbidden f…
                  - us-1: monitor/unknown-port: endpointslices: 403: endpointslices.discovery.k8s.io is forbidden f…
                """);
    }

    @Test
    void without_colour_there_is_no_escape_and_with_it_the_text_is_the_same() {
        String plain = new TerminalSummary(80, false).render(SampleReport.night());
        String coloured = new TerminalSummary(80, true).render(SampleReport.night());

        assertThat(plain).doesNotContain("\033");
        assertThat(coloured).contains("\033[31m");
        assertThat(coloured.replaceAll("\033\\[[0-9]+m", "")).isEqualTo(plain);
    }

    @Test
    void no_line_is_wider_than_the_terminal_and_wide_characters_count_twice() {
        var wide = SampleReport.finding(
                Severity.ERROR, "target/down", new Subject("eu-1", "ServiceMonitor", "shop", "購物車".repeat(40)), "x");

        String text = new TerminalSummary(60, false).render(SampleReport.with(List.of(wide), List.of()));

        String line =
                text.lines().filter(each -> each.contains("購")).findFirst().orElseThrow();
        long columns =
                line.codePoints().map(c -> Character.isIdeographic(c) ? 2 : 1).sum();
        assertThat(columns).isBetween(57L, 60L);
        assertThat(line).endsWith("…");
    }

    @Test
    void a_name_cannot_move_the_cursor() {
        String text = new TerminalSummary(200, true)
                .render(SampleReport.with(List.of(), List.of(new NotRun("eu-1", "x\033[2J\rgone", "\u202Ereversed"))));

        assertThat(text).contains("x␛[2J␍gone").doesNotContain("\033[2J", "\r", "\u202E");
    }
}
