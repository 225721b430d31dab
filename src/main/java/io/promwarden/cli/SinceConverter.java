package io.promwarden.cli;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Since when: an age ({@code 7d}, {@code 36h}, {@code 90m}), a date in UTC, or an instant. */
final class SinceConverter implements ITypeConverter<SinceConverter.Since> {

    private static final Pattern AGE = Pattern.compile("(\\d{1,6})([mhdw])");

    /** An instant that may depend on now. */
    interface Since {
        Instant from(Clock clock);
    }

    @Override
    public Since convert(String text) {
        Matcher age = AGE.matcher(text);
        if (age.matches()) {
            long number = Long.parseLong(age.group(1));
            long minutes = switch (age.group(2)) {
                case "m" -> number;
                case "h" -> number * 60;
                case "d" -> number * 60 * 24;
                default -> number * 60 * 24 * 7;
            };
            return clock -> clock.instant().minus(minutes, ChronoUnit.MINUTES);
        }
        try {
            Instant at = text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            return clock -> at;
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "'" + text + "' is neither an age nor a date; write e.g. 7d, 2026-11-01 or 2026-11-22T02:10:00Z");
        }
    }
}
