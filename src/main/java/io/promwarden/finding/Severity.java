package io.promwarden.finding;

import java.util.Locale;
import java.util.Optional;

/** How much a finding matters, least first. */
public enum Severity {
    INFO,
    WARNING,
    ERROR;

    public boolean atLeast(Severity floor) {
        return compareTo(floor) >= 0;
    }

    /** The word used in job files, reports and metrics: {@code info}, {@code warning}, {@code error}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Severity> parse(String word) {
        for (Severity severity : values()) {
            if (severity.word().equals(word)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }
}
