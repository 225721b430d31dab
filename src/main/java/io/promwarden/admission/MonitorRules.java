package io.promwarden.admission;

import io.promwarden.inventory.RawObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The operator's rules for a ServiceMonitor and for a PodMonitor, each in the operator's own order. */
final class MonitorRules {

    private MonitorRules() {}

    static Optional<Reason> serviceMonitor(Part spec, Judging judging) {
        return selector(spec, judging)
                .or(() -> first(spec.parts("endpoints").stream().map(endpoint -> serviceEndpoint(endpoint, judging))))
                .or(() -> scrapeClass(spec, judging));
    }

    static Optional<Reason> podMonitor(Part spec, Judging judging) {
        return selector(spec, judging)
                .or(() -> first(
                        spec.parts("podMetricsEndpoints").stream().map(endpoint -> podEndpoint(endpoint, judging))))
                .or(() -> scrapeClass(spec, judging));
    }

    /** A scrape class that is named must be one of the Prometheus'. */
    static Optional<Reason> scrapeClass(Part spec, Judging judging) {
        String name = spec.text("scrapeClass");
        RawObject prometheus = judging.prometheus().raw();
        boolean known = name.isEmpty()
                || prometheus.objects("spec", "scrapeClasses").stream()
                        .anyMatch(one -> one.text("name").orElse("").equals(name));
        return known
                ? Optional.empty()
                : Optional.of(new Reason(
                        "CLASS",
                        spec.at("scrapeClass"),
                        "the Prometheus has no scrape class \"" + name
                                + "\"; correct the name or declare the class there."));
    }

    static Optional<Reason> relabelings(Part owner, String field, Judging judging) {
        return RelabelRules.problem(owner, field, judging.version(), judging.operator());
    }

    static Optional<Reason> first(Stream<Optional<Reason>> problems) {
        return problems.flatMap(Optional::stream).findFirst();
    }

    private static Optional<Reason> selector(Part spec, Judging judging) {
        return spec.part("selector")
                .flatMap(selector -> LabelSelectorRules.problem(selector, "SELECTOR"))
                .or(() -> mechanism(spec, judging));
    }

    private static Optional<Reason> mechanism(Part spec, Judging judging) {
        return spec.text("selectorMechanism").equals("RoleSelector")
                        && judging.version().before("2.17.0")
                ? Optional.of(new Reason(
                        "MECHANISM",
                        spec.at("selectorMechanism"),
                        "RoleSelector came with Prometheus 2.17.0, and this one is " + judging.version() + "."))
                : Optional.empty();
    }

    private static Optional<Reason> serviceEndpoint(Part endpoint, Judging judging) {
        boolean exclusive = judging.operator().atLeast("0.88.0");
        return fileAccess(endpoint, judging)
                .or(() -> exclusive ? ClientRules.shape(endpoint, true) : Optional.empty())
                .or(() -> endpoint.part("bearerTokenSecret")
                        .filter(selector -> !selector.text("name").isEmpty())
                        .flatMap(judging::missingSecret))
                .or(() -> ClientRules.basicAuth(endpoint, judging))
                .or(() -> TlsRules.problem(endpoint, true, judging))
                .or(() -> ClientRules.oauth2(endpoint, judging))
                .or(() -> ClientRules.authorization(endpoint, judging))
                .or(() -> scrape(endpoint, judging))
                .or(() -> ProxyRules.problem(endpoint, judging));
    }

    private static Optional<Reason> podEndpoint(Part endpoint, Judging judging) {
        boolean exclusive = judging.operator().atLeast("0.86.0");
        return scrape(endpoint, judging)
                .or(() -> exclusive ? ClientRules.shape(endpoint, false) : Optional.empty())
                .or(() -> endpoint.part("bearerTokenSecret")
                        .filter(selector -> !selector.text("name").isEmpty()
                                && !selector.text("key").isEmpty())
                        .flatMap(judging::missingSecret))
                .or(() -> ClientRules.basicAuth(endpoint, judging))
                .or(() -> TlsRules.problem(endpoint, judging))
                .or(() -> ClientRules.oauth2(endpoint, judging))
                .or(() -> ClientRules.authorization(endpoint, judging))
                .or(() -> ProxyRules.problem(endpoint, judging));
    }

    private static Optional<Reason> scrape(Part endpoint, Judging judging) {
        return ScrapeTime.problem(endpoint, "interval", judging)
                .or(() -> relabelings(endpoint, "relabelings", judging))
                .or(() -> relabelings(endpoint, "metricRelabelings", judging));
    }

    private static Optional<Reason> fileAccess(Part endpoint, Judging judging) {
        if (!judging.prometheus().raw().isTrue("spec", "arbitraryFSAccessThroughSMs", "deny")) {
            return Optional.empty();
        }
        Part tls = endpoint.part("tlsConfig").orElse(endpoint);
        return Stream.concat(
                        Stream.of("bearerTokenFile")
                                .filter(field -> !endpoint.text(field).isEmpty())
                                .map(endpoint::at),
                        List.of("caFile", "certFile", "keyFile").stream()
                                .filter(field -> !tls.text(field).isEmpty())
                                .map(tls::at))
                .findFirst()
                .map(path -> new Reason(
                        "FS", path, "the Prometheus denies files to ServiceMonitors; refer to a Secret instead."));
    }
}
