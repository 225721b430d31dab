package io.promwarden.wiring;

import java.util.Optional;

/** Our own version, from the jar's manifest. */
public final class Version {

    private Version() {}

    /** e.g. {@code 0.1.0}; {@code development} when it doesn't run from a jar. */
    public static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
