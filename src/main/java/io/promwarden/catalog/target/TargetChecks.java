package io.promwarden.catalog.target;

import io.promwarden.check.Check;
import java.util.List;

/** The checks of this family. */
public final class TargetChecks {

    private TargetChecks() {}

    public static List<Check<?>> all() {
        return List.of(new AnnotationInvalid(), new Down());
    }
}
