package io.promwarden.catalog.tsdb;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Retention as Prometheus writes it. */
final class Retention {

    private static final Pattern SIZE = Pattern.compile("([0-9]*\\.?[0-9]+)([KMGTPE]i?)?B");
    private static final Pattern TIME =
            Pattern.compile("(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final Map<Integer, Duration> UNITS = Map.of(
            1, Duration.ofDays(365),
            2, Duration.ofDays(7),
            3, Duration.ofDays(1),
            4, Duration.ofHours(1),
            5, Duration.ofMinutes(1),
            6, Duration.ofSeconds(1),
            7, Duration.ofMillis(1));

    private Retention() {}

    /** Bytes of e.g. {@code 50GB}, which Prometheus reads as 50 times 1024 cubed, with or without an i. */
    static Optional<Double> bytes(String size) {
        Matcher matcher = SIZE.matcher(size.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String prefix = matcher.group(2);
        int power = prefix == null ? 0 : "KMGTPE".indexOf(prefix.charAt(0)) + 1;
        return Optional.of(Double.parseDouble(matcher.group(1)) * Math.pow(1024, power));
    }

    /** The time of e.g. {@code 30d} or {@code 1d12h}. */
    static Optional<Duration> time(String text) {
        Matcher matcher = TIME.matcher(text.trim());
        if (text.isBlank() || !matcher.matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        for (int group = 1; group <= 7; group++) {
            String number = matcher.group(group);
            if (number != null && number.length() <= 9) {
                sum = sum.plus(UNITS.getOrDefault(group, Duration.ZERO).multipliedBy(Long.parseLong(number)));
            }
        }
        return Optional.of(sum);
    }

    /** Bytes for people, in binary units: {@code 46.6 GiB}. */
    static String text(double bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        double rest = bytes;
        int unit = 0;
        while (rest >= 1024 && unit < units.length - 1) {
            rest /= 1024;
            unit++;
        }
        String number = String.format(Locale.ROOT, "%.1f", rest);
        return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number) + " " + units[unit];
    }
}
