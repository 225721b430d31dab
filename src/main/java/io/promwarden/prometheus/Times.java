package io.promwarden.prometheus;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instants and durations as Prometheus writes them. */
final class Times {

    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|y|w|d|h|m|s)");
    private static final int FIRST_YEAR = 1970;

    private Times() {}

    /** An RFC 3339 time; empty for Go's zero time, which means 'never', and for what is none. */
    static Optional<Instant> instant(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            return time.getYear() < FIRST_YEAR ? Optional.empty() : Optional.of(time.toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A number of seconds; zero for what is none, or absurd. */
    static Duration seconds(double seconds) {
        return Double.isFinite(seconds) && Math.abs(seconds) < 1e10
                ? Duration.ofNanos(Math.round(Math.min(Math.abs(seconds), 9e9) * Math.signum(seconds) * 1e9))
                : Duration.ZERO;
    }

    /** {@code 1m30s}, {@code 1d}; zero for what is none. */
    static Duration duration(String text) {
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        int end = 0;
        while (part.find() && part.start() == end) {
            long number = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        case "d" -> Duration.ofDays(number);
                        case "w" -> Duration.ofDays(7 * number);
                        default -> Duration.ofDays(365 * number);
                    });
            end = part.end();
        }
        return end == text.length() ? sum : Duration.ZERO;
    }
}
