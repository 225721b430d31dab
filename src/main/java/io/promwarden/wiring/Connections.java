package io.promwarden.wiring;

import io.promwarden.answer.Answer;
import io.promwarden.http.Authorization;
import io.promwarden.http.DirectExchange;
import io.promwarden.http.Exchange;
import io.promwarden.http.PoliteExchange;
import io.promwarden.http.RetryPolicy;
import io.promwarden.http.ServerConnection;
import io.promwarden.http.ServerLimit;
import io.promwarden.http.TlsMaterial;
import io.promwarden.job.Credentials;
import io.promwarden.job.JobDefinition.ServerLimits;
import io.promwarden.job.SecretRef;
import io.promwarden.job.TlsSpec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** Makes exchanges: one connection and one limit a server, and the credentials that the job gives to that server alone. */
final class Connections {

    private final ServerLimits limits;
    private final Secrets secrets;

    Connections(ServerLimits limits, Secrets secrets) {
        this.limits = limits;
        this.secrets = secrets;
    }

    /** A server that the job names, with the credentials that it names for it. */
    Exchange named(URI url, Credentials credentials, TlsSpec tls) {
        TlsMaterial material = new TlsMaterial(tls.ca(), tls.certificate(), tls.key());
        return direct(ServerConnection.to(url).with(authorization(credentials)).with(material));
    }

    /** A server that was discovered in the cluster: it is never given a credential. */
    Exchange discovered(URI url) {
        return direct(ServerConnection.to(url));
    }

    /** A webhook: asked once a try, as it decides itself what may be repeated. */
    Exchange webhook(URI url, Credentials credentials, TlsSpec tls) {
        TlsMaterial material = new TlsMaterial(tls.ca(), tls.certificate(), tls.key());
        return new DirectExchange(
                ServerConnection.to(url).with(authorization(credentials)).with(material));
    }

    /** Any exchange, within the limits of one server. */
    Exchange polite(Exchange exchange) {
        return new PoliteExchange(
                exchange, new ServerLimit(limits.requestsAtOnce(), limits.requestsPerSecond()), RetryPolicy.DEFAULT);
    }

    /** Bytes that one answer's body may have. */
    long bodyCap() {
        return (long) limits.bodyMebibytes() << 20;
    }

    private Exchange direct(ServerConnection connection) {
        return polite(new DirectExchange(connection.withBodyCap(bodyCap())));
    }

    private Authorization authorization(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Anonymous anonymous -> Authorization.NONE;
            case Credentials.Bearer bearer -> header(bearer.token(), token -> "Bearer " + token);
            case Credentials.Basic basic ->
                header(
                        basic.password(),
                        password -> "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                (basic.user() + ":" + password).getBytes(StandardCharsets.UTF_8)));
        };
    }

    /** Resolved at each request: a mounted token is replaced now and then. */
    private Authorization header(SecretRef reference, UnaryOperator<String> value) {
        return () -> switch (secrets.resolve(reference)) {
            case Answer.Known<String> secret -> new Authorization.Header(value.apply(secret.known()));
            case Answer.Unknown<String> missing -> new Authorization.Missing(missing.why());
        };
    }
}
