package io.promwarden.admission;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Set;

/** The formats of a schema, as far as the API server looks at them; it takes any text in a format that it does not know. */
enum Format {
    RIGHT,
    WRONG,
    NOT_JUDGED;

    private static final Set<String> CHECKED_BY_THE_SERVER = Set.of(
            "bsonobjectid",
            "uri",
            "email",
            "hostname",
            "ipv4",
            "ipv6",
            "cidr",
            "mac",
            "uuid",
            "uuid3",
            "uuid4",
            "uuid5",
            "isbn",
            "isbn10",
            "isbn13",
            "creditcard",
            "ssn",
            "hexcolor",
            "rgbcolor",
            "byte",
            "duration",
            "datetime");

    static Format of(String format, String text) {
        return switch (format) {
            case "" -> RIGHT;
            case "date-time" -> parsed(() -> OffsetDateTime.parse(text));
            case "date" -> parsed(() -> LocalDate.parse(text));
            default -> CHECKED_BY_THE_SERVER.contains(format) ? NOT_JUDGED : RIGHT;
        };
    }

    /** False if the number does not fit into an integer of that size. */
    static boolean fits(String format, BigDecimal number) {
        return switch (format) {
            case "int32" -> between(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case "int64" -> between(number, Long.MIN_VALUE, Long.MAX_VALUE);
            default -> true;
        };
    }

    private static boolean between(BigDecimal number, long least, long most) {
        return number.compareTo(BigDecimal.valueOf(least)) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    private static Format parsed(Runnable parser) {
        try {
            parser.run();
            return RIGHT;
        } catch (DateTimeParseException e) {
            return WRONG;
        }
    }
}
