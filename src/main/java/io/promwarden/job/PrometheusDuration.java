package io.promwarden.job;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A duration as Prometheus writes it, e.g. {@code 1d12h}. A year has 365 days, a week 7, a day 24 hours. */
final class PrometheusDuration {

    /** Longer than any Prometheus keeps anything. */
    private static final Duration LONGEST = Duration.ofDays(365L * 100);

    private static final Pattern GRAMMAR = Pattern.compile("(?:([0-9]{1,9})y)?(?:([0-9]{1,9})w)?(?:([0-9]{1,9})d)?"
            + "(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?(?:([0-9]{1,9})ms)?");

    private PrometheusDuration() {}

    /** Empty when it is none, is zero, or is longer than 100 years. */
    static Optional<Duration> parse(String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Duration total = Duration.ofDays(365 * part(matcher, 1))
                .plusDays(7 * part(matcher, 2))
                .plusDays(part(matcher, 3))
                .plusHours(part(matcher, 4))
                .plusMinutes(part(matcher, 5))
                .plusSeconds(part(matcher, 6))
                .plusMillis(part(matcher, 7));
        return total.isZero() || total.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(total);
    }

    private static long part(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }
}
