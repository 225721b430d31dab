package io.promwarden.html;

import io.promwarden.coverage.Coverage;
import io.promwarden.coverage.Coverage.By;
import io.promwarden.coverage.Coverage.Entry;
import io.promwarden.coverage.Coverage.State;
import io.promwarden.coverage.CoverageRatio;
import io.promwarden.report.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One cluster's coverage: by namespace, and what is not covered. */
public record CoverageView(
        String cluster, Share total, String aside, Capped<NamespaceRow> namespaces, Capped<Gap> gaps) {

    /**
     * Covered out of what counts.
     *
     * @param width of a bar, in percent
     */
    public record Share(String percent, String counts, String width, String tone) {
        static Share of(CoverageRatio ratio) {
            double share = ratio.ratio().orElse(0);
            String tone = ratio.counted() > 0 && ratio.covered() == ratio.counted() ? "good" : "none";
            return new Share(
                    Wording.percent(ratio.ratio()),
                    Wording.number(ratio.covered()) + " of " + Wording.number(ratio.counted()),
                    String.format(Locale.ROOT, "%.1f", share * 100),
                    tone);
        }
    }

    public record NamespaceRow(String name, Share share, String by, String aside) {}

    /** Something that should be scraped and isn't, or not wholly. */
    public record Gap(String namespace, String object, String state, String tone, String pods, String detail) {}

    static List<CoverageView> of(List<Coverage> all) {
        Budget budget = new Budget(110_000);
        return all.stream().map(coverage -> of(coverage, budget)).toList();
    }

    private static CoverageView of(Coverage coverage, Budget budget) {
        CoverageRatio total = CoverageRatio.of(coverage.entries());
        Map<String, List<Entry>> byNamespace = coverage.entries().stream()
                .collect(Collectors.groupingBy(Entry::namespace, TreeMap::new, Collectors.toList()));
        List<Entry> gaps = coverage.entries().stream()
                .filter(entry ->
                        tone(entry.state()).equals("bad") || tone(entry.state()).equals("warn"))
                .sorted(Comparator.comparing(Entry::namespace)
                        .thenComparing(Entry::kind)
                        .thenComparing(Entry::name))
                .toList();
        return new CoverageView(
                Shown.name(coverage.cluster()),
                Share.of(total),
                aside(total),
                Capped.of(
                        byNamespace.entrySet(),
                        150,
                        budget,
                        entry -> namespace(entry.getKey(), entry.getValue()),
                        row -> List.of(
                                row.name(), row.by(), row.aside(), row.share().counts(), " ".repeat(120))),
                Capped.of(
                        gaps,
                        200,
                        budget,
                        CoverageView::gap,
                        gap -> List.of(gap.namespace(), gap.object(), gap.detail(), " ".repeat(80))));
    }

    private static NamespaceRow namespace(String name, List<Entry> entries) {
        CoverageRatio ratio = CoverageRatio.of(entries);
        return new NamespaceRow(Shown.name(name), Share.of(ratio), by(entries), aside(ratio));
    }

    private static String by(List<Entry> entries) {
        Map<By, Integer> counts = new EnumMap<>(By.class);
        entries.forEach(entry -> entry.by().forEach(by -> counts.merge(by, 1, Integer::sum)));
        return counts.entrySet().stream()
                .map(count -> word(count.getKey()) + " " + Wording.number(count.getValue()))
                .collect(Collectors.joining(" · "));
    }

    private static String word(By by) {
        return switch (by) {
            case SERVICE_MONITOR -> "ServiceMonitor";
            case POD_MONITOR -> "PodMonitor";
            case PROBE -> "Probe";
            case SCRAPE_CONFIG -> "ScrapeConfig";
            case ANNOTATION -> "annotation";
            case SIDECAR -> "sidecar exporter";
            case STATIC -> "static";
        };
    }

    private static String aside(CoverageRatio ratio) {
        List<String> aside = new ArrayList<>();
        if (ratio.idle() > 0) {
            aside.add(Wording.number(ratio.idle()) + " idle");
        }
        if (ratio.exempt() > 0) {
            aside.add(Wording.number(ratio.exempt()) + " exempt");
        }
        if (ratio.notMeasured() > 0) {
            aside.add(Wording.number(ratio.notMeasured()) + " not measured");
        }
        return String.join(", ", aside);
    }

    private static Gap gap(Entry entry) {
        return new Gap(
                Shown.name(entry.namespace()),
                Shown.name(entry.kind() + " " + entry.name()),
                word(entry.state()),
                tone(entry.state()),
                entry.state() == State.NOT_MEASURED
                        ? Wording.UNKNOWN
                        : Wording.number(entry.scraped()) + " of " + Wording.number(entry.expected()),
                Shown.sentence(entry.detail()));
    }

    private static String word(State state) {
        return switch (state) {
            case COVERED -> "covered";
            case PARTLY -> "partly";
            case DOWN -> "down";
            case UNCOVERED -> "no target";
            case IDLE -> "idle";
            case EXEMPT -> "exempt";
            case NOT_MEASURED -> "not measured";
        };
    }

    private static String tone(State state) {
        return switch (state) {
            case UNCOVERED, DOWN -> "bad";
            case PARTLY, NOT_MEASURED -> "warn";
            case COVERED, IDLE, EXEMPT -> "none";
        };
    }
}
