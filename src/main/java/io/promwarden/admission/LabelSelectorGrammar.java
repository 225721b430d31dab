package io.promwarden.admission;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The text form of a label selector, as Kubernetes parses it: {@code app=cart,tier in (web, api),!canary}. Oddities are kept:
 * {@code in} may be a key, {@code a=} means an empty value, and a comma must not end it.
 */
final class LabelSelectorGrammar {

    private static final String END = "";
    private static final Set<String> SYMBOLS = Set.of(")", ",", "!", "==", "=", "!=", "(", ">", "<");
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");

    /** A word of the text; the end is an empty symbol. */
    private record Token(String text, boolean word) {
        boolean is(String symbol) {
            return !word && text.equals(symbol);
        }
    }

    /** Thrown within this class only. */
    private static final class Unparsable extends Exception {
        private static final long serialVersionUID = 1;

        Unparsable(String message) {
            super(message, null, false, false);
        }
    }

    private final List<Token> tokens;
    private int at;

    private LabelSelectorGrammar(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Optional<String> problem(String selector) {
        try {
            new LabelSelectorGrammar(tokens(selector)).selector();
            return Optional.empty();
        } catch (Unparsable e) {
            return Optional.of("\"" + selector + "\" is no label selector: " + e.getMessage());
        }
    }

    private static List<Token> tokens(String text) throws Unparsable {
        List<Token> tokens = new ArrayList<>();
        int i = 0;
        while (i < text.length() && text.charAt(i) != 0) {
            char c = text.charAt(i);
            if (blank(c)) {
                i++;
            } else if (special(c)) {
                int end = i + 1;
                while (end < text.length()
                        && special(text.charAt(end))
                        && SYMBOLS.contains(text.substring(i, end + 1))) {
                    end++;
                }
                tokens.add(new Token(text.substring(i, end), false));
                i = end;
            } else {
                int start = i;
                while (i < text.length() && text.charAt(i) != 0 && !special(text.charAt(i)) && !blank(text.charAt(i))) {
                    i++;
                }
                tokens.add(new Token(text.substring(start, i), true));
            }
        }
        tokens.add(new Token(END, false));
        return tokens;
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean special(char c) {
        return "=!(),><".indexOf(c) >= 0;
    }

    private void selector() throws Unparsable {
        if (next().is(END)) {
            return;
        }
        while (true) {
            requirement();
            Token after = take();
            if (after.is(END)) {
                return;
            }
            if (!after.is(",")) {
                throw new Unparsable("a comma or the end was expected, not '" + after.text() + "'");
            }
            if (!next().word() && !next().is("!")) {
                throw new Unparsable("a key was expected after the comma");
            }
        }
    }

    private void requirement() throws Unparsable {
        boolean absent = next().is("!");
        if (absent) {
            take();
        }
        Token key = take();
        if (!key.word()) {
            throw new Unparsable("a key was expected" + (key.is(END) ? "" : ", not '" + key.text() + "'"));
        }
        check(KubernetesLabel.keyProblem(key.text()));
        if (absent || next().is(END) || next().is(",")) {
            return;
        }
        Token operator = take();
        switch (operator.text()) {
            case "in", "notin" -> {
                Set<String> values = values();
                if (values.isEmpty()) {
                    throw new Unparsable("'" + operator.text() + "' needs at least one value");
                }
                for (String value : values) {
                    check(KubernetesLabel.valueProblem(value));
                }
            }
            case "=", "==", "!=" -> check(KubernetesLabel.valueProblem(value()));
            case ">", "<" -> {
                String value = value();
                if (!WHOLE.matcher(value).matches()) {
                    throw new Unparsable("'" + operator.text() + "' compares with a whole number");
                }
                check(KubernetesLabel.valueProblem(value));
            }
            default -> throw new Unparsable("'" + operator.text() + "' is no operator");
        }
    }

    private String value() throws Unparsable {
        if (next().is(END) || next().is(",")) {
            return "";
        }
        Token value = take();
        if (!value.word()) {
            throw new Unparsable("a value was expected, not '" + value.text() + "'");
        }
        return value.text();
    }

    private Set<String> values() throws Unparsable {
        if (!take().is("(")) {
            throw new Unparsable("'(' was expected before the values");
        }
        Set<String> values = new LinkedHashSet<>();
        if (next().is(")")) {
            take();
            return values;
        }
        boolean more = true;
        while (more) {
            Token token = take();
            if (token.word()) {
                values.add(token.text());
                more = next().is(",");
                if (!more && !next().is(")")) {
                    throw new Unparsable("',' or ')' was expected after '" + token.text() + "'");
                }
            } else if (token.is(",")) {
                boolean last = next().is(")");
                boolean twice = next().is(",");
                if (values.isEmpty() || last || twice) {
                    values.add("");
                }
                if (twice) {
                    take();
                }
                more = !last;
            } else {
                throw new Unparsable("a value was expected");
            }
        }
        take();
        return values;
    }

    private static void check(Optional<String> problem) throws Unparsable {
        if (problem.isPresent()) {
            throw new Unparsable(problem.get());
        }
    }

    private Token next() {
        return tokens.get(Math.min(at, tokens.size() - 1));
    }

    private Token take() {
        Token token = next();
        at++;
        return token;
    }
}
