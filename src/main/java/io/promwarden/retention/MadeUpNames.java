package io.promwarden.retention;

import java.util.ArrayList;
import java.util.List;

/**
 * Metric names that nobody uses. An expression that matches one of them was not written for a metric: it matches whatever
 * there is.
 */
final class MadeUpNames {

    private static final String LOWER = "qzxjvkwyphgbfmdcultsrnioae";
    private static final int LONGEST = 80;

    /** Every single character that can be a name, and names of every length and make up to 80 characters. */
    static final List<String> ALL = make();

    private MadeUpNames() {}

    private static List<String> make() {
        List<String> names = new ArrayList<>();
        for (char c = 'a'; c <= 'z'; c++) {
            names.add(String.valueOf(c));
            names.add(String.valueOf(Character.toUpperCase(c)));
        }
        names.add("_");
        names.add(":");
        for (int length = 2; length <= LONGEST; length++) {
            String plain = LOWER.repeat(4).substring(0, length);
            names.add(plain);
            names.add(new StringBuilder(plain).reverse().toString());
            names.add(plain.toUpperCase(java.util.Locale.ROOT));
            names.add(mixed(plain, '_', 3));
            names.add(mixed(plain, ':', 4));
            names.add(mixed(plain, '7', 2));
            names.add(mixed(mixed(mixed(plain, '_', 3), '4', 5), 'Q', 7));
        }
        return List.copyOf(names);
    }

    /** The name with every nth character, the first apart, replaced. */
    private static String mixed(String name, char replacement, int every) {
        StringBuilder mixed = new StringBuilder(name);
        for (int i = every - 1; i < name.length(); i += every) {
            if (i > 0) {
                mixed.setCharAt(i, replacement);
            }
        }
        return mixed.toString();
    }
}
