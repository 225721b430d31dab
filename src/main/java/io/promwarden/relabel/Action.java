package io.promwarden.relabel;

import java.util.Locale;
import java.util.Optional;

/** What a rule does. See prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config. */
public enum Action {
    /** Where the expression matches, writes a value that may hold its groups. */
    REPLACE,
    /** Drops what the expression doesn't match. */
    KEEP,
    /** Drops what the expression matches. */
    DROP,
    /** Drops what has another value in the target label. */
    KEEPEQUAL,
    /** Drops what has the same value in the target label. */
    DROPEQUAL,
    /** Writes a hash of the values, modulo a number. */
    HASHMOD,
    /** Copies labels to other names. */
    LABELMAP,
    /** Removes labels whose names match. */
    LABELDROP,
    /** Removes labels whose names don't match. */
    LABELKEEP,
    /** Writes the values in lower case. */
    LOWERCASE,
    /** Writes the values in upper case. */
    UPPERCASE;

    /** The action of that name in any case; an empty word is {@link #REPLACE}. */
    public static Optional<Action> find(String word) {
        if (word.isEmpty()) {
            return Optional.of(REPLACE);
        }
        for (Action action : values()) {
            if (action.word().equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    /** As a configuration spells it, e.g. {@code labeldrop}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True for those that write or compare the target label. */
    boolean needsTarget() {
        return switch (this) {
            case REPLACE, HASHMOD, LOWERCASE, UPPERCASE, KEEPEQUAL, DROPEQUAL -> true;
            case KEEP, DROP, LABELMAP, LABELDROP, LABELKEEP -> false;
        };
    }
}
