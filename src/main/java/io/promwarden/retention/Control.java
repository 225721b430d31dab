package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import io.promwarden.label.Matcher;
import io.promwarden.label.SeriesSelector;
import io.promwarden.observation.MetricsServer;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Something that a deletion must not change, and how to count it. */
record Control(String what, Supplier<Answer<Long>> count) {

    /** Metrics that nearly every server holds, in the order in which they are tried. */
    private static final List<String> OTHERS = List.of(
            "up", "scrape_samples_scraped", "process_start_time_seconds", "prometheus_build_info", "go_goroutines");

    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(10);
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);
    private static final long MOST_NEIGHBOURS = 3;
    private static final Duration KEPT_WINDOW = Duration.ofHours(2);
    private static final Duration SETTLED = Duration.ofMinutes(10);

    /** A control counted before and after. */
    record Compared(String what, Answer<Long> before, Answer<Long> after) {

        /** Samples are gone that should be there. More than before is no harm: data may arrive late. */
        boolean lost() {
            return before.value().isPresent()
                    && after.value().isPresent()
                    && after.value().get() < before.value().get();
        }

        /** Nobody can say whether samples are gone that should be there. */
        boolean unknownAfter() {
            return before.value().isPresent() && after.value().isEmpty();
        }

        Receipt.Count count() {
            return new Receipt.Count(
                    what, before.value().orElse(-1L), after.value().orElse(-1L));
        }

        String text() {
            return what + " " + number(before) + " before, " + number(after) + " after";
        }

        private static String number(Answer<Long> answer) {
            return answer.value().map(String::valueOf).orElse("not known");
        }
    }

    /** A control with its first count. */
    record Counted(Control control, Answer<Long> before) {
        Compared again() {
            return new Compared(control.what(), before, control.count().get());
        }
    }

    static String text(List<Compared> controls) {
        return controls.isEmpty()
                ? "no other series to compare with"
                : controls.stream().map(Compared::text).collect(Collectors.joining("; ", "control: ", ""));
    }

    /** The samples of the same selector that are to stay, and another metric within the range; those that are there. */
    static List<Counted> before(
            PlannedDeletion deletion,
            List<Labels> series,
            List<CompiledSelector> planned,
            StoredSamples stored,
            Instant now,
            MetricsServer server) {
        List<Counted> counted = new ArrayList<>();
        Instant keptFrom = deletion.end().plusSeconds(1);
        Instant settled = now.minus(SETTLED);
        Instant keptUntil = keptFrom.plus(KEPT_WINDOW).isBefore(settled) ? keptFrom.plus(KEPT_WINDOW) : settled;
        if (keptFrom.isBefore(keptUntil)) {
            planned.stream()
                    .filter(selector -> selector.selector().text().equals(deletion.selector()))
                    .findFirst()
                    .ifPresent(selector -> counted.add(counted(new Control(
                            "samples of the same series after the range",
                            () -> stored.samples(selector.selector(), series, keptFrom, keptUntil)))));
        }
        counted.addAll(others(deletion, planned, stored, server));
        return counted;
    }

    /** A metric that nearly every server has, if this one has it, and the nearest by name to those that are deleted. */
    private static List<Counted> others(
            PlannedDeletion deletion, List<CompiledSelector> planned, StoredSamples stored, MetricsServer server) {
        List<Counted> found = new ArrayList<>();
        OTHERS.stream()
                .filter(metric -> planned.stream().noneMatch(selector -> selector.mayBe(metric)))
                .flatMap(metric -> inRange(metric, deletion, stored).stream())
                .findFirst()
                .ifPresent(found::add);
        Instant end = deletion.end();
        List<String> names =
                server.metricNames(end.minus(LONGEST_WINDOW), end).value().orElse(List.of());
        for (List<String> side : neighbours(deletion, names)) {
            side.stream()
                    .filter(metric -> planned.stream().noneMatch(selector -> selector.mayBe(metric)))
                    .limit(MOST_NEIGHBOURS)
                    .flatMap(metric -> inRange(metric, deletion, stored).stream())
                    .findFirst()
                    .ifPresent(found::add);
        }
        return found;
    }

    /** Names on both sides of the deleted ones, the nearest first: what a selector that is a little too wide would meet. */
    private static List<List<String>> neighbours(PlannedDeletion deletion, List<String> names) {
        String named = SelectorRule.read(deletion.selector()) instanceof SelectorRule.Allowed allowed
                ? firstNamed(allowed.selector(), names)
                : "";
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (String name : names) {
            (name.compareTo(named) < 0 ? before : after).add(name);
        }
        return List.of(before.reversed(), after);
    }

    private static String firstNamed(CompiledSelector selector, List<String> names) {
        return names.stream().filter(selector::mayBe).findFirst().orElse("");
    }

    /** Counted over minutes, or over an hour where samples are rare; empty where there are none. */
    private static Optional<Counted> inRange(String metric, PlannedDeletion deletion, StoredSamples stored) {
        SeriesSelector selector =
                new SeriesSelector(List.of(new Matcher(Matcher.METRIC_NAME, Matcher.Op.EQUAL, metric)));
        Instant end = deletion.end();
        for (Duration window : List.of(SHORTEST_WINDOW, LONGEST_WINDOW)) {
            Instant early = end.minus(window);
            Instant start = early.isBefore(deletion.start()) ? deletion.start() : early;
            Counted counted = counted(new Control(
                    "samples of " + metric + " in the range's last " + window.toMinutes() + " minutes",
                    () -> stored.samplesOfMetric(selector, start, end)));
            if (counted.before().value().filter(count -> count > 0).isPresent()) {
                return Optional.of(counted);
            }
        }
        return Optional.empty();
    }

    private static Counted counted(Control control) {
        return new Counted(control, control.count().get());
    }

    static List<Compared> after(List<Counted> counted) {
        return counted.stream().map(Counted::again).toList();
    }
}
