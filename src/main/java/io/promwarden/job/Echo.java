package io.promwarden.job;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** How a job file's own words are repeated in a message: short, and without characters that steer a terminal. */
final class Echo {

    private static final int LONGEST = 240;

    private Echo() {}

    static String of(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(safe::appendCodePoint);
        return text.codePointCount(0, text.length()) > LONGEST ? safe + "..." : safe.toString();
    }

    static String quoted(String text) {
        return "`" + of(text) + "`";
    }

    /** The known word that a misspelt one most likely stands for. */
    static Optional<String> meant(String written, Collection<String> known) {
        String lower = written.toLowerCase(Locale.ROOT);
        String best = null;
        int least = Math.min(3, Math.max(1, lower.length() / 3)) + 1;
        for (String candidate : known) {
            int distance = distance(lower, candidate.toLowerCase(Locale.ROOT), least);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        if (best == null && lower.length() > 3) {
            return known.stream()
                    .filter(candidate -> candidate.toLowerCase(Locale.ROOT).contains(lower))
                    .findFirst();
        }
        return Optional.ofNullable(best);
    }

    /** Insertions, deletions and replacements from one word to the other; {@code enough} when there are as many or more. */
    private static int distance(String one, String other, int enough) {
        if (Math.abs(one.length() - other.length()) >= enough) {
            return enough;
        }
        int[] above = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return Math.min(enough, above[other.length()]);
    }
}
