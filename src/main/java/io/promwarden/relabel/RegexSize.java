package io.promwarden.relabel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much work an expression makes, read from its text before it is compiled: repeats multiply along their nesting, and
 * every choice is a level of recursion when a value is held against it. Nobody's rule comes near these limits.
 */
final class RegexSize {

    /** Go refuses what nests deeper. */
    private static final int DEEPEST = 1000;
    /** Go refuses repeats of repeats that come to more. */
    private static final int MOST_REPEATS = 1000;
    /** Ours. */
    private static final long LONGEST = 1 << 15;
    /** Ours, too: a choice counts one, a repeat two, a group three. */
    private static final long MOST_CHOICES = 4000;

    private static final Pattern REPEAT = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

    private final String text;
    private final Deque<Part> open = new ArrayDeque<>();
    private Part group = new Part();
    private int at;

    private RegexSize(String text) {
        this.text = text;
    }

    /** Why it can't be compiled, where it can't. */
    static Optional<String> refusal(String text) {
        return new RegexSize(text).read();
    }

    /** A group: what is before its last piece, and that piece. */
    private static final class Part {
        long length;
        long choices;
        long repeats = 1;
        long lastLength;
        long lastChoices;
        long lastRepeats = 1;

        void piece(long newLength, long newChoices, long newRepeats) {
            length += lastLength;
            choices += lastChoices;
            repeats = Math.max(repeats, lastRepeats);
            lastLength = newLength;
            lastChoices = newChoices;
            lastRepeats = newRepeats;
        }
    }

    private Optional<String> read() {
        while (at < text.length()) {
            take(text.charAt(at));
            if (open.size() > DEEPEST) {
                return Optional.of("the regular expression nests too deeply");
            }
            if (group.lastRepeats > MOST_REPEATS) {
                return Optional.of("the regular expression repeats repeats too often");
            }
            if (group.length + group.lastLength > LONGEST || group.choices + group.lastChoices > MOST_CHOICES) {
                return Optional.of("the regular expression is too large to be judged");
            }
            at++;
        }
        return Optional.empty();
    }

    private void take(char c) {
        switch (c) {
            case '\\' -> {
                at++;
                group.piece(1, 0, 1);
            }
            case '[' -> {
                skipClass();
                group.piece(1, 0, 1);
            }
            case '(' -> {
                open.push(group);
                group = new Part();
            }
            case ')' -> close();
            case '|' -> group.piece(1, 1, 1);
            case '*', '+', '?' -> group.lastChoices += 2;
            case '{' -> repeat();
            default -> group.piece(1, 0, 1);
        }
    }

    private void close() {
        if (open.isEmpty()) {
            // The wrapper's own parenthesis: Prometheus lets such a text close it.
            group.piece(1, 1, 1);
            return;
        }
        Part inner = group;
        inner.piece(0, 0, 1);
        group = open.pop();
        group.piece(inner.length + 2, inner.choices + 3, inner.repeats);
    }

    private void repeat() {
        Matcher matcher = REPEAT.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            group.piece(1, 0, 1);
            return;
        }
        String most = matcher.group(2) == null || matcher.group(2).isEmpty() ? matcher.group(1) : matcher.group(2);
        long least = Long.parseLong(matcher.group(1));
        long times = Math.max(1, Math.max(least, Long.parseLong(most)));
        group.lastLength *= times;
        group.lastChoices = group.lastChoices * times + 2 * (times - Math.min(least, times));
        group.lastRepeats *= times;
        at = matcher.end() - 1;
    }

    private void skipClass() {
        int start = at + 1;
        if (text.startsWith("^", start)) {
            start++;
        }
        // A bracket that comes first stands for itself.
        for (int i = text.startsWith("]", start) ? start + 1 : start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '[' && text.startsWith("[:", i) && text.indexOf(":]", i + 2) > 0) {
                i = text.indexOf(":]", i + 2) + 1;
            } else if (c == ']') {
                at = i;
                return;
            }
        }
    }
}
