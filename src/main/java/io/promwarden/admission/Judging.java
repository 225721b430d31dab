package io.promwarden.admission;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.ReferencedData;
import io.promwarden.inventory.ReferencedData.Reference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One object on its way through the rules for one Prometheus. A rule says why it rejects, or nothing; what could not be looked
 * at is noted here, and the rules go on.
 */
final class Judging {

    private final String namespace;
    private final PrometheusObject prometheus;
    private final SemanticVersion version;
    private final OperatorVersion operator;
    private final ReferencedData data;
    private final Set<Reason> unknown = new LinkedHashSet<>();

    Judging(
            String namespace,
            PrometheusObject prometheus,
            SemanticVersion version,
            OperatorVersion operator,
            ReferencedData data) {
        this.namespace = namespace;
        this.prometheus = prometheus;
        this.version = version;
        this.operator = operator;
        this.data = data;
    }

    PrometheusObject prometheus() {
        return prometheus;
    }

    /** The Prometheus' version. */
    SemanticVersion version() {
        return version;
    }

    OperatorVersion operator() {
        return operator;
    }

    /** What decides and could not be looked at. */
    List<Reason> unknown() {
        return List.copyOf(unknown);
    }

    /** The key of a Secret that a field selects in the object's own namespace; {@code optional} is not heeded. */
    Reference secret(Part selector) {
        return reference(Reference.Type.SECRET, selector);
    }

    Reference configMap(Part selector) {
        return reference(Reference.Type.CONFIG_MAP, selector);
    }

    /** Rejects a Secret or ConfigMap that isn't there, or lacks the key. */
    Optional<Reason> missing(Reference reference, String path) {
        String remedy = "no such " + reference.type().word()
                + " with this key in the object's namespace; create it or correct the reference.";
        return denied(data.exists(reference), "REF", path, reference.text(), remedy);
    }

    /** The same for a Secret selector's own path. */
    Optional<Reason> missingSecret(Part selector) {
        return missing(secret(selector), selector.path());
    }

    /** The same for a field that holds a Secret selector, if it is set. */
    Optional<Reason> missingSecret(Part owner, String field) {
        return owner.part(field).flatMap(this::missingSecret);
    }

    /** The same for a selector that counts as an empty one when it is missing: an empty name is never found. */
    Optional<Reason> missingRequiredSecret(Part owner, String field) {
        return missingSecret(owner.part(field).orElseGet(() -> new Part(owner.at(field), RawObject.of(Map.of()))));
    }

    Optional<Reason> noCertificate(Reference authority, String path) {
        return denied(
                data.firstPemIsCertificate(authority),
                "TLS-DATA",
                path,
                authority.text(),
                "the first PEM block is no X.509 certificate; put one there.");
    }

    Optional<Reason> noPair(Reference certificate, Reference key, String path) {
        return denied(
                data.isKeyPair(certificate, key),
                "TLS-DATA",
                path,
                certificate.text() + " and " + key.text(),
                "no certificate and its private key in PEM; use the two that belong together.");
    }

    private Optional<Reason> denied(Answer<Boolean> answer, String code, String path, String what, String remedy) {
        return switch (answer) {
            case Answer.Known<Boolean> known ->
                known.known() ? Optional.empty() : Optional.of(new Reason(code, path, what + ": " + remedy));
            case Answer.Unknown<Boolean> notSeen -> {
                unknown.add(new Reason("REF", path, what + ": " + notSeen.why()));
                yield Optional.empty();
            }
        };
    }

    private Reference reference(Reference.Type type, Part selector) {
        return new Reference(type, namespace, selector.text("name"), selector.text("key"));
    }
}
