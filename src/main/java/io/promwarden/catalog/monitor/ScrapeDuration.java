package io.promwarden.catalog.monitor;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A duration as Prometheus writes it, e.g. {@code 1m30s}. */
final class ScrapeDuration {

    private static final Pattern GRAMMAR =
            Pattern.compile("(?:(\\d{1,6})y)?(?:(\\d{1,6})w)?(?:(\\d{1,6})d)?(?:(\\d{1,7})h)?"
                    + "(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,12})ms)?");

    /** Milliseconds of a year, a week, a day, an hour, a minute, a second and a millisecond. */
    private static final long[] UNITS = {31_536_000_000L, 604_800_000, 86_400_000, 3_600_000, 60_000, 1_000, 1};

    private ScrapeDuration() {}

    /** Empty where the text is none, or nothing. */
    static Optional<Duration> parse(String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        long sum = 0;
        for (int unit = 0; unit < UNITS.length; unit++) {
            if (matcher.group(unit + 1) != null) {
                sum += Long.parseLong(matcher.group(unit + 1)) * UNITS[unit];
            }
        }
        return Optional.of(Duration.ofMillis(sum));
    }
}
