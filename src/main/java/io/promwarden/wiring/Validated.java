package io.promwarden.wiring;

import io.promwarden.admission.Validation;
import io.promwarden.manifests.Manifests;
import java.util.List;

/**
 * What came of {@code promwarden validate}.
 *
 * @param records in the order of the files
 * @param essentialsOnly the kinds that were judged without their CRD, by their plain names
 * @param assumed true if a Prometheus that selects everything was assumed
 * @param crdProblems what can't be read of the CRDs that were given apart
 */
public record Validated(
        List<Validation> records, List<String> essentialsOnly, boolean assumed, List<Manifests.Problem> crdProblems) {
    public Validated {
        records = List.copyOf(records);
        essentialsOnly = List.copyOf(essentialsOnly);
        crdProblems = List.copyOf(crdProblems);
    }
}
