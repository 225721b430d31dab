package io.promwarden.admission;

import io.promwarden.inventory.ReferencedData.Reference;
import java.util.Optional;

/** The rules about a {@code tlsConfig}: what may stand together, and what the references must hold. */
final class TlsRules {

    private TlsRules() {}

    /**
     * What is wrong with the fields.
     *
     * @param files true for a ServiceMonitor, which alone may name files
     */
    static Optional<Reason> shape(Part tls, boolean files) {
        boolean authority = referenced(tls, "ca");
        boolean certificate = referenced(tls, "cert");
        boolean authorityFile = files && !tls.text("caFile").isEmpty();
        boolean certificateFile = files && !tls.text("certFile").isEmpty();
        boolean keyFile = files && !tls.text("keyFile").isEmpty();
        if (authority && authorityFile) {
            return both(tls, "caFile", "ca");
        }
        Optional<Reason> source = twoSources(tls, "ca");
        if (source.isPresent()) {
            return source;
        }
        if (certificate && certificateFile) {
            return both(tls, "certFile", "cert");
        }
        source = twoSources(tls, "cert");
        if (source.isPresent()) {
            return source;
        }
        if (tls.has("keySecret") && keyFile) {
            return both(tls, "keyFile", "keySecret");
        }
        boolean key = tls.has("keySecret") || keyFile;
        if (key != (certificate || certificateFile)) {
            return Optional.of(new Reason(
                    "TLS-PAIR",
                    tls.path(),
                    key
                            ? "a client key needs its certificate; set cert too."
                            : "a client certificate needs its key; set keySecret too."));
        }
        boolean bounded = tls.has("minVersion") && tls.has("maxVersion");
        return bounded && tls.text("maxVersion").compareTo(tls.text("minVersion")) < 0
                ? Optional.of(
                        new Reason("TLS-VERSION", tls.at("maxVersion"), "maxVersion must not be below minVersion."))
                : Optional.empty();
    }

    /** The shape, and then what the references hold. */
    static Optional<Reason> problem(Part owner, boolean files, Judging judging) {
        return owner.part("tlsConfig").flatMap(tls -> shape(tls, files).or(() -> data(tls, judging)));
    }

    static Optional<Reason> problem(Part owner, Judging judging) {
        return problem(owner, false, judging);
    }

    private static Optional<Reason> data(Part tls, Judging judging) {
        Optional<Reference> authority = reference(tls, "ca", judging);
        Optional<Reference> certificate = reference(tls, "cert", judging);
        Optional<Reference> key = tls.part("keySecret").map(judging::secret);
        return authority
                .flatMap(one -> judging.missing(one, tls.at("ca")))
                .or(() -> certificate.flatMap(one -> judging.missing(one, tls.at("cert"))))
                .or(() -> key.flatMap(one -> judging.missing(one, tls.at("keySecret"))))
                .or(() -> authority.flatMap(one -> judging.noCertificate(one, tls.at("ca"))))
                .or(() -> certificate.flatMap(one -> key.flatMap(other -> judging.noPair(one, other, tls.at("cert")))));
    }

    /** A Secret's key or a ConfigMap's; the Secret wins. */
    static Optional<Reference> reference(Part owner, String field, Judging judging) {
        return owner.part(field)
                .flatMap(source -> source.part("secret")
                        .map(judging::secret)
                        .or(() -> source.part("configMap").map(judging::configMap)));
    }

    /** True if a source is named; {@code {}} is the same as nothing. */
    static boolean referenced(Part owner, String field) {
        return owner.part(field)
                .filter(source -> source.has("secret") || source.has("configMap"))
                .isPresent();
    }

    private static Optional<Reason> twoSources(Part tls, String field) {
        return tls.part(field)
                .filter(source -> source.has("secret") && source.has("configMap"))
                .map(source -> new Reason("TLS-SOC", source.path(), "name a Secret or a ConfigMap, not both."));
    }

    private static Optional<Reason> both(Part tls, String file, String field) {
        return Optional.of(
                new Reason("TLS-FILE", tls.at(file), file + " and " + field + " must not be set together; keep one."));
    }
}
