package io.promwarden.retention;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import io.promwarden.label.Matcher;
import io.promwarden.label.SeriesSelector;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A selector that can be held against label sets here, with the result that Prometheus would give. Where versions differ
 * (a dot matches a line break since 3.0 only), what any of them selects counts as selected: that is the careful side for
 * all that it is used for.
 */
public final class CompiledSelector {

    private final SeriesSelector selector;
    private final Map<Matcher, Dialects> patterns;

    private CompiledSelector(SeriesSelector selector, Map<Matcher, Dialects> patterns) {
        this.selector = selector;
        this.patterns = Map.copyOf(patterns);
    }

    /** Compiles every regular expression; unknown, with the reason, when one of them is none. */
    static Answer<CompiledSelector> compile(SeriesSelector selector) {
        Map<Matcher, Dialects> patterns = new HashMap<>();
        for (Matcher matcher : selector.matchers()) {
            if (matcher.op() == Matcher.Op.REGEX || matcher.op() == Matcher.Op.NOT_REGEX) {
                try {
                    patterns.put(matcher, Dialects.of(matcher.value()));
                } catch (PatternSyntaxException e) {
                    return Answer.unknown(
                            "the regular expression of " + matcher.text() + " is not valid: " + e.getDescription());
                }
            }
        }
        return Answer.known(new CompiledSelector(selector, patterns));
    }

    public SeriesSelector selector() {
        return selector;
    }

    /** True if all matchers match; a label that is missing counts as empty. */
    public boolean matches(Labels labels) {
        return selector.matchers().stream().allMatch(matcher -> matches(matcher, labels.value(matcher.name())));
    }

    /** True if series of that metric can be among those selected. */
    boolean mayBe(String metric) {
        return selector.on(Matcher.METRIC_NAME).stream().allMatch(matcher -> matches(matcher, metric));
    }

    /** One matcher against one value; a regular expression is anchored at both ends. */
    boolean matches(Matcher matcher, String value) {
        return switch (matcher.op()) {
            case EQUAL -> matcher.value().equals(value);
            case NOT_EQUAL -> !matcher.value().equals(value);
            case REGEX -> patterns(matcher).oneMatches(value);
            case NOT_REGEX -> !patterns(matcher).allMatch(value);
        };
    }

    private Dialects patterns(Matcher matcher) {
        return Objects.requireNonNull(patterns.get(matcher));
    }

    /** One regular expression as Prometheus 2 and 3 understand it. */
    private record Dialects(Pattern two, Pattern three) {

        static Dialects of(String expression) {
            return new Dialects(Pattern.compile(expression), Pattern.compile(expression, Pattern.DOTALL));
        }

        boolean oneMatches(String value) {
            return two.matches(value) || three.matches(value);
        }

        boolean allMatch(String value) {
            return two.matches(value) && three.matches(value);
        }
    }
}
