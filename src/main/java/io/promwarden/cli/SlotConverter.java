package io.promwarden.cli;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A slot as people write it ({@code 2026-11-22T02:10:00Z}, with any offset) or as folders do ({@code 20261122T021000Z}). */
final class SlotConverter implements ITypeConverter<Instant> {

    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);

    @Override
    public Instant convert(String text) {
        try {
            return text.contains("-")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text, FOLDER).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "'" + text + "' is no time; write e.g. 2026-11-22T02:10:00Z or 20261122T021000Z");
        }
    }
}
