package io.promwarden.catalog.tsdb;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Prometheus.
 *
 * @param candidate it was published for trying before the release of that number
 */
record Version(int major, int minor, int patch, boolean candidate) implements Comparable<Version> {

    private static final Pattern TEXT = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?([-+~].*)?");

    private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::major)
            .thenComparingInt(Version::minor)
            .thenComparingInt(Version::patch)
            .thenComparing(Version::candidate, Comparator.reverseOrder());

    /** Empty for what is none; {@code 2.42.0+ds} of a distribution is 2.42.0. */
    static Optional<Version> parse(String text) {
        Matcher matcher = TEXT.matcher(text.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String patch = matcher.group(3);
        String rest = matcher.group(4);
        return Optional.of(new Version(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                patch == null ? 0 : Integer.parseInt(patch),
                rest != null && (rest.startsWith("-rc") || rest.startsWith("~rc"))));
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }
}
