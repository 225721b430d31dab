package io.promwarden.admission;

import java.util.Optional;
import java.util.Set;

/** What single service discoveries have as rules of their own. */
final class DiscoveryRules {

    /** Methods of Azure for which the operator looks at nothing else in the entry. */
    private static final Set<String> BY_IDENTITY = Set.of("ManagedIdentity", "SDK", "WorkloadIdentity");

    private DiscoveryRules() {}

    /** A field that is set, even to false, needs a version. */
    static Optional<Reason> since(Part entry, Judging judging, String code, String field, String version) {
        return entry.has(field) && judging.version().before(version)
                ? tooOld(entry, field, code, field, version, judging)
                : Optional.empty();
    }

    static Optional<Reason> httpUrl(Part entry, Judging judging) {
        return url(entry, "url", "HTTPSD");
    }

    static Optional<Reason> host(Part entry, Judging judging) {
        return url(entry, "host", "URL");
    }

    /** A server needs a scheme and a host. */
    static Optional<Reason> server(Part entry, Judging judging) {
        return url(entry, "server", "URL").or(() -> {
            GoUrl server = GoUrl.parse(entry.text("server"));
            return server.scheme().isEmpty() || server.host().isEmpty()
                    ? Optional.of(new Reason("URL", entry.at("server"), "a server needs a scheme and a host."))
                    : Optional.empty();
        });
    }

    static Optional<Reason> puppetDbUrl(Part entry, Judging judging) {
        return url(entry, "url", "URL").or(() -> {
            GoUrl url = GoUrl.parse(entry.text("url"));
            boolean http = url.scheme().equals("http") || url.scheme().equals("https");
            return http && !url.host().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Reason(
                            "URL", entry.at("url"), "PuppetDB's URL starts with http:// or https:// and a host."));
        });
    }

    /** {@code filter} goes by the major version alone, so that a pre-release of 3.0 has it. */
    static Optional<Reason> consulVersions(Part entry, Judging judging) {
        return since(entry, judging, "CONSUL", "pathPrefix", "2.45.0")
                .or(() -> since(entry, judging, "CONSUL", "namespace", "2.28.0"))
                .or(() -> entry.has("filter") && judging.version().major() < 3
                        ? tooOld(entry, "filter", "CONSUL", "filter", "3.0.0", judging)
                        : Optional.empty())
                .or(() -> since(entry, judging, "CONSUL", "healthFilter", "3.11.2"));
    }

    static Optional<Reason> dns(Part entry, Judging judging) {
        return entry.has("type") && !entry.text("type").equals("SRV") && !entry.has("port")
                ? Optional.of(new Reason(
                        "DNS", entry.at("port"), "a record of type " + entry.text("type") + " tells no port; set one."))
                : Optional.empty();
    }

    static Optional<Reason> openStackRole(Part entry, Judging judging) {
        return entry.text("role").equals("LoadBalancer") && judging.version().before("3.2.0")
                ? tooOld(entry, "role", "OPENSTACK", "the role LoadBalancer", "3.2.0", judging)
                : Optional.empty();
    }

    static Optional<Reason> azure(Part entry, Judging judging) {
        String method = entry.text("authenticationMethod");
        if (method.equals("SDK") && judging.version().before("2.52.0")) {
            return tooOld(entry, "authenticationMethod", "AZURE", "the method SDK", "2.52.0", judging);
        }
        if (method.equals("WorkloadIdentity") && judging.version().before("3.11.0")) {
            return tooOld(entry, "authenticationMethod", "AZURE", "the method WorkloadIdentity", "3.11.0", judging);
        }
        Optional<Reason> group = since(entry, judging, "AZURE", "resourceGroup", "2.35.0");
        if (group.isPresent() || BY_IDENTITY.contains(method)) {
            return group;
        }
        for (String field : new String[] {"tenantID", "clientID"}) {
            if (entry.text(field).isEmpty()) {
                return Optional.of(
                        new Reason("AZURE", entry.at(field), "the method OAuth needs it; set " + field + "."));
            }
        }
        if (!entry.has("clientSecret")) {
            return Optional.of(
                    new Reason("AZURE", entry.at("clientSecret"), "the method OAuth needs it; set clientSecret."));
        }
        return judging.missingSecret(entry, "clientSecret")
                .or(() -> ClientRules.basicAuth(entry, judging))
                .or(() -> ClientRules.oauth2(entry, judging))
                .or(() -> ProxyRules.problem(entry, judging))
                .or(() -> TlsRules.problem(entry, judging))
                .or(() -> ClientRules.authorization(entry, judging));
    }

    private static Optional<Reason> url(Part entry, String field, String code) {
        return GoUrl.parse(entry.text(field))
                .problem()
                .map(words -> new Reason(code, entry.at(field), "this is no URL: " + words + "."));
    }

    static Optional<Reason> tooOld(Part entry, String field, String code, String what, String since, Judging judging) {
        return Optional.of(new Reason(
                code,
                entry.at(field),
                what + " came with Prometheus " + since + ", and this one is " + judging.version() + "."));
    }
}
