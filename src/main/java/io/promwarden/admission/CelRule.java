package io.promwarden.admission;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a CRD ({@code x-kubernetes-validations}), in the part of the Common Expression Language that monitor CRDs use:
 * see {@link CelParser}.
 *
 * @param text as the CRD has it
 * @param message what the API server says when it does not hold
 */
record CelRule(String text, String message, CelExpression expression) {

    /** FAILED: it could not be evaluated, e.g. since a field is missing; the API server refuses the object. */
    enum Outcome {
        TRUE,
        FALSE,
        FAILED
    }

    /** The rule; empty if it is beyond the part that we know. */
    static Optional<CelRule> read(String text, String message) {
        return CelParser.parse(text)
                .map(expression ->
                        new CelRule(text, message.isEmpty() ? "the rule does not hold: " + text : message, expression));
    }

    Outcome holds(@Nullable Object self) {
        try {
            Object value = expression.value(CelExpression.Scope.self(self));
            return value instanceof Boolean holds ? holds ? Outcome.TRUE : Outcome.FALSE : Outcome.FAILED;
        } catch (CelExpression.Failed e) {
            return Outcome.FAILED;
        }
    }
}
