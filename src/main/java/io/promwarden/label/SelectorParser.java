package io.promwarden.label;

import io.promwarden.label.ParsedSelector.Malformed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one vector selector from left to right and stops at the first thing that is wrong. */
final class SelectorParser {

    private final String text;
    private final List<Matcher> matchers = new ArrayList<>();
    private int at;
    private @Nullable Malformed problem;

    SelectorParser(String text) {
        this.text = text;
    }

    ParsedSelector parse() {
        skipSpace();
        String metric = takeWord(true);
        if (!metric.isEmpty()) {
            matchers.add(new Matcher(Matcher.METRIC_NAME, Matcher.Op.EQUAL, metric));
        }
        skipSpace();
        if (here('{')) {
            braces(!metric.isEmpty());
        } else if (metric.isEmpty()) {
            fail(at, "a metric's name or an opening brace is expected" + found());
        }
        if (problem == null) {
            skipSpace();
            if (at < text.length()) {
                fail(at, trailing());
            }
        }
        Malformed wrong = problem;
        return wrong != null ? wrong : new ParsedSelector.Selected(new SeriesSelector(matchers));
    }

    private void braces(boolean named) {
        at++;
        skipSpace();
        while (problem == null && !here('}')) {
            matcher(named);
            if (problem != null) {
                return;
            }
            skipSpace();
            if (here(',')) {
                at++;
                skipSpace();
            } else if (!here('}')) {
                fail(at, "a comma or the closing brace is expected" + found());
            }
        }
        at++;
    }

    private void matcher(boolean named) {
        int start = at;
        String label = takeWord(false);
        if (label.isEmpty()) {
            String quoted = here('"') || here('\'') || here('`') ? "; quoted names are not supported" : "";
            fail(at, "a label's name is expected" + found() + quoted);
            return;
        }
        if (named && label.equals(Matcher.METRIC_NAME)) {
            fail(start, "the metric's name is given twice, before the braces and in them");
            return;
        }
        skipSpace();
        Matcher.Op op = takeOp();
        if (op == null) {
            fail(at, "one of = != =~ !~ is expected" + found());
            return;
        }
        skipSpace();
        String value = takeString();
        if (value != null) {
            matchers.add(new Matcher(label, op, value));
        }
    }

    private Matcher.@Nullable Op takeOp() {
        for (Matcher.Op op : List.of(Matcher.Op.NOT_EQUAL, Matcher.Op.NOT_REGEX, Matcher.Op.REGEX, Matcher.Op.EQUAL)) {
            if (text.startsWith(op.sign(), at)) {
                at += op.sign().length();
                return op;
            }
        }
        return null;
    }

    private @Nullable String takeString() {
        if (!here('"') && !here('\'') && !here('`')) {
            fail(at, "a quoted value is expected" + found());
            return null;
        }
        SelectorString string = SelectorString.read(text, at);
        if (string.problem() != null) {
            fail(string.end(), string.problem());
            return null;
        }
        at = string.end();
        return string.value();
    }

    private String takeWord(boolean colons) {
        int start = at;
        while (at < text.length() && isWord(text.charAt(at), at > start, colons)) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isWord(char c, boolean inside, boolean colons) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        boolean digit = inside && c >= '0' && c <= '9';
        return letter || digit || (colons && c == ':');
    }

    private String trailing() {
        String rest = text.substring(at);
        if (rest.startsWith("[")) {
            return "a range is not allowed: only one vector selector";
        }
        if (rest.startsWith("@") || rest.regionMatches(true, 0, "offset", 0, 6)) {
            return "offset and @ are not allowed: only one vector selector";
        }
        if (rest.startsWith("#")) {
            return "a comment is not allowed: only one vector selector";
        }
        return "nothing may follow: exactly one vector selector is allowed, no function and no operator";
    }

    private String found() {
        if (at >= text.length()) {
            return ", but the text ends";
        }
        int c = text.codePointAt(at);
        return c < 0x20 || c == 0x7f
                ? String.format(", not the control character \\x%02x", c)
                : ", not '" + Character.toString(c) + "'";
    }

    private boolean here(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void fail(int position, String sentence) {
        problem = new Malformed(position, sentence);
    }
}
