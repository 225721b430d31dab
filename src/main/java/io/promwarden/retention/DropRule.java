package io.promwarden.retention;

import com.google.re2j.Pattern;
import io.promwarden.label.Matcher;
import io.promwarden.label.SeriesSelector;
import io.promwarden.retention.Prevention.Step;
import io.promwarden.retention.StillWritten.RuleName;
import io.promwarden.retention.StillWritten.Scraper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The relabeling rules that drop what a selector matches, and nothing else, before it is stored; and where to put it. What
 * the selector leaves out cannot be said in drop rules: then there are none, rather than a wider one.
 */
final class DropRule {

    /** Names that one rule lists; more are no rule that anybody reads. */
    private static final int MOST_NAMES = 30;

    private static final String MARK = "__tmp_promwarden";
    private static final Pattern PLAIN_VALUES = Pattern.compile("(?:[A-Za-z0-9_:/|-]|\\\\[.])*");

    private DropRule() {}

    static Prevention prevention(SeriesSelector selector, Collection<String> metrics, StillWritten written) {
        if (written.nothing()) {
            return new Prevention(List.of(), "nothing writes these series any more");
        }
        List<Step> steps = new ArrayList<>();
        List<String> otherwise = new ArrayList<>();
        written.rules().forEach(rule -> steps.add(removal(rule)));
        if (!written.scrapers().isEmpty()) {
            Optional<List<Matcher>> matchers = positive(selector, metrics);
            if (matchers.isEmpty()) {
                otherwise.add("it will come back: the selector leaves series out, and drop rules cannot;"
                        + " write a selector without != and !~, or stop exposing the metric");
            }
            for (Scraper scraper : written.scrapers()) {
                if (scraper.pool().isEmpty()) {
                    // A rule's own series have no target.
                    if (written.rules().isEmpty()) {
                        otherwise.add("it will come back: no target of this server has job=\"" + scraper.job()
                                + "\" and its instances; somebody pushes or federates it");
                    }
                } else {
                    matchers.ifPresent(known -> steps.add(step(scraper.pool(), known)));
                }
            }
        }
        written.unknown().ifPresent(why -> otherwise.add("whether it will come back is not known (" + why + ")"));
        return new Prevention(
                steps.stream().distinct().toList(),
                otherwise.stream().distinct().collect(Collectors.joining("; ")));
    }

    private static Step removal(RuleName rule) {
        return new Step(
                "rule group " + rule.group() + " in " + rule.file(), "Remove the recording rule " + rule.rule() + ".");
    }

    /**
     * The same set of series by matchers that say what is, not what isn't: a name that is left out is so by naming the
     * others. Empty where that cannot be.
     */
    private static Optional<List<Matcher>> positive(SeriesSelector selector, Collection<String> metrics) {
        List<Matcher> all = selector.matchers();
        List<Matcher> negative =
                all.stream().filter(matcher -> !matcher.op().positive()).toList();
        if (negative.isEmpty()) {
            return Optional.of(all);
        }
        boolean onlyNames = negative.stream().allMatch(matcher -> matcher.name().equals(Matcher.METRIC_NAME));
        if (!onlyNames || metrics.size() > MOST_NAMES) {
            return Optional.empty();
        }
        List<Matcher> named = new ArrayList<>();
        named.add(new Matcher(
                Matcher.METRIC_NAME,
                Matcher.Op.REGEX,
                new TreeSet<>(metrics).stream().map(Pattern::quote).collect(Collectors.joining("|"))));
        all.stream()
                .filter(matcher -> !matcher.name().equals(Matcher.METRIC_NAME))
                .forEach(named::add);
        return Optional.of(named);
    }

