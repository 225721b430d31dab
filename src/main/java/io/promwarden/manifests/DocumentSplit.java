package io.promwarden.manifests;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text of YAML or JSON into its documents without reading them: a line that begins with {@code ---} can be nothing else. */
final class DocumentSplit {

    /** A document, and the number of lines that stand before it. */
    record Part(String text, int linesBefore) {}

    private DocumentSplit() {}

    static List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        int start = 0;
        int linesBefore = 0;
        int line = 0;
        boolean something = false;
        // Of several JSON objects in a row, each begins in the first column.
        boolean json = text.stripLeading().startsWith("{");
        for (int at = 0; at < text.length(); at = next(text, at)) {
            if ((separates(text, at) || (json && text.charAt(at) == '{')) && something) {
                parts.add(new Part(text.substring(start, at), linesBefore));
                start = at;
                linesBefore = line;
                something = false;
            }
            // What stands before the first separator may be comments and directives, which belong to what follows.
            char first = text.charAt(at);
            something |= first != '#' && first != '%' && first != '\n' && first != '\r';
            line++;
        }
        parts.add(new Part(text.substring(start), linesBefore));
        return parts;
    }

    private static int next(String text, int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end + 1;
    }

    private static boolean separates(String text, int at) {
        return text.startsWith("---", at) && (at + 3 == text.length() || Character.isWhitespace(text.charAt(at + 3)));
    }
}
