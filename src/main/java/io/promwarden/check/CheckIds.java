package io.promwarden.check;

import io.promwarden.finding.CheckId;
import java.util.Locale;

/** A check's id, from its class and package. */
final class CheckIds {

    private CheckIds() {}

    static CheckId of(Class<?> check) {
        String home = check.getPackageName();
        String family = home.substring(home.lastIndexOf('.') + 1);
        String name =
                check.getSimpleName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        return new CheckId(family, name);
    }
}
