package io.promwarden.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.finding.NotRun;
import io.promwarden.observation.ServerId;
import io.promwarden.report.SamplePlan;
import io.promwarden.retention.Effect;
import io.promwarden.retention.Figure;
import io.promwarden.retention.Outlook;
import io.promwarden.retention.PlanDocument;
import io.promwarden.retention.Prevention;
import io.promwarden.retention.ReadBy;
import io.promwarden.retention.Refusal;
import io.promwarden.retention.RetentionPlan;
import io.promwarden.retention.RetentionPolicy;
import io.promwarden.retention.SealedPlan;
import io.promwarden.retention.StillWritten;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class PlanPageTest {

    private static final String HOSTILE = "</title><script>alert(1)</script>\"'`&\u202e<img src=x onerror=y>";
    private static final Instant MADE = Instant.parse("2026-11-22T02:10:07Z");

    @Test
    void hash_and_expiry_stand_at_the_top_and_what_may_be_carried_out_in_the_headline() {
        Document page = Jsoup.parse(page(SamplePlan.document()));
        assertThat(page.select("header").text()).contains("ab".repeat(32)).contains("until 2026-11-23 02:10 UTC");
        assertThat(page.select("h1").text()).isEqualTo("4 of 7 planned deletions on 3 servers may be carried out.");
    }

    @Test
    void a_reader_learns_what_goes_why_what_comes_back_and_who_reads_it() {
        String text = Jsoup.parse(page(SamplePlan.document())).text();
        assertThat(text)
                .contains("debug series are for the week in which they were added")
                .contains("No call of Prometheus brings a sample back")
                .contains("about 181,402,117")
                .contains("counted")
                .contains("8,100 series by serviceMonitor/shop/cart/0")
                .contains("ServiceMonitor shop/cart, spec.endpoints[0].metricRelabelings")
                .contains("CartInternalSlow (cart)")
                .contains("reads what goes")
                .contains("Dashboards are not known")
                .contains("Add __name__!~\"job:errors:ratio\"")
                .contains("admin-api-off")
                .contains("the pod is Pending");
    }

    @Test
    void what_comes_from_a_cluster_stays_text() {
        Document page = Jsoup.parse(page(hostile(3, 3)));
        assertThat(page.select("script, img, link, iframe, object, embed, form, svg, base"))
                .isEmpty();
        assertThat(page.getAllElements().stream()
                        .flatMap(element -> element.attributes().asList().stream())
                        .filter(attribute -> attribute.getKey().startsWith("on")))
                .isEmpty();
        assertThat(page.text()).contains("<script>alert(1)</script>");
    }

    @Test
    void a_page_stays_below_a_megabyte_and_counts_what_it_leaves_out() {
        String page = page(hostile(60, 400));
        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_000_000);
        assertThat(Jsoup.parse(page).text())
                .contains("20 more servers in plan.json")
                .contains("more in plan.json");
    }

    @Test
    void what_may_be_carried_out_and_is_not_shown_is_said_in_the_headline() {
        PlanDocument sample = SamplePlan.document();
        RetentionPlan open = sample.plans().findFirst().orElseThrow();
        PlanDocument many = new PlanDocument(
                sample.format(),
                sample.version(),
                sample.job(),
                sample.file(),
                sample.definition(),
                sample.madeAt(),
                sample.freshUntil(),
                sample.applyTo(),
                Optional.empty(),
                List.of(new PlanDocument.OfCluster("eu-1", Collections.nCopies(42, open), List.of())));
        assertThat(Jsoup.parse(page(many)).select("h1").text())
                .contains("84 of 126 planned deletions")
                .contains("4 of these are not shown on this page")
                .contains("read plan.json");
    }

    @Test
    void a_plan_without_anything_says_so() {
        PlanDocument sample = SamplePlan.document();
        PlanDocument empty = new PlanDocument(
                sample.format(),
                sample.version(),
                sample.job(),
                sample.file(),
                sample.definition(),
                sample.madeAt(),
                sample.freshUntil(),
                List.of(),
                Optional.empty(),
                List.of());
        assertThat(Jsoup.parse(page(empty)).text())
                .contains("There is nothing to delete.")
                .contains("names nothing in applyTo")
                .contains("no compact step");
    }

    private static PlanDocument hostile(int servers, int deletions) {
        StillWritten.RuleName rule = new StillWritten.RuleName(HOSTILE, HOSTILE, HOSTILE);
        Figure figure = Figure.between(1, 2, HOSTILE);
        Outlook outlook = new Outlook(
                new TreeMap<>(Map.of(HOSTILE, 1L)),
                new Effect(figure, figure, figure, figure, Figure.unknown(HOSTILE)),
                new StillWritten(
                        Collections.nCopies(20, new StillWritten.Scraper(HOSTILE, HOSTILE, 1)),
                        Collections.nCopies(20, rule),
                        Optional.of(HOSTILE)),
                new ReadBy(
                        Collections.nCopies(20, new ReadBy.Reader(rule, List.of(HOSTILE), Optional.empty(), true)),
                        Optional.empty()),
                new Prevention(Collections.nCopies(20, new Prevention.Step(HOSTILE, HOSTILE)), HOSTILE));
        Refusal refusal = new Refusal(HOSTILE, HOSTILE, HOSTILE);
        RetentionPlan.PlannedDeletion deletion = new RetentionPlan.PlannedDeletion(
                new RetentionPolicy(HOSTILE, Duration.ofDays(9), HOSTILE, Optional.empty(), Optional.empty()),
                HOSTILE,
                MADE.minus(Duration.ofDays(20)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                MADE.minus(Duration.ofDays(9)),
                12,
                outlook,
                List.of(refusal));
        RetentionPlan plan = new RetentionPlan(
                new ServerId(HOSTILE, HOSTILE, HOSTILE),
                Optional.of(HOSTILE),
                MADE,
                Collections.nCopies(deletions, deletion),
                new RetentionPlan.Totals(figure, figure, figure),
                List.of(refusal));
        PlanDocument sample = SamplePlan.document();
        return new PlanDocument(
                1,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                MADE,
                MADE,
                List.of(HOSTILE),
                sample.compaction(),
                List.of(new PlanDocument.OfCluster(
                        HOSTILE,
                        Collections.nCopies(servers, plan),
                        Collections.nCopies(300, new NotRun(HOSTILE, HOSTILE, HOSTILE)))));
    }

    private static String page(PlanDocument document) {
        return new String(PlanPage.render(new SealedPlan(document, "ab".repeat(32))), StandardCharsets.UTF_8);
    }
}
