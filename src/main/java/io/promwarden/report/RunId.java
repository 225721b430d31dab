package io.promwarden.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One run: the job, the time it stands for and the attempt.
 *
 * @param slot whole seconds
 * @param attempt 0 for the first
 */
public record RunId(String job, Instant slot, int attempt) {

    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The slot as folders and ids write it: {@code 20261122T021000Z}. */
    public String slotText() {
        return FOLDER.format(slot);
    }

    /** {@code job/slot/attempt}. */
    public String text() {
        return job + "/" + slotText() + "/" + attempt;
    }
}
