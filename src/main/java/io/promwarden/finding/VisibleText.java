package io.promwarden.finding;

import java.util.Locale;

/**
 * Text from the cluster, made harmless to look at: nothing in it moves a cursor, turns the reading direction, hides or goes
 * on for ever. What is taken out stays visible as a sign for it. HTML is escaped elsewhere, by the templates.
 */
public final class VisibleText {

    private static final int CONTROL_PICTURES = 0x2400;
    private static final int REPLACEMENT = 0xFFFD;

    private VisibleText() {}

    /**
     * One line.
     *
     * @param most code points that are kept; a longer text says how long it was
     */
    public static String line(String text, int most) {
        return visible(text, most, false);
    }

    /** Several lines: line feeds and tabs stay. */
    public static String block(String text, int most) {
        return visible(text, most, true);
    }

    private static String visible(String text, int most, boolean lines) {
        StringBuilder kept = new StringBuilder(Math.min(text.length(), most) + 16);
        int taken = 0;
        int i = 0;
        while (i < text.length() && taken < most) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            taken++;
            append(kept, c, lines);
        }
        if (i < text.length()) {
            kept.append(String.format(Locale.ROOT, "… [shortened, %,d characters]", text.length()));
        }
        return kept.toString();
    }

    private static void append(StringBuilder kept, int c, boolean lines) {
        if (c == '\n' || c == '\t') {
            kept.append(lines ? (char) c : c == '\t' ? ' ' : '⏎');
            return;
        }
        if (c < 0x20) {
            // A line that ends in CR LF is an ordinary line.
            if (c != '\r' || !lines) {
                kept.appendCodePoint(CONTROL_PICTURES + c);
            }
            return;
        }
        if (c == 0x7f) {
            kept.append('␡');
            return;
        }
        int type = Character.getType(c);
        if (type == Character.SURROGATE) {
            kept.appendCodePoint(REPLACEMENT);
        } else if (hides(type)) {
            kept.append(String.format(Locale.ROOT, "⟨U+%04X⟩", c));
        } else {
            kept.appendCodePoint(c);
        }
    }

    /** Direction marks, zero-width characters, C1 controls and separators that end a line. */
    private static boolean hides(int type) {
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
