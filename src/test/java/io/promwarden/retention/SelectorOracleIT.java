package io.promwarden.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import io.promwarden.label.ParsedSelector;
import io.promwarden.label.SeriesSelector;
import io.promwarden.testing.Backfill;
import io.promwarden.testing.RealPrometheus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server must read our canonical text and select by it what we say that it selects. */
class SelectorOracleIT {

    private static final List<String> SELECTORS = List.of(
            "m",
            "sum",
            "{__name__=~\"m|sum\"}",
            "m{v=\"\"}",
            "m{v!=\"\"}",
            "m{v='it\\'s \"so\"'}",
            "m{v=`back\\slash`}",
            "m{v=\"a+b c&d=e%20\"}",
            "m{v=\"é😀\"}",
            "m{v=\"\\u00e9\\U0001F600\"}",
            "m{v=\"line\\nbreak\"}",
            "m{v=~\"a.*\"}",
            "m{v!~\"a.*|.*h\"}",
            "m{v=~\".*\",v!=\"line\\nbreak\"}",
            "m{v=~\"(?i)BACK.SLASH\"}",
            "m{v=~`back\\\\slash`}",
            "{__name__=~\"m.*\",__name__!=\"m\"}",
            "{__name__=~\"s\\\\w+\"}",
            "nan",
            "{v=\"}\\\",x=~\\\".*\"}");

    @Test
    void a_real_server_selects_what_we_say(@TempDir Path folder) {
        Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(5));
        Instant start = end.minus(Duration.ofHours(1));
        Backfill backfill = new Backfill();
        for (String value : List.of(
                "", "it's \"so\"", "back\\slash", "a+b c&d=e%20", "é😀", "line\nbreak", "}\",x=~\".*", "plain", "ah")) {
            backfill.series("m", Map.of("v", value, "n", "1"), start, end, Duration.ofMinutes(10), n -> n);
        }
        for (String metric : List.of("sum", "m:rate", "nan", "mx", "stdvar")) {
            backfill.series(metric, Map.of("n", "1"), start, end, Duration.ofMinutes(10), n -> n);
        }
        backfill.into(folder.resolve("data"), Duration.ofHours(2));
        try (RealPrometheus prometheus =
                RealPrometheus.in(folder).configuration("scrape_configs: []\n").start()) {
            Replica replica = History.replica("k8s-0", prometheus.uri());
            List<Labels> everything = known(replica.server().series("{__name__=~\".+\"}", start, end));
            assertThat(everything).hasSize(14);
            for (String written : SELECTORS) {
                SeriesSelector selector = ((ParsedSelector.Selected) SeriesSelector.parse(written)).selector();
                CompiledSelector compiled =
                        CompiledSelector.compile(selector).value().orElseThrow();

                List<Labels> theirs = known(replica.server().series(selector.text(), start, end));

                assertThat(theirs)
                        .as(written)
                        .containsExactlyInAnyOrderElementsOf(
                                everything.stream().filter(compiled::matches).toList());
                assertThat(theirs).as(written).isNotEmpty();
                long samples = new StoredSamples(replica.server(), 2)
                        .samples(selector, start, end)
                        .value()
                        .orElseThrow();
                assertThat(samples).as(written).isEqualTo(7L * theirs.size());
            }
            CompiledSelector dot = CompiledSelector.compile(
                            ((ParsedSelector.Selected) SeriesSelector.parse("m{v=~\"line.break\"}")).selector())
                    .value()
                    .orElseThrow();
            assertThat(everything.stream().filter(dot::matches).toList())
                    .as("whether a dot matches a line break depends on the version: we may claim more, never less")
                    .hasSize(1)
                    .containsAll(known(replica.server().series(dot.selector().text(), start, end)));
        }
    }

    private static List<Labels> known(Answer<List<Labels>> answer) {
        return answer.value()
                .orElseThrow(() -> new AssertionError(answer.reason().orElse("")));
    }
}
