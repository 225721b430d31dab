package io.promwarden.finding;

import java.util.regex.Pattern;

/** A check's name, {@code family/name}, e.g. {@code monitor/not-scraped}. */
public record CheckId(String family, String name) implements Comparable<CheckId> {

    private static final Pattern WORDS = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    public CheckId {
        if (!WORDS.matcher(family).matches() || !WORDS.matcher(name).matches()) {
            throw new IllegalArgumentException("not a check id: " + family + "/" + name);
        }
    }

    /**
     * The id that the text writes.
     *
     * @throws IllegalArgumentException if the text is not {@code family/name} in lower-case words
     */
    public static CheckId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not a check id: " + text);
        }
        return new CheckId(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(CheckId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return family + "/" + name;
    }
}
