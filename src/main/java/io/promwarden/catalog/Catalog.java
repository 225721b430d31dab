package io.promwarden.catalog;

import io.promwarden.check.Check;
import java.util.List;

/** Every check there is. */
public final class Catalog {

    private Catalog() {}

    /** All checks, family by family. */
    public static List<Check<?>> all() {
        return List.of();
    }
}
