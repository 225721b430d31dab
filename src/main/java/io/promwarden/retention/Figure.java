package io.promwarden.retention;

/**
 * A number of a plan, and how it was come by.
 *
 * @param low the least that it may be; -1 where it is unknown
 * @param high the most that it may be; the same as {@code low} where it was counted, -1 where it is unknown
 * @param how the method, or why it is unknown
 */
public record Figure(Certainty certainty, long low, long high, String how) {

    /** How far a figure can be relied on. */
    public enum Certainty {
        EXACT,
        ESTIMATE,
        UNKNOWN
    }

    public Figure {
        boolean unknown = certainty == Certainty.UNKNOWN;
        if (unknown ? low != -1 || high != -1 : low < 0 || high < low) {
            throw new IllegalArgumentException("no figure: " + certainty + " " + low + " to " + high);
        }
        if (certainty == Certainty.EXACT && low != high) {
            throw new IllegalArgumentException("exact, but " + low + " to " + high);
        }
    }

    public static Figure exact(long number, String how) {
        return new Figure(Certainty.EXACT, number, number, how);
    }

    public static Figure estimate(long number, String how) {
        return new Figure(Certainty.ESTIMATE, number, number, how);
    }

    public static Figure between(long low, long high, String how) {
        return new Figure(Certainty.ESTIMATE, low, high, how);
    }

    public static Figure unknown(String why) {
        return new Figure(Certainty.UNKNOWN, -1, -1, why);
    }

    public boolean known() {
        return certainty != Certainty.UNKNOWN;
    }
}
