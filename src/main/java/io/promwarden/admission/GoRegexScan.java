package io.promwarden.admission;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One pass over a regular expression that settles where Go and re2j part: Go bounds the product of nested repeats, the depth
 * and the size of an expression; it takes a group name twice, and Unicode classes by their long names; it refuses a backslash
 * before a letter outside ASCII. What is left is an expression that re2j judges as Go judges the given one, with small counts,
 * so that no memory is spent on it.
 */
final class GoRegexScan {

    private static final int MOST_REPEATS = 1_000;
    private static final int DEEPEST = 1_000;

    /** As many instructions as Go allows. */
    private static final long LARGEST = 3_355_443;

    private static final Pattern REPEAT = Pattern.compile("\\{(0|[1-9][0-9]*)(,(0|[1-9][0-9]*)?)?\\}");
    private static final Pattern NAMED = Pattern.compile("\\(\\?P?<([A-Za-z0-9_]+)>");
    private static final Pattern CLASS = Pattern.compile("\\\\[pP](?:\\{\\^?([^}]*)\\}|([A-Za-z]))");

    /**
     * What the scan found.
     *
     * @param equivalent an expression that is valid exactly if the given one is, unless there is a problem
     */
    record Scanned(Optional<String> problem, String equivalent) {}

    /** What is known of a group that is still open. */
    private static final class Group {
        private long size;
        private long repeats = 1;
        private long atomSize;
        private long atomRepeats = 1;

        void atom(long ofSize, long ofRepeats) {
            size += ofSize;
            repeats = Math.max(repeats, ofRepeats);
            atomSize = ofSize;
            atomRepeats = ofRepeats;
        }

        void grow(long newSize, long newRepeats) {
            size += newSize - atomSize;
            repeats = Math.max(repeats, newRepeats);
            atomSize = newSize;
            atomRepeats = newRepeats;
        }
    }

    private final String regex;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Group> groups = new ArrayDeque<>();
    private Optional<String> problem = Optional.empty();
    private int at;

    private GoRegexScan(String regex) {
        this.regex = regex;
        groups.push(new Group());
    }

    static Scanned of(String regex) {
        GoRegexScan scan = new GoRegexScan(regex);
        while (scan.at < regex.length() && scan.problem.isEmpty()) {
            scan.step();
        }
        return new Scanned(scan.problem, scan.out.toString());
    }

    private void step() {
        char c = regex.charAt(at);
        switch (c) {
            case '\\' -> escape(false);
            case '[' -> bracket();
            case '(' -> open();
            case ')' -> close();
            case '{' -> repeat();
            default -> {
                copy(Character.charCount(regex.codePointAt(at)));
                here().atom(1, 1);
            }
        }
    }

    private void escape(boolean inBrackets) {
        if (at + 1 >= regex.length()) {
            copy(1);
            return;
        }
        int next = regex.codePointAt(at + 1);
        if (next >= 0x80) {
            problem = Optional.of("a backslash must not stand before " + Character.toString(next));
            return;
        }
        if (next == 'Q' && !inBrackets) {
            int end = regex.indexOf("\\E", at + 2);
            copy((end < 0 ? regex.length() : end + 2) - at);
            here().atom(1, 1);
            return;
        }
        int hex = regex.startsWith("x{", at + 1) ? regex.indexOf('}', at) : -1;
        Matcher named = CLASS.matcher(regex).region(at, regex.length());
        if (named.lookingAt()) {
            if (!UnicodeClasses.knows(named.group(1) == null ? named.group(2) : named.group(1))) {
                problem = Optional.of("there is no character class " + named.group());
                return;
            }
            out.append("\\pL");
            at = named.end();
        } else {
            copy(hex < 0 ? 2 : hex + 1 - at);
        }
        if (!inBrackets) {
            here().atom(1, 1);
        }
    }

    /** A class in brackets, in which a Unicode class may stand. */
    private void bracket() {
        copy(1);
        if (at < regex.length() && regex.charAt(at) == '^') {
            copy(1);
        }
        boolean first = true;
        while (at < regex.length() && (first || regex.charAt(at) != ']') && problem.isEmpty()) {
            first = false;
            int posix = regex.startsWith("[:", at) ? regex.indexOf(":]", at + 2) : -1;
            if (posix >= 0) {
                copy(posix + 2 - at);
            } else if (regex.charAt(at) == '\\') {
                escape(true);
            } else {
                copy(Character.charCount(regex.codePointAt(at)));
            }
        }
        if (at < regex.length() && problem.isEmpty()) {
            copy(1);
        }
        here().atom(1, 1);
    }

    private void open() {
        int flags = regex.startsWith("(?", at) ? flagsEnd() : -1;
        if (flags >= 0 && flags < regex.length() && regex.charAt(flags) == ')') {
            // Flags for what follows are no group: a repeat behind them is one of what stands before.
            copy(flags + 1 - at);
            return;
        }
        groups.push(new Group());
        if (groups.size() > DEEPEST) {
            problem = Optional.of("it nests more than " + DEEPEST + " deep");
            return;
        }
        Matcher name = NAMED.matcher(regex).region(at, regex.length());
        if (name.lookingAt()) {
            out.append('(');
            at = name.end();
        } else {
            copy(flags < 0 ? 1 : Math.min(regex.length(), flags + 1) - at);
        }
    }

    /** Where the letters behind {@code (?} end. */
    private int flagsEnd() {
        int end = at + 2;
        while (end < regex.length() && ":)<>=!#'(".indexOf(regex.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private void close() {
        copy(1);
        if (groups.size() > 1) {
            Group inner = groups.pop();
            here().atom(inner.size + 2, inner.repeats);
        }
    }

    private void repeat() {
        Matcher count = REPEAT.matcher(regex).region(at, regex.length());
        if (!count.lookingAt()) {
            // A literal; escaped, as re2j misses that it may be repeated.
            out.append("\\{");
            at++;
            here().atom(1, 1);
            return;
        }
        long least = bounded(count.group(1));
        boolean open = count.group(2) != null && count.group(3) == null;
        long most = open ? least : count.group(3) == null ? least : bounded(count.group(3));
        if (least > MOST_REPEATS || most > MOST_REPEATS || most < least) {
            problem = Optional.of("invalid repeat count: " + count.group());
            return;
        }
        Group group = here();
        long repeats = most == 0 ? 1 : group.atomRepeats * most;
        if (most >= 2 && repeats > MOST_REPEATS) {
            problem = Optional.of("its nested repeats come to more than " + MOST_REPEATS);
            return;
        }
        group.grow(Math.max(1, group.atomSize) * Math.max(1, most) + 2, repeats);
        if (group.size > LARGEST) {
            problem = Optional.of("it is too large");
            return;
        }
        out.append("{0,1}");
        at = count.end();
    }

    private static long bounded(String digits) {
        return digits.length() > 4 ? MOST_REPEATS + 1 : Long.parseLong(digits);
    }

    private Group here() {
        return groups.getFirst();
    }

    private void copy(int length) {
        out.append(regex, at, at + length);
        at += length;
    }
}