    /** Where a scrape pool's rule goes: the operator names pools by their object. */
    private static Step step(String pool, List<Matcher> matchers) {
        String[] parts = pool.split("/", -1);
        boolean indexed =
                parts.length == 4 && !parts[3].isEmpty() && parts[3].chars().allMatch(Character::isDigit);
        String object = parts.length >= 3 ? parts[1] + "/" + parts[2] : "";
        return switch (parts[0]) {
            case "serviceMonitor" ->
                indexed
                        ? operator("ServiceMonitor " + object + ", spec.endpoints[" + parts[3] + "]", matchers)
                        : plain(pool, matchers);
            case "podMonitor" ->
                indexed
                        ? operator("PodMonitor " + object + ", spec.podMetricsEndpoints[" + parts[3] + "]", matchers)
                        : plain(pool, matchers);
            case "probe" ->
                parts.length == 3 ? operator("Probe " + object + ", spec", matchers) : plain(pool, matchers);
            case "scrapeConfig" ->
                parts.length == 3 ? operator("ScrapeConfig " + object + ", spec", matchers) : plain(pool, matchers);
            default -> plain(pool, matchers);
        };
    }

    private static Step operator(String where, List<Matcher> matchers) {
        return new Step(where + ".metricRelabelings", yaml("sourceLabels", matchers));
    }

    private static Step plain(String pool, List<Matcher> matchers) {
        return new Step("scrape configuration " + pool + ", metric_relabel_configs", yaml("source_labels", matchers));
    }

    /**
     * One rule where the joined values can be taken apart in one way only, as none of them can hold the separator. Else one
     * rule for each matcher: each goes on from the mark of the one before, and the last one drops. A mark never holds the
     * separator, so what follows its first one is the whole value.
     */
    private static String yaml(String sourceLabels, List<Matcher> matchers) {
        if (matchers.size() == 1 || matchers.stream().noneMatch(DropRule::mayHoldSeparator)) {
            boolean alone = matchers.size() == 1;
            return rule(
                            sourceLabels,
                            matchers.stream().map(Matcher::name).toList(),
                            matchers.stream()
                                    .map(matcher -> expression(matcher, alone))
                                    .collect(Collectors.joining(";")))
                    + "  action: drop\n";
        }
        String noMarks = "- regex: '" + MARK + "'\n  action: labeldrop\n";
        StringBuilder rules = new StringBuilder(noMarks);
        for (int i = 0; i < matchers.size(); i++) {
            Matcher matcher = matchers.get(i);
            rules.append(
                    i == 0
                            ? rule(sourceLabels, List.of(matcher.name()), expression(matcher, true))
                            : rule(
                                    sourceLabels,
                                    List.of(MARK, matcher.name()),
                                    "matched-" + i + ";" + expression(matcher, false)));
            rules.append(
                    i == matchers.size() - 1
                            ? "  action: drop\n"
                            : "  " + targetLabel(sourceLabels) + ": " + MARK + "\n  replacement: matched-" + (i + 1)
                                    + "\n  action: replace\n");
        }
        return rules.append(noMarks).toString();
    }

    private static String targetLabel(String sourceLabels) {
        return sourceLabels.equals("sourceLabels") ? "targetLabel" : "target_label";
    }

    private static String rule(String sourceLabels, List<String> labels, String regex) {
        return "- " + sourceLabels + ": [" + String.join(", ", labels) + "]\n  regex: " + quoted(regex) + "\n";
    }

    /** Never empty: the operator takes an empty expression for one that matches everything. */
    private static String expression(Matcher matcher, boolean alone) {
        String regex = matcher.op() == Matcher.Op.EQUAL ? Pattern.quote(matcher.value()) : matcher.value();
        return regex.isEmpty() ? "(?:)" : matcher.op() == Matcher.Op.EQUAL || alone ? regex : "(?:" + regex + ")";
    }

    /** Of an expression only what lists plain values is known to hold none. */
    private static boolean mayHoldSeparator(Matcher matcher) {
        return matcher.op() == Matcher.Op.EQUAL
                ? matcher.value().contains(";")
                : !PLAIN_VALUES.matches(matcher.value());
    }

    /** As a YAML scalar. */
    private static String quoted(String text) {
        if (text.codePoints().noneMatch(c -> c < 0x20 || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029)) {
            return "'" + text.replace("'", "''") + "'";
        }
        StringBuilder escaped = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                escaped.append('\\').appendCodePoint(c);
            } else if (c < 0x20 || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029) {
                escaped.append(String.format("\\u%04x", c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.append('"').toString();
    }
}
