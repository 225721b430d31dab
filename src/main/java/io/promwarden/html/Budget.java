package io.promwarden.html;

/**
 * How many bytes of a page may still go to rows of one sort, so that a page stays small however much was found. Once a row
 * did not fit none does: what is shown is always the beginning.
 */
final class Budget {

    private static final int MARKUP = 160;

    private int left;

    Budget(int bytes) {
        left = bytes;
    }

    /** Takes what a row with these texts will need; false when it does not fit any more. */
    boolean spend(int extraMarkup, Iterable<String> texts) {
        int bytes = MARKUP + extraMarkup;
        for (String text : texts) {
            bytes += escaped(text);
        }
        left = bytes > left ? 0 : left - bytes;
        return left > 0;
    }

    /** Bytes of a text after escaping: templates write everything but plain ASCII as a reference. */
    private static int escaped(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c > 126 ? 8 : c == '<' || c == '>' || c == '&' || c == '"' || c == '\'' ? 6 : 1;
        }
        return bytes;
    }
}
