package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.label.Matcher;
import io.promwarden.label.PromQuote;
import io.promwarden.label.SeriesSelector;
import io.promwarden.observation.OwnMetrics;
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

    private static final Duration OTHER_WINDOW = Duration.ofHours(1);
    private static final Duration KEPT_WINDOW = Duration.ofDays(1);
    private static final Duration SETTLED = Duration.ofMinutes(10);
    private static final double SMALL_HEAD = 200_000;

    /** A control counted before and after. */
    record Compared(String what, Answer<Long> before, Answer<Long> after) {

        /** Samples are gone that should be there. More than before is no harm: data may arrive late. */
        boolean lost() {
            return before.value().isPresent()
                    && after.value().isPresent()
                    && after.value().get() < before.value().get();
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
            List<CompiledSelector> planned,
            StoredSamples stored,
            Instant now,
            Answer<OwnMetrics> own) {
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
                            () -> stored.samples(selector.selector(), keptFrom, keptUntil)))));
        }
        other(deletion, planned, stored, own).ifPresent(counted::add);
        return counted;
    }

    private static Optional<Counted> other(
            PlannedDeletion deletion, List<CompiledSelector> planned, StoredSamples stored, Answer<OwnMetrics> own) {
        Instant end = deletion.end();
        Instant early = end.minus(OTHER_WINDOW);
        Instant start = early.isBefore(deletion.start()) ? deletion.start() : early;
        for (String metric : OTHERS) {
            if (planned.stream().noneMatch(selector -> selector.mayBe(metric))) {
                SeriesSelector selector =
                        new SeriesSelector(List.of(new Matcher(Matcher.METRIC_NAME, Matcher.Op.EQUAL, metric)));
                Counted counted = counted(new Control(
                        "samples of " + metric + " in the range's last hour",
                        () -> stored.samples(selector, start, end)));
                if (counted.before().value().filter(count -> count > 0).isPresent()) {
                    return Optional.of(counted);
                }
            }
        }
        boolean small = own.value()
                .map(metrics -> metrics.sum("prometheus_tsdb_head_series").orElse(SMALL_HEAD) < SMALL_HEAD)
                .orElse(false);
        if (!small) {
            return Optional.empty();
        }
        Counted all = counted(new Control(
                "series of other metrics in the range's last hour", () -> stored.seriesAt(others(planned), end)));
        return Optional.of(all)
                .filter(found ->
                        found.before().value().filter(count -> count > 0).isPresent());
    }

    /** Everything but the metrics that some planned deletion names. */
    private static String others(List<CompiledSelector> planned) {
        String not = planned.stream()
                .flatMap(selector -> selector.selector().on(Matcher.METRIC_NAME).stream())
                .filter(matcher -> matcher.op().positive())
                .map(matcher -> Matcher.METRIC_NAME
                        + (matcher.op() == Matcher.Op.EQUAL ? "!=" : "!~")
                        + PromQuote.quote(matcher.value()))
                .distinct()
                .collect(Collectors.joining(","));
        return "{" + Matcher.METRIC_NAME + "!=\"\"" + (not.isEmpty() ? "" : "," + not) + "}";
    }

    private static Counted counted(Control control) {
        return new Counted(control, control.count().get());
    }

    static List<Compared> after(List<Counted> counted) {
        return counted.stream().map(Counted::again).toList();
    }
}
