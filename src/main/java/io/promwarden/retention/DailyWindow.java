package io.promwarden.retention;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Hours of every day, in UTC, in which something may be begun.
 *
 * @param from the first moment
 * @param to the first moment after it; earlier than {@code from} where the window spans midnight
 */
public record DailyWindow(LocalTime from, LocalTime to) {

    public DailyWindow {
        if (from.equals(to)) {
            throw new IllegalArgumentException("a window without length: " + from);
        }
    }

    /** From {@code 01:00-05:30}; empty where it isn't written so. */
    public static Optional<DailyWindow> parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return Optional.empty();
        }
        try {
            LocalTime from = LocalTime.parse(text.substring(0, dash).strip());
            LocalTime to = LocalTime.parse(text.substring(dash + 1).strip());
            return from.equals(to) ? Optional.empty() : Optional.of(new DailyWindow(from, to));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    public boolean contains(Instant at) {
        LocalTime time = LocalTime.ofInstant(at, ZoneOffset.UTC);
        boolean begun = !time.isBefore(from);
        boolean over = !time.isBefore(to);
        return from.isBefore(to) ? begun && !over : begun || !over;
    }

    public String text() {
        return from + "-" + to + " UTC";
    }
}
