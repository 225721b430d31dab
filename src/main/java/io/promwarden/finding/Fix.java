package io.promwarden.finding;

import java.util.Optional;

/**
 * What to do about a finding.
 *
 * @param text one sentence, imperative
 * @param patch something to copy: a YAML fragment or a command
 */
public record Fix(String text, Optional<String> patch) {

    public static Fix of(String text) {
        return new Fix(text, Optional.empty());
    }

    public static Fix of(String text, String patch) {
        return new Fix(text, Optional.of(patch));
    }
}
