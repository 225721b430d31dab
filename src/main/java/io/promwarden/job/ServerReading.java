package io.promwarden.job;

import io.promwarden.job.YamlNode.Scalar;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a job says of servers: addresses, credentials, TLS. */
final class ServerReading {

    private final Values values;

    ServerReading(Values values) {
        this.values = values;
    }

    /** A server with a name of its own. */
    Optional<ServerSpec> named(Fields fields) {
        Optional<String> name = fields.text("name").flatMap(values::name);
        Optional<ServerSpec> server = server(name.orElse(""), fields);
        return name.isPresent() ? server : Optional.empty();
    }

    Optional<ServerSpec> server(String name, Fields fields) {
        Optional<URI> url = fields.text("url").flatMap(values::url);
        Credentials credentials = credentials(fields);
        TlsSpec tls = tls(fields);
        return url.map(address -> new ServerSpec(name, address, credentials, tls));
    }

    Credentials credentials(Fields fields) {
        Optional<SecretRef> token = fields.text("bearerToken").flatMap(text -> values.secret("bearerToken", text));
        Optional<Fields> basic = fields.map("basic");
        Optional<SecretRef> password =
                basic.flatMap(map -> map.text("password")).flatMap(text -> values.secret("password", text));
        Optional<String> user = basic.flatMap(map -> map.text("user")).map(Scalar::text);
        if (fields.has("bearerToken") && fields.has("basic")) {
            values.problems()
                    .add(
                            fields.key("basic"),
                            "a server takes `bearerToken` or `basic`, not both",
                            "Keep the one that the server asks for.");
        }
        if (token.isPresent()) {
            return new Credentials.Bearer(token.get());
        }
        return user.isPresent() && password.isPresent()
                ? new Credentials.Basic(user.get(), password.get())
                : new Credentials.Anonymous();
    }

    TlsSpec tls(Fields fields) {
        Optional<Fields> tls = fields.map("tls");
        if (tls.isEmpty()) {
            return TlsSpec.NONE;
        }
        Optional<Path> ca = tls.get().text("ca").flatMap(values::path);
        Optional<Path> certificate = tls.get().text("certificate").flatMap(values::path);
        Optional<Path> key = tls.get().text("key").flatMap(values::path);
        together(tls.get(), "key", "certificate", "A client certificate takes both files.");
        together(tls.get(), "certificate", "key", "A client certificate takes both files.");
        if (fields.text("url").filter(url -> url.text().startsWith("http:")).isPresent()) {
            values.problems()
                    .add(
                            fields.key("tls"),
                            "`tls` has no meaning for an http:// URL",
                            "Write https://, or remove `tls`.");
        }
        return new TlsSpec(ca, certificate, key);
    }

    /** Says so when the one key is there without the other. */
    void together(Fields fields, String present, String missing, String why) {
        if (fields.has(present) && !fields.has(missing)) {
            values.problems()
                    .add(
                            fields.key(present),
                            "`" + present + "` without `" + missing + "`",
                            why + " Add `" + missing + "`, or remove `" + present + "`.");
        }
    }

    /** Says so when a name is used a second time. {@code seen} remembers the lines. */
    void unique(String noun, List<Fields> all, Map<String, Integer> seen) {
        for (Fields fields : all) {
            Optional<Scalar> name = fields.text("name");
            Integer first = name.map(
                            text -> seen.putIfAbsent(text.text(), text.at().line()))
                    .orElse(null);
            if (name.isPresent() && first != null) {
                values.problems()
                        .add(
                                name.get().at(),
                                "two " + noun + " are called "
                                        + Echo.quoted(name.get().text()) + ", the first in line " + first,
                                "Give each its own name: reports, policies and credentials go by it.");
            }
        }
    }

    void unique(String noun, List<Fields> all) {
        unique(noun, all, new HashMap<>());
    }
}
