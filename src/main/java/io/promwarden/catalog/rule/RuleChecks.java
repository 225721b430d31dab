package io.promwarden.catalog.rule;

import io.promwarden.check.Check;
import java.util.List;

/** The checks of this family. */
public final class RuleChecks {

    private RuleChecks() {}

    public static List<Check<?>> all() {
        return List.of(new EvaluationFailing());
    }
}
