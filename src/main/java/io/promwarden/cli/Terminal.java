package io.promwarden.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command writes, and what that can show.
 *
 * @param out standard output: the command's result
 * @param err standard error: progress, logs and errors
 * @param live true if progress may be redrawn: standard error is a terminal
 * @param colour true if standard output may be coloured: it is a terminal, and NO_COLOR is not set
 */
record Terminal(PrintWriter out, PrintWriter err, boolean live, boolean colour) {

    /** Java cannot ask whether a stream is a terminal, so the launcher says it in two properties. */
    static Terminal system(Map<String, String> environment) {
        String noColour = environment.getOrDefault("NO_COLOR", "");
        boolean dumb = "dumb".equals(environment.get("TERM"));
        return new Terminal(
                writer(System.out),
                writer(System.err),
                Boolean.getBoolean("promwarden.terminal.err") && !dumb,
                Boolean.getBoolean("promwarden.terminal.out") && !dumb && noColour.isEmpty());
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** The text without control characters, so that a name from a cluster cannot move the cursor. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> safe.appendCodePoint(harmless(point) ? point : '\uFFFD'));
        return safe.toString();
    }

    /** JSON in which nothing can move the cursor, or turn what follows around, and that says the same. */
    static String safeJson(String json) {
        StringBuilder safe = new StringBuilder(json.length());
        json.codePoints().forEach(point -> {
            if (harmless(point)) {
                safe.appendCodePoint(point);
            } else if (point != '\r') {
                // A carriage return can only stand between two values; within one it is written as \r.
                for (char half : Character.toChars(point)) {
                    safe.append(String.format("\\u%04x", (int) half));
                }
            }
        });
        return safe.toString();
    }

    private static boolean harmless(int point) {
        return point == '\n' || !(Character.isISOControl(point) || Character.getType(point) == Character.FORMAT);
    }
}
