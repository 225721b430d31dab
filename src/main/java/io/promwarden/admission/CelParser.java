package io.promwarden.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the part of CEL that the CRDs of the operator use: {@code has()}, {@code size()}, field access, list literals,
 * {@code filter}, {@code all}, {@code exists}, {@code in}, comparisons, {@code !}, {@code &&}, {@code ||} and {@code ?:}
 * over strings, whole numbers and booleans. Anything else makes the rule one that we do not know.
 */
final class CelParser {

    private static final Set<String> MACROS = Set.of("filter", "all", "exists");
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> PAIRS = Set.of("==", "!=", "<=", ">=", "&&", "||");
    private static final int LONGEST = 4000;
    private static final int DEEPEST = 100;

    private final List<String> tokens;
    private int at;
    private int depth;

    private CelParser(List<String> tokens) {
        this.tokens = tokens;
    }

    /** Beyond what is known here. */
    private static final class Unknown extends Exception {
        private static final long serialVersionUID = 1;
    }

    static Optional<CelExpression> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            CelParser parser = new CelParser(tokens(text));
            CelExpression expression = parser.conditional();
            return parser.at == parser.tokens.size() ? Optional.of(expression) : Optional.empty();
        } catch (Unknown e) {
            return Optional.empty();
        }
    }

    private CelExpression conditional() throws Unknown {
        if (++depth > DEEPEST) {
            throw new Unknown();
        }
        CelExpression condition = chain(0);
        if (taken("?")) {
            CelExpression yes = chain(0);
            expect(":");
            CelExpression no = conditional();
            condition = CelExpression.choice(condition, yes, no);
        }
        depth--;
        return condition;
    }

    /** {@code ||} binds loosest, {@code &&} closer, comparisons closest. */
    private CelExpression chain(int level) throws Unknown {
        if (level == 2) {
            return comparison();
        }
        CelExpression left = chain(level + 1);
        while (taken(level == 0 ? "||" : "&&")) {
            left = CelExpression.either(left, chain(level + 1), level == 0);
        }
        return left;
    }

    private CelExpression comparison() throws Unknown {
        CelExpression left = unary();
        String operator = peek();
        if (operator != null && COMPARISONS.contains(operator)) {
            at++;
            return CelExpression.comparison(left, operator, unary());
        }
        return taken("in") ? CelExpression.in(left, unary()) : left;
    }

    private CelExpression unary() throws Unknown {
        if (taken("!")) {
            if (++depth > DEEPEST) {
                throw new Unknown();
            }
            CelExpression operand = unary();
            depth--;
            return CelExpression.not(operand);
        }
        return member();
    }

    private CelExpression member() throws Unknown {
        CelExpression value = primary();
        while (taken(".")) {
            String name = name();
            if (!taken("(")) {
                value = CelExpression.field(value, name);
            } else if (name.equals("size")) {
                expect(")");
                value = CelExpression.size(value);
            } else if (MACROS.contains(name)) {
                String variable = name();
                expect(",");
                CelExpression body = conditional();
                expect(")");
                value = CelExpression.macro(value, name, variable, body);
            } else {
                throw new Unknown();
            }
        }
        return value;
    }

    private CelExpression primary() throws Unknown {
        String token = next();
        char first = token.charAt(0);
        if (first == '\'') {
            return CelExpression.constant(token.substring(1));
        }
        if (Character.isDigit(first)) {
            return CelExpression.constant(Long.parseLong(token));
        }
        return switch (token) {
            case "true", "false" -> CelExpression.constant(token.equals("true"));
            case "(" -> {
                CelExpression inner = conditional();
                expect(")");
                yield inner;
            }
            case "[" -> list();
            case "has" -> has();
            case "size" -> {
                expect("(");
                CelExpression of = conditional();
                expect(")");
                yield CelExpression.size(of);
            }
            default -> {
                at--;
                String name = name();
                if ("(".equals(peek())) {
                    throw new Unknown();
                }
                yield CelExpression.variable(name);
            }
        };
    }

    private CelExpression list() throws Unknown {
        List<CelExpression> entries = new ArrayList<>();
        if (!taken("]")) {
            do {
                entries.add(conditional());
            } while (taken(","));
            expect("]");
        }
        return CelExpression.list(entries);
    }

    private CelExpression has() throws Unknown {
        expect("(");
        CelExpression of = CelExpression.variable(name());
        expect(".");
        String field = name();
        while (taken(".")) {
            of = CelExpression.field(of, field);
            field = name();
        }
        expect(")");
        return CelExpression.has(of, field);
    }

    private String name() throws Unknown {
        String token = next();
        // A name with two underscores in front stands for a word that CEL keeps for itself.
        if (!(Character.isLetter(token.charAt(0)) || token.charAt(0) == '_') || token.startsWith("__")) {
            throw new Unknown();
        }
        return token;
    }

    private @Nullable String peek() {
        return at < tokens.size() ? tokens.get(at) : null;
    }

    private String next() throws Unknown {
        if (at == tokens.size()) {
            throw new Unknown();
        }
        return tokens.get(at++);
    }

    private boolean taken(String token) {
        if (token.equals(peek())) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String token) throws Unknown {
        if (!taken(token)) {
            throw new Unknown();
        }
    }

    /** Names, numbers, signs, and strings with a single quote in front. */
    private static List<String> tokens(String text) throws Unknown {
        List<String> tokens = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int start = i;
            if (Character.isWhitespace(c)) {
                i++;
            } else if (Character.isLetter(c) || c == '_') {
                while (i < text.length() && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_')) {
                    i++;
                }
                // r'...' and b'...' are strings of another kind.
                if (i < text.length() && (text.charAt(i) == '\'' || text.charAt(i) == '"')) {
                    throw new Unknown();
                }
                tokens.add(text.substring(start, i));
            } else if (Character.isDigit(c)) {
                while (i < text.length() && Character.isDigit(text.charAt(i))) {
                    i++;
                }
                boolean more = i < text.length() && (Character.isLetter(text.charAt(i)) || text.charAt(i) == '.');
                if (more || i - start > 18) {
                    throw new Unknown();
                }
                tokens.add(text.substring(start, i));
            } else if (c == '\'' || c == '"') {
                int end = text.indexOf(c, i + 1);
                boolean tripled = end == i + 1 && text.startsWith(String.valueOf(c), end + 1);
                if (end < 0 || tripled) {
                    throw new Unknown();
                }
                String inside = text.substring(i + 1, end);
                if (inside.indexOf('\\') >= 0) {
                    throw new Unknown();
                }
                tokens.add("'" + inside);
                i = end + 1;
            } else {
                int length = i + 1 < text.length() && PAIRS.contains(text.substring(i, i + 2)) ? 2 : 1;
                if (length == 1 && "()[].,!<>?:".indexOf(c) < 0) {
                    throw new Unknown();
                }
                tokens.add(text.substring(i, i + length));
                i += length;
            }
        }
        return tokens;
    }
}
