package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.label.Matcher;
import io.promwarden.label.ParsedSelector;
import io.promwarden.label.SeriesSelector;
import java.util.List;
import java.util.Optional;

/**
 * What a policy may select. The metric must be named, exactly or by a regular expression that matches neither nothing nor
 * names that somebody made up, and what Prometheus writes about itself must be named exactly.
 */
public final class SelectorRule {

    /** What the rule says of a selector. */
    public sealed interface Judgement {}

    /** It may be used. */
    public record Allowed(CompiledSelector selector) implements Judgement {}

    /** It may not. */
    public record Refused(Refusal refusal) implements Judgement {}

    /** The samples of the reserved names that a policy could meet by a regular expression. */
    private static final List<String> RESERVED_SAMPLES = List.of(
            "up",
            "ALERTS",
            "ALERTS_FOR_STATE",
            "ALERTS_x",
            "scrape_duration_seconds",
            "scrape_samples_scraped",
            "scrape_samples_post_metric_relabeling",
            "scrape_series_added",
            "scrape_timeout_seconds",
            "scrape_sample_limit",
            "scrape_body_size_bytes",
            "scrape_x");

    private static final String EVERYTHING = "To drop everything that is older, set Prometheus' own retention:"
            + " spec.retention of the Prometheus object, or --storage.tsdb.retention.time.";

    private SelectorRule() {}

    /** Judges the selector of a policy. */
    public static Judgement judge(String match) {
        return switch (read(match)) {
            case Refused refused -> refused;
            case Allowed allowed -> judge(match, allowed.selector());
        };
    }

    private static Judgement judge(String match, CompiledSelector compiled) {
        List<Matcher> positive = compiled.selector().on(Matcher.METRIC_NAME).stream()
                .filter(matcher -> matcher.op().positive() && !matcher.value().isEmpty())
                .toList();
        if (positive.isEmpty()) {
            return refused(
                    "selector-without-metric",
                    match + " does not say which metric: it could select the whole TSDB",
                    "Name the metric, e.g. my_metric{job=\"x\"} or {__name__=~\"my_.*\"}. " + EVERYTHING);
        }
        Optional<Matcher> exact = positive.stream()
                .filter(matcher -> matcher.op() == Matcher.Op.EQUAL)
                .findFirst();
        if (exact.isPresent()) {
            return new Allowed(compiled);
        }
        if (positive.stream().noneMatch(matcher -> narrow(compiled, matcher))) {
            return refused(
                    "selector-too-broad",
                    "the regular expression for the metric's name in " + match
                            + " also matches the empty name or names that were made up to try it",
                    "Write a longer literal part, e.g. {__name__=~\"my_app_.*\"}. " + EVERYTHING);
        }
        return RESERVED_SAMPLES.stream()
                .filter(compiled::mayBe)
                .findFirst()
                .<Judgement>map(
                        name -> refused(
                                "reserved-name",
                                match + " would also select " + name + ", which Prometheus writes itself",
                                "Exclude it with __name__!~\"ALERTS.*|up|scrape_.*\", or name it exactly in a policy of its own."))
                .orElseGet(() -> new Allowed(compiled));
    }

    /** Reads a selector that nothing is deleted by, e.g. one that protects: any will do that can be evaluated. */
    public static Judgement read(String selector) {
        return switch (SeriesSelector.parse(selector)) {
            case ParsedSelector.Malformed malformed ->
                refused(
                        "selector-unreadable",
                        selector + " is not one vector selector: " + malformed.text(),
                        "Write a metric's name and matchers in braces, and nothing else.");
            case ParsedSelector.Selected selected ->
                switch (CompiledSelector.compile(selected.selector())) {
                    case Answer.Known<CompiledSelector> compiled -> new Allowed(compiled.known());
                    case Answer.Unknown<CompiledSelector> broken ->
                        refused("selector-unreadable", broken.why(), "Write it as RE2 understands it.");
                };
        };
    }

    /** True for the names that Prometheus writes itself: {@code ALERTS.*}, {@code up}, {@code scrape_.*}. */
    static boolean reserved(String metric) {
        return metric.equals("up") || metric.startsWith("ALERTS") || metric.startsWith("scrape_");
    }

    private static boolean narrow(CompiledSelector compiled, Matcher matcher) {
        return !compiled.matches(matcher, "")
                && MadeUpNames.ALL.stream().noneMatch(name -> compiled.matches(matcher, name));
    }

    private static Judgement refused(String code, String reason, String remedy) {
        return new Refused(new Refusal(code, reason, remedy));
    }
}
