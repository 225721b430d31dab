package io.promwarden.admission;

import io.promwarden.inventory.RawObject;
import java.util.List;
import java.util.Optional;

/**
 * What the API server would do with an object.
 *
 * @param admitted the object as it would be stored: with the schema's defaults, without fields that the schema does not
 *     know
 * @param violations why it would be refused; empty if it would be taken
 * @param unknownFields fields that it would take away without a word
 * @param notJudged rules of the schema that we can't evaluate, each as the schema writes it
 */
public record SchemaResult(
        RawObject admitted, List<Reason> violations, List<UnknownField> unknownFields, List<String> notJudged) {

    /**
     * A field that the schema doesn't know.
     *
     * @param path e.g. {@code spec.endpoints[0].intervall}
     * @param likely the name that was most likely meant
     */
    public record UnknownField(String path, Optional<String> likely) {}

    public SchemaResult {
        violations = List.copyOf(violations);
        unknownFields = List.copyOf(unknownFields);
        notJudged = List.copyOf(notJudged);
    }
}
