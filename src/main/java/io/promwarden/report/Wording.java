package io.promwarden.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;

/** How numbers and times are said, the same in page, mail and terminal. */
public final class Wording {

    /** What stands for a number that nobody could find out. */
    public static final String UNKNOWN = "–";

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Wording() {}

    /** {@code 12,345}; a dash for a negative number, which stands for unknown. */
    public static String number(long number) {
        return number < 0 ? UNKNOWN : String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 error}, {@code 2 errors}. */
    public static String count(long number, String noun) {
        return count(number, noun, noun + "s");
    }

    /** {@code 1 thing}, {@code 2 things}, where the plural needs more than an s. */
    public static String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    /** {@code 1.4 GiB}; a dash for a negative number. */
    public static String bytes(long bytes) {
        if (bytes < 0) {
            return UNKNOWN;
        }
        double rest = bytes;
        int unit = 0;
        while (rest >= 1024 && unit < UNITS.length - 1) {
            rest /= 1024;
            unit++;
        }
        return unit == 0 || rest >= 100
                ? String.format(Locale.ROOT, "%.0f %s", rest, UNITS[unit])
                : String.format(Locale.ROOT, "%.1f %s", rest, UNITS[unit]);
    }

    /** {@code 92.3 %}, rounded down so that 100 % means all; a dash where nothing counts. */
    public static String percent(OptionalDouble ratio) {
        if (ratio.isEmpty()) {
            return UNKNOWN;
        }
        double tenths = Math.floor(ratio.getAsDouble() * 1000 + 1e-9) / 10;
        return tenths == Math.rint(tenths)
                ? String.format(Locale.ROOT, "%.0f %%", tenths)
                : String.format(Locale.ROOT, "%.1f %%", tenths);
    }

    /** How long something took: {@code 0.4 s}, {@code 3 min 10 s}, {@code 2 h 5 min}. */
    public static String took(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (duration.compareTo(Duration.ofHours(1)) < 0) {
            return two(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
        }
        return two(duration.toHours(), "h", duration.toMinutesPart(), "min");
    }

    /** How long ago something began, or how long something is kept: {@code 40 s}, {@code 3 h}, {@code 12 d}. */
    public static String age(Duration duration) {
        if (duration.isNegative()) {
            return "0 s";
        }
        if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
            return duration.toSeconds() + " s";
        }
        if (duration.compareTo(Duration.ofHours(2)) < 0) {
            return duration.toMinutes() + " min";
        }
        if (duration.compareTo(Duration.ofDays(2)) < 0) {
            return duration.toHours() + " h";
        }
        return number(duration.toDays()) + " d";
    }

    /** {@code 2026-11-22 02:10 UTC}. */
    public static String minute(Instant instant) {
        return MINUTE.format(instant);
    }

    /** {@code 2026-11-19 02:10 to 2026-11-22 02:10 UTC}. */
    public static String range(Instant from, Instant to) {
        return minute(from).replace(" UTC", "") + " to " + minute(to);
    }

    /** {@code 22 Nov}. */
    public static String day(Instant instant) {
        return DAY.format(instant);
    }

    private static String two(long big, String bigUnit, int small, String smallUnit) {
        return small == 0 ? big + " " + bigUnit : big + " " + bigUnit + " " + small + " " + smallUnit;
    }
}
