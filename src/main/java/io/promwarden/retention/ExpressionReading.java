package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.label.Matcher;
import io.promwarden.label.SeriesSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which metrics an expression may read, and how far back, by its words alone: rather too much than too little. Strings and
 * comments don't count as words, nor do labels in braces and in lists after {@code by}, {@code on} and the like.
 *
 * @param words identifiers that may be metrics
 * @param names what is said of {@code __name__} in braces, by {@code =} and {@code =~}
 * @param anything true if it has a selector that names no metric, or one by an expression that cannot be read here
 * @param lookBack the longest range, the longest subquery and the longest offset added up, and the five minutes of a plain
 *     selector; empty where one of them is no plain duration, or {@code @} fixes the time
 */
record ExpressionReading(
        Set<String> words, List<CompiledSelector> names, boolean anything, Optional<Duration> lookBack) {

    private static final Duration STALENESS = Duration.ofMinutes(5);
    private static final Set<String> LABEL_LISTS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

    static ExpressionReading of(String expression) {
        return new Scanner(expression).read();
    }

    private static final class Scanner {
        private final String text;
        private final Set<String> words = new HashSet<>();
        private final List<CompiledSelector> names = new ArrayList<>();
        private boolean anything;
        private int wordEnd = -1;
        private Duration range = Duration.ZERO;
        private Duration subqueries = Duration.ZERO;
        private Duration offset = Duration.ZERO;
        private boolean told = true;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        ExpressionReading read() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (isQuote(c)) {
                    string();
                } else if (c == '#') {
                    comment();
                } else if (c == '{') {
                    braces();
                } else if (c == '[') {
                    brackets();
                } else if (c == '@') {
                    told = false;
                    at++;
                } else if (isWord(c, false)) {
                    word();
                } else if (Character.isDigit(c)) {
                    number();
                } else {
                    at++;
                }
            }
            Duration back = STALENESS.compareTo(range) > 0 ? STALENESS : range;
            return new ExpressionReading(
                    Set.copyOf(words),
                    List.copyOf(names),
                    anything,
                    told ? Optional.of(back.plus(subqueries).plus(offset)) : Optional.empty());
        }

        private void word() {
            String word = identifier();
            String lower = word.toLowerCase(Locale.ROOT);
            if (LABEL_LISTS.contains(lower)) {
                skipSpace();
                if (here('(')) {
                    skipTo(')');
                    return;
                }
            } else if (lower.equals("offset")) {
                offset();
                return;
            }
            words.add(word);
            wordEnd = at;
        }

        private void offset() {
            skipSpace();
            boolean forward = here('-');
            if (forward || here('+')) {
                at++;
                skipSpace();
            }
            Optional<Duration> duration = duration(number());
            told &= duration.isPresent();
            // One into the future reads nothing older.
            duration.filter(back -> !forward && back.compareTo(offset) > 0).ifPresent(back -> offset = back);
        }

        private void brackets() {
            int start = ++at;
            skipTo(']');
            String inside = text.substring(start, Math.max(start, at - 1));
            int colon = inside.indexOf(':');
            Optional<Duration> duration = duration((colon < 0 ? inside : inside.substring(0, colon)).strip());
            told &= duration.isPresent();
            if (colon >= 0) {
                // Subqueries may stand in one another.
                subqueries = subqueries.plus(duration.orElse(Duration.ZERO));
            } else if (duration.orElse(Duration.ZERO).compareTo(range) > 0) {
                range = duration.orElseThrow();
            }
        }

        /** Label matchers; a quoted name without a matcher is the metric's. */
        private void braces() {
            boolean named = wordEnd >= 0 && text.substring(wordEnd, at).isBlank();
            at++;
            while (at < text.length() && !here('}')) {
                skipSpace();
                char c = at < text.length() ? text.charAt(at) : '}';
                if (c == '#') {
                    comment();
                } else if (isQuote(c)) {
                    String quoted = string();
                    skipSpace();
                    if (here(',') || here('}')) {
                        words.add(quoted);
                        named = true;
                    } else {
                        named |= matcher(quoted);
                    }
                } else if (isWord(c, false)) {
                    named |= matcher(identifier());
                } else if (c != '}') {
                    at++;
                }
            }
            at++;
            anything |= !named;
        }

        /** True if it says which metric. */
        private boolean matcher(String label) {
            skipSpace();
            for (Matcher.Op op :
                    List.of(Matcher.Op.NOT_EQUAL, Matcher.Op.NOT_REGEX, Matcher.Op.REGEX, Matcher.Op.EQUAL)) {
                if (text.startsWith(op.sign(), at)) {
                    at += op.sign().length();
                    skipSpace();
                    String value = at < text.length() && isQuote(text.charAt(at)) ? string() : "";
                    if (!label.equals(Matcher.METRIC_NAME) || !op.positive()) {
                        return false;
                    }
                    switch (CompiledSelector.compile(new SeriesSelector(List.of(new Matcher(label, op, value))))) {
                        case Answer.Known<CompiledSelector> known -> names.add(known.known());
                        case Answer.Unknown<CompiledSelector> unreadable -> anything = true;
                    }
                    return true;
                }
            }
            return false;
        }

        /** Behind the closing quote; what the literal holds, escapes resolved as far as names need it. */
        private String string() {
            char quote = text.charAt(at++);
            StringBuilder value = new StringBuilder();
            while (at < text.length() && text.charAt(at) != quote) {
                if (text.charAt(at) == '\\' && quote != '`' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            at++;
            return value.toString();
        }

        private void skipTo(char end) {
            while (at < text.length() && !here(end)) {
                if (isQuote(text.charAt(at))) {
                    string();
                } else if (here('#')) {
                    comment();
                } else {
                    at++;
                }
            }
            at++;
        }

        private void comment() {
            while (at < text.length() && !here('\n')) {
                at++;
            }
        }

        private String identifier() {
            int start = at;
            while (at < text.length() && isWord(text.charAt(at), true)) {
                at++;
            }
            return text.substring(start, at);
        }

        private String number() {
            int start = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || here('.'))) {
                at++;
            }
            return text.substring(start, at);
        }

        /** As Prometheus writes it, or as a number of seconds, which 3.x takes too. */
        private static Optional<Duration> duration(String written) {
            if (!written.isEmpty() && written.chars().allMatch(Character::isDigit) && written.length() < 12) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(written)));
            }
            return PrometheusDuration.parse(written);
        }

        private boolean here(char c) {
            return at < text.length() && text.charAt(at) == c;
        }

        private void skipSpace() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private static boolean isQuote(char c) {
            return c == '"' || c == '\'' || c == '`';
        }

        private static boolean isWord(char c, boolean inside) {
            return (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || c == '_'
                    || c == ':'
                    || (inside && c >= '0' && c <= '9');
        }
    }

    /** Whether it may read a metric. */
    boolean mayRead(String metric) {
        return anything || words.contains(metric) || names.stream().anyMatch(selector -> selector.mayBe(metric));
    }
}
