package io.promwarden.admission;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rules about how a scrape, or a discovery, authenticates itself. */
final class ClientRules {

    /** In the order in which a conflict is told. */
    private static final List<String> METHODS = List.of("authorization", "basicAuth", "bearerTokenSecret", "oauth2");

    private ClientRules() {}

    /**
     * What the operator checks of an endpoint before it looks at any reference: that there is one way to authenticate, and that
     * each part is sound in itself.
     */
    static Optional<Reason> shape(Part endpoint, boolean files) {
        return twoMethods(endpoint)
                .or(() -> endpoint.part("authorization").flatMap(ClientRules::authorizationShape))
                .or(() -> endpoint.part("oauth2").flatMap(ClientRules::oauth2Shape))
                .or(() -> endpoint.part("tlsConfig").flatMap(tls -> TlsRules.shape(tls, files)))
                .or(() -> ProxyRules.shape(endpoint, "PROXY"));
    }

    /** Both keys are looked up, though the schema calls both optional. */
    static Optional<Reason> basicAuth(Part owner, Judging judging) {
        return owner.part("basicAuth")
                .flatMap(auth -> judging.missingRequiredSecret(auth, "username")
                        .or(() -> judging.missingRequiredSecret(auth, "password")));
    }

    /** Without credentials nothing is looked at, not even the type. */
    static Optional<Reason> authorization(Part owner, Judging judging) {
        return owner.part("authorization")
                .filter(auth -> auth.has("credentials"))
                .flatMap(auth -> authorizationShape(auth)
                        .or(() -> auth.part("credentials")
                                .filter(selector -> !selector.text("name").isEmpty())
                                .flatMap(judging::missingSecret)));
    }

    static Optional<Reason> oauth2(Part owner, Judging judging) {
        return owner.part("oauth2")
                .flatMap(auth -> oauth2Shape(auth)
                        .or(() -> TlsRules.reference(auth, "clientId", judging)
                                .flatMap(reference -> judging.missing(reference, auth.at("clientId"))))
                        .or(() -> judging.missingRequiredSecret(auth, "clientSecret"))
                        .or(() -> ProxyRules.data(auth, judging))
                        .or(() -> TlsRules.problem(auth, judging)));
    }

    private static Optional<Reason> twoMethods(Part endpoint) {
        List<String> set = METHODS.stream().filter(endpoint::has).toList();
        return set.size() < 2
                ? Optional.empty()
                : Optional.of(new Reason(
                        "AUTH-XOR",
                        endpoint.at(set.get(1)),
                        set.get(0) + " and " + set.get(1) + " must not be set together, not even empty; keep one."));
    }

    private static Optional<Reason> authorizationShape(Part auth) {
        if (auth.text("type").strip().toLowerCase(Locale.ROOT).equals("basic")) {
            return Optional.of(new Reason(
                    "AUTH", auth.at("type"), "the type must not be basic; use basicAuth for a name and a password."));
        }
        return auth.has("credentials")
                ? Optional.empty()
                : Optional.of(new Reason("AUTH", auth.at("credentials"), "an authorization needs credentials."));
    }

    private static Optional<Reason> oauth2Shape(Part auth) {
        if (auth.text("tokenUrl").isEmpty()) {
            return Optional.of(new Reason("OAUTH2", auth.at("tokenUrl"), "OAuth 2 needs the URL of its tokens."));
        }
        if (!TlsRules.referenced(auth, "clientId")) {
            return Optional.of(new Reason(
                    "OAUTH2", auth.at("clientId"), "OAuth 2 needs a client id, from a Secret or a ConfigMap."));
        }
        boolean twice = auth.part("clientId")
                .filter(id -> id.has("secret") && id.has("configMap"))
                .isPresent();
        if (twice) {
            return Optional.of(new Reason("OAUTH2", auth.at("clientId"), "name a Secret or a ConfigMap, not both."));
        }
        return auth.part("tlsConfig")
                .flatMap(tls -> TlsRules.shape(tls, false))
                .map(reason -> new Reason("OAUTH2", reason.path(), reason.message()))
                .or(() -> ProxyRules.shape(auth, "OAUTH2"));
    }
}
