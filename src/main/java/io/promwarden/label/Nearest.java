package io.promwarden.label;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The word that somebody may have meant. */
public final class Nearest {

    private static final int LONGEST = 253;

    private Nearest() {}

    /**
     * The candidate that is like the word, if one is: the same but for case, a part of it, or two letters off. Among equals
     * the longest, which has most of the word in it.
     */
    public static Optional<String> to(String word, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> !candidate.isEmpty() && distance(word, candidate) < 4)
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.comparingInt(String::length).reversed())
                        .thenComparing(Comparator.naturalOrder()));
    }

    public static boolean alike(String one, String other) {
        return distance(one, other) < 4;
    }

    /** 0 to 3 for words that are alike, 4 for strangers. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        if (a.equals(b)) {
            return 0;
        }
        if (a.length() > LONGEST || b.length() > LONGEST) {
            return 4;
        }
        int letters = Math.min(a.length(), b.length());
        int edits = edits(a, b);
        if (edits <= 2 && letters > 3 * edits - 1) {
            return edits;
        }
        return letters >= 3 && (a.contains(b) || b.contains(a)) ? 3 : 4;
    }

    /** Letters to add, drop or change, and neighbours to swap. */
    private static int edits(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
