package io.promwarden.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.finding.CheckId;
import io.promwarden.finding.Fact;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.NotRun;
import io.promwarden.finding.Severity;
import io.promwarden.finding.Subject;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.GovernanceReport.AgedFinding;
import io.promwarden.report.SampleReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    private final HtmlReport renderer = new HtmlReport();

    /** After a wanted change: {@code mvn test -Dtest=HtmlReportTest -Dpromwarden.approve=true}, then read the diff. */
    @Test
    void the_page_is_the_approved_one() throws IOException {
        approve("report.html", page(SampleReport.night()));
        approve("calm.html", page(SampleReport.calm()));
        approve("mail.html", new MailHtml().render(SampleReport.night()));
    }

    @Test
    void the_first_screen_answers_whether_something_has_to_be_done() {
        Document page = Jsoup.parse(page(SampleReport.night()));

        assertThat(page.select("h1").eachText()).containsExactly("5 errors need attention, 2 of them new.");
        assertThat(page.select("header .tiles .label").eachText())
                .containsExactly("New", "Still open", "Fixed", "Coverage", "Firing", "Not looked at");
        assertThat(page.select("header .tiles .value").eachText()).containsExactly("3", "9", "2", "61.5 %", "6", "3");
        assertThat(page.select("header .first a").eachText())
                .containsExactly(
                        "eu-1: ServiceMonitor shop/cart",
                        "eu-1: ServiceMonitor shop/search",
                        "and 3 more errors",
                        "1 change to a TSDB is without proof",
                        "3 things could not be looked at");
    }

    @Test
    void the_page_needs_nothing_but_itself() {
        for (GovernanceReport report : List.of(SampleReport.night(), SampleReport.calm(), hostile())) {
            Document page = Jsoup.parse(page(report));

            assertThat(page.select("script, img, link, iframe, object, embed, form, svg, base"))
                    .isEmpty();
            assertThat(page.select("style").html()).doesNotContain("url(", "@import", "http");
            assertThat(page.select("[src], [srcset], [background]")).isEmpty();
            assertThat(page.select("a").eachAttr("href"))
                    .allMatch(href -> href.startsWith("#")
                            || href.equals("plan.html")
                            || href.startsWith("https://prometheus-operator.dev/"));
            assertThat(page.getAllElements().stream()
                            .flatMap(element -> element.attributes().asList().stream())
                            .filter(attribute -> attribute.getKey().startsWith("on")))
                    .isEmpty();
        }
    }

    @Test
    void every_link_within_the_page_leads_somewhere() {
        for (GovernanceReport report : List.of(SampleReport.night(), SampleReport.calm())) {
            Document page = Jsoup.parse(page(report));
            List<String> ids = page.select("[id]").eachAttr("id");

            assertThat(ids).doesNotHaveDuplicates();
            assertThat(page.select("a[href^=#]").eachAttr("href"))
                    .allSatisfy(href -> assertThat(ids).contains(href.substring(1)));
        }
    }

    @Test
    void headings_go_down_one_level_at_a_time() {
        Document page = Jsoup.parse(page(SampleReport.night()));
        int before = 0;
        for (Element heading : page.select("h1, h2, h3, h4, h5")) {
            int level = heading.tagName().charAt(1) - '0';
            assertThat(level).as(heading.text()).isLessThanOrEqualTo(before + 1);
            before = level;
        }
        assertThat(page.select("h2").eachText())
                .containsExactly(
                        "Could not be looked at",
                        "Findings",
                        "Coverage",
                        "Alerts",
                        "Retention",
                        "Storage",
                        "What was looked at",
                        "This run");
    }

    @Test
    void a_finding_shows_its_evidence_its_reason_and_a_patch_to_copy() {
        Document page = Jsoup.parse(page(SampleReport.night()));
        Element check = page.expectFirst("#error-monitor-unknown-port");

        assertThat(check.select(".page h4").eachText()).containsExactly("Why it matters", "Fix");
        assertThat(check.select(".page strong").eachText()).containsExactly("name");
        assertThat(check.select("dt").eachText()).contains("spec.endpoints[0].port");
        assertThat(check.expectFirst("pre.copy").wholeText())
                .isEqualTo(
                        "spec:\n  endpoints:\n    - port: management\n      path: /actuator/prometheus\n      interval: 30s");
        assertThat(check.select("details.finding").hasAttr("open")).isTrue();
    }

    @Test
    void hostile_text_stays_text() {
        String html = page(hostile());
        Document page = Jsoup.parse(html);

        assertThat(html).doesNotContain("\033", "\u202E", "<script", "<img");
        assertThat(page.select("script, img, iframe, b[onclick]")).isEmpty();
        assertThat(page.text())
                .contains("<script>alert(1)</script>", "␛[2J", "⟨U+202E⟩", "[shortened, 65,536 characters]");
        assertThat(html.length()).isLessThan(200_000);
    }

    @Test
    void five_thousand_findings_stay_below_a_megabyte_and_are_counted() {
        List<AgedFinding> many = IntStream.range(0, 5000)
                .mapToObj(i -> SampleReport.finding(
                        i % 3 == 0 ? Severity.ERROR : Severity.WARNING,
                        "monitor/check-" + (char) ('a' + i % 25),
                        new Subject("eu-1", "ServiceMonitor", "namespace-" + i % 40, "monitor-" + i),
                        "No Service in the namespaces of this monitor has the labels app.kubernetes.io/name=" + i
                                + "."))
                .toList();

        byte[] bytes = renderer.render(SampleReport.with(many, List.of()));

        assertThat(bytes.length).isLessThan(1_000_000);
        Document page = Jsoup.parse(new String(bytes, StandardCharsets.UTF_8));
        assertThat(page.expectFirst("h1").text()).isEqualTo("1,667 errors need attention, all known before.");
        int shown = page.select("details.finding").size()
                + page.select("ul.brief li").size();
        int counted = page.select(".check .more").stream()
                .mapToInt(more -> Integer.parseInt(more.text().replaceAll("[^0-9]", "")))
                .sum();
        assertThat(shown).isGreaterThan(500);
        assertThat(shown + counted).isEqualTo(5000);
        assertThat(page.select(".check").stream()
                        .filter(check ->
                                check.select("details.finding, ul.brief li").isEmpty()))
                .isEmpty();
    }

    @Test
    void five_thousand_findings_as_long_as_they_can_be_stay_below_a_megabyte() {
        List<AgedFinding> many = IntStream.range(0, 5000)
                .mapToObj(i -> new AgedFinding(
                        new Finding(
                                CheckId.parse("monitor/check-" + (char) ('a' + i % 25)),
                                Severity.ERROR,
                                new Subject("購".repeat(300), "Kind", "購".repeat(300), i + "購".repeat(300)),
                                "",
                                "\"".repeat(9000),
                                List.of(new Fact("購".repeat(900), "<".repeat(9000))),
                                Optional.of(Fix.of("&".repeat(900), "購".repeat(9000)))),
                        true,
                        SampleReport.SLOT))
                .toList();
        List<NotRun> notRun = IntStream.range(0, 5000)
                .mapToObj(i -> new NotRun("<".repeat(500), "購".repeat(500) + i, "\"".repeat(5000) + i))
                .toList();

        assertThat(renderer.render(SampleReport.with(many, notRun)).length).isLessThan(1_000_000);
        assertThat(new MailHtml().render(SampleReport.with(many, notRun)).length())
                .isLessThan(250_000);
    }

    @Test
    void the_mail_has_no_style_sheet_no_picture_and_stays_small() {
        String html = new MailHtml().render(SampleReport.night());
        Document mail = Jsoup.parse(html);

        assertThat(mail.select("style, script, img, svg, link")).isEmpty();
        assertThat(mail.body().text())
                .startsWith("Promwarden · nightly")
                .contains("5 errors need attention, 2 of them new.");
        assertThat(html.length()).isLessThan(30_000);
    }

    private static GovernanceReport hostile() {
        String evil = "<script>alert(1)</script>\033[2J\u202Egnp.<img src=x onerror=alert(2)>";
        AgedFinding finding = new AgedFinding(
                new Finding(
                        CheckId.parse("target/down"),
                        Severity.ERROR,
                        new Subject("eu-1", "ServiceMonitor", evil, evil),
                        "",
                        evil,
                        List.of(new Fact(evil, "x".repeat(65_536))),
                        Optional.of(Fix.of(evil, "</pre>" + evil))),
                true,
                SampleReport.SLOT);
        return SampleReport.with(List.of(finding), List.of(new NotRun(evil, evil, evil)));
    }

    private String page(GovernanceReport report) {
        return new String(renderer.render(report), StandardCharsets.UTF_8);
    }

    private static void approve(String name, String html) throws IOException {
        Path golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("promwarden.approve")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, html);
        }
        assertThat(html).isEqualTo(Files.readString(golden));
    }
}
