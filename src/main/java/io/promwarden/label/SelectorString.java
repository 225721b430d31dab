package io.promwarden.label;

import org.jspecify.annotations.Nullable;

/**
 * One string literal of PromQL: in double or single quotes with Go's escapes, or in backticks without any.
 *
 * @param end just behind the closing quote; where it is wrong, when there is a problem
 * @param problem null when the literal is well-formed
 */
record SelectorString(String value, int end, @Nullable String problem) {

    /** Reads the literal whose opening quote stands at a position. */
    static SelectorString read(String text, int start) {
        char quote = text.charAt(start);
        StringBuilder value = new StringBuilder();
        int at = start + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == quote) {
                return new SelectorString(value.toString(), at + 1, null);
            }
            if (c == '\n' && quote != '`') {
                return wrong(at, "a line break is not allowed in a quoted value: write \\n");
            }
            if (c == '\\' && quote != '`') {
                Escape escape = Escape.read(text, at, quote);
                if (escape.problem() != null) {
                    return wrong(at, escape.problem());
                }
                value.appendCodePoint(escape.codePoint());
                at = escape.end();
            } else {
                value.append(c);
                at++;
            }
        }
        return wrong(text.length(), "the closing " + quote + " is missing");
    }

    private static SelectorString wrong(int position, String problem) {
        return new SelectorString("", position, problem);
    }

    /** One escape sequence. */
    private record Escape(int codePoint, int end, @Nullable String problem) {

        static Escape read(String text, int start, char quote) {
            if (start + 1 >= text.length()) {
                return wrong("an escape is not finished");
            }
            char c = text.charAt(start + 1);
            int simple = "abfnrtv\\".indexOf(c);
            if (simple >= 0) {
                return new Escape("\u0007\b\f\n\r\t\u000b\\".charAt(simple), start + 2, null);
            }
            if (c == quote) {
                return new Escape(c, start + 2, null);
            }
            return switch (c) {
                case 'x' -> number(text, start + 2, 2, 16);
                case 'u' -> number(text, start + 2, 4, 16);
                case 'U' -> number(text, start + 2, 8, 16);
                case '0', '1', '2', '3', '4', '5', '6', '7' -> number(text, start + 1, 3, 8);
                default -> wrong("\\" + c + " is no escape of PromQL; a backslash is written \\\\");
            };
        }

        private static Escape number(String text, int from, int digits, int radix) {
            if (from + digits > text.length()) {
                return wrong("an escape is not finished");
            }
            long value = 0;
            for (int i = from; i < from + digits; i++) {
                int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), radix) : -1;
                if (digit < 0) {
                    return wrong("an escape needs " + digits + " digits");
                }
                value = value * radix + digit;
            }
            if (digits < 4 && value > 0x7f) {
                return wrong("a byte above 7f is half a character: write the character itself, or \\u");
            }
            if (value > Character.MAX_CODE_POINT || (value >= 0xd800 && value <= 0xdfff)) {
                return wrong("there is no such character");
            }
            return new Escape((int) value, from + digits, null);
        }

        private static Escape wrong(String problem) {
            return new Escape(0, 0, problem);
        }
    }
}
