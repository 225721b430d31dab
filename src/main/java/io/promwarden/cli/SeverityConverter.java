package io.promwarden.cli;

import io.promwarden.finding.Severity;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code error}, {@code warning} or {@code info}. */
final class SeverityConverter implements ITypeConverter<Severity> {
    @Override
    public Severity convert(String text) {
        return Severity.parse(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of error, warning, info"));
    }
}
