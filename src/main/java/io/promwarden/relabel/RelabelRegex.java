package io.promwarden.relabel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.promwarden.answer.Answer;
import java.util.Optional;

/**
 * One expression of a rule, wrapped as Prometheus wraps it: a text in front and one behind, so that {@code a)|(b} is
 * legal and anchored at one end each. It is searched for, not held against the whole, which is the same for all but those.
 */
public final class RelabelRegex {

    /** What a rule without an expression has. */
    public static final String DEFAULT = "(.*)";

    private static final RelabelRegex ANYTHING = new RelabelRegex(DEFAULT);

    private final String text;
    private final Pattern two;
    private final Pattern three;

    private RelabelRegex(String text) {
        this.text = text;
        this.two = Pattern.compile("^(?:" + text + ")$");
        this.three = Pattern.compile("^(?s:" + text + ")$");
    }

    /** The expression, or why Prometheus refuses it. */
    static Answer<RelabelRegex> of(String text) {
        if (text.equals(DEFAULT)) {
            return Answer.known(ANYTHING);
        }
        Optional<String> tooLarge = RegexSize.refusal(text);
        if (tooLarge.isPresent()) {
            return Answer.unknown(tooLarge.get());
        }
        try {
            return Answer.known(new RelabelRegex(text));
        } catch (PatternSyntaxException e) {
            return Answer.unknown("the regular expression " + text + " is not valid: " + e.getDescription());
        }
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** True if it matches. */
    public boolean matches(String value, NameScheme names) {
        return matcher(value, names).find();
    }

    /** The first match, to take groups from; empty where there is none. */
    Optional<Matcher> match(String value, NameScheme names) {
        Matcher matcher = matcher(value, names);
        return matcher.find() ? Optional.of(matcher) : Optional.empty();
    }

    /** Every match replaced by a template, as Go does it: an empty match right behind another one doesn't count. */
    String replaceAll(String value, String template, NameScheme names) {
        Matcher matcher = matcher(value, names);
        StringBuilder replaced = new StringBuilder();
        int behind = 0;
        int from = 0;
        while (from <= value.length() && matcher.find(from)) {
            replaced.append(value, behind, matcher.start());
            if (matcher.end() > behind || matcher.start() == 0) {
                replaced.append(Template.expand(template, matcher));
            }
            behind = matcher.end();
            int next = from < value.length() ? from + Character.charCount(value.codePointAt(from)) : from + 1;
            from = Math.max(next, matcher.end());
        }
        return replaced.append(value, Math.min(behind, value.length()), value.length())
                .toString();
    }

    private Matcher matcher(String value, NameScheme names) {
        return (names == NameScheme.LEGACY ? two : three).matcher(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RelabelRegex regex && regex.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
