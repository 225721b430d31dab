package io.promwarden.label;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One instant vector selector: all its matchers, the metric's name among them, sorted and each once. Two selectors with the
 * same matchers are equal, however they were written.
 */
public record SeriesSelector(List<Matcher> matchers) {

    private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    /** Words that mean something to PromQL; a metric of that name is written inside the braces. */
    private static final Set<String> KEYWORDS = Set.of(
            "and",
            "or",
            "unless",
            "atan2",
            "sum",
            "avg",
            "count",
            "min",
            "max",
            "group",
            "stddev",
            "stdvar",
            "topk",
            "bottomk",
            "count_values",
            "quantile",
            "limitk",
            "limit_ratio",
            "offset",
            "by",
            "without",
            "on",
            "ignoring",
            "group_left",
            "group_right",
            "bool",
            "start",
            "end",
            "step",
            "inf",
            "nan",
            "anchored",
            "smoothed",
            "fill",
            "fill_left",
            "fill_right");

    public SeriesSelector {
        matchers = matchers.stream().sorted().distinct().toList();
    }

    /**
     * Reads exactly one vector selector: a metric's name, braces with matchers, or both. No offset, no {@code @}, no range,
     * no operator, no function, no comment, and no quoted names.
     */
    public static ParsedSelector parse(String text) {
        return new SelectorParser(text).parse();
    }

    /** The matchers on one label. */
    public List<Matcher> on(String label) {
        return matchers.stream().filter(matcher -> matcher.name().equals(label)).toList();
    }

    /** The one metric that this selects, where it names one exactly. */
    public Optional<String> metric() {
        return on(Matcher.METRIC_NAME).stream()
                .filter(matcher -> matcher.op() == Matcher.Op.EQUAL)
                .map(Matcher::value)
                .findFirst();
    }

    /** The same selector for one metric alone, whatever it said about the metric's name before. */
    public SeriesSelector forMetric(String metric) {
        List<Matcher> others = matchers.stream()
                .filter(matcher -> !matcher.name().equals(Matcher.METRIC_NAME))
                .collect(Collectors.toList());
        others.add(new Matcher(Matcher.METRIC_NAME, Matcher.Op.EQUAL, metric));
        return new SeriesSelector(others);
    }

    /** As PromQL writes it, always the same for the same matchers, e.g. {@code http_requests_total{job="a"}}. */
    public String text() {
        List<Matcher> names = on(Matcher.METRIC_NAME);
        boolean inFront = names.size() == 1 && isPlainMetric(names.getFirst());
        String front = inFront ? names.getFirst().value() : "";
        String inside = matchers.stream()
                .filter(matcher -> !inFront || !matcher.name().equals(Matcher.METRIC_NAME))
                .map(Matcher::text)
                .collect(Collectors.joining(","));
        return inFront && inside.isEmpty() ? front : front + "{" + inside + "}";
    }

    private static boolean isPlainMetric(Matcher matcher) {
        return matcher.op() == Matcher.Op.EQUAL
                && IDENTIFIER.matcher(matcher.value()).matches()
                && !KEYWORDS.contains(matcher.value().toLowerCase(Locale.ROOT));
    }
}
