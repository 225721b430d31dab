package io.promwarden.admission;

import java.util.List;
import java.util.Optional;

/**
 * The service discoveries of a ScrapeConfig, in the order in which the operator checks them. The table has one row per type.
 *
 * <p>A floor is the Prometheus version that a type needs. The operator asks for it whether the ScrapeConfig uses the type or
 * not, so that the highest of them, 2.40.0, is the floor of every ScrapeConfig. File and GCE discovery have no rule but the
 * schema's.
 *
 * @param field the list in the spec
 * @param floor empty if there is none
 * @param rules asked of each entry, in this order
 */
record Discovery(String field, String floor, List<Rule> rules) {

    /** Something that the operator checks of one entry. */
    @FunctionalInterface
    interface Rule {
        Optional<Reason> problem(Part entry, Judging judging);
    }

    private static final Rule BASIC = ClientRules::basicAuth;
    private static final Rule AUTHORIZATION = ClientRules::authorization;
    private static final Rule OAUTH2 = ClientRules::oauth2;
    private static final Rule TLS = TlsRules::problem;
    private static final Rule PROXY = ProxyRules::problem;

    private static final List<Discovery> ALL = List.of(
            of("httpSDConfigs", "2.28.0", DiscoveryRules::httpUrl, BASIC, AUTHORIZATION, OAUTH2, TLS, PROXY),
            of(
                    "kubernetesSDConfigs",
                    "",
                    BASIC,
                    AUTHORIZATION,
                    OAUTH2,
                    TLS,
                    PROXY,
                    KubernetesDiscoveryRules::apiServer,
                    KubernetesDiscoveryRules::role,
                    KubernetesDiscoveryRules::selectors),
            of(
                    "consulSDConfigs",
                    "",
                    DiscoveryRules::consulVersions,
                    BASIC,
                    AUTHORIZATION,
                    OAUTH2,
                    TLS,
                    secret("tokenRef"),
                    PROXY),
            of("dnsSDConfigs", "", DiscoveryRules::dns),
            of("ec2SDConfigs", "", aws("EC2"), secret("accessKey"), secret("secretKey"), TLS, PROXY),
            of("azureSDConfigs", "", DiscoveryRules::azure),
            of(
                    "openstackSDConfigs",
                    "",
                    DiscoveryRules::openStackRole,
                    secret("password"),
                    secret("applicationCredentialSecret"),
                    TLS),
            of("digitalOceanSDConfigs", "2.20.0", AUTHORIZATION, OAUTH2, TLS, PROXY),
            of(
                    "kumaSDConfigs",
                    "",
                    since("KUMA", "clientID", "2.50.0"),
                    DiscoveryRules::server,
                    AUTHORIZATION,
                    OAUTH2,
                    TLS,
                    BASIC,
                    PROXY),
            of("eurekaSDConfigs", "", AUTHORIZATION, OAUTH2, TLS, BASIC, PROXY),
            of(
                    "dockerSDConfigs",
                    "",
                    since("DOCKER", "matchFirstNetwork", "2.54.1"),
                    BASIC,
                    AUTHORIZATION,
                    OAUTH2,
                    TLS,
                    DiscoveryRules::host,
                    PROXY),
            of("linodeSDConfigs", "2.28.0", AUTHORIZATION, OAUTH2, TLS, PROXY),
            of(
                    "hetznerSDConfigs",
                    "",
                    since("HETZNER", "labelSelector", "3.5.0"),
                    BASIC,
                    AUTHORIZATION,
                    OAUTH2,
                    TLS,
                    PROXY),
            of("nomadSDConfigs", "", DiscoveryRules::server, AUTHORIZATION, OAUTH2, TLS, BASIC, PROXY),
            of("dockerSwarmSDConfigs", "2.20.0", DiscoveryRules::host, AUTHORIZATION, OAUTH2, TLS, BASIC, PROXY),
            of("puppetDBSDConfigs", "2.31.0", DiscoveryRules::puppetDbUrl, AUTHORIZATION, OAUTH2, TLS, BASIC, PROXY),
            of(
                    "lightSailSDConfigs",
                    "2.27.0",
                    aws("LIGHTSAIL"),
                    secret("accessKey"),
                    secret("secretKey"),
                    AUTHORIZATION,
                    OAUTH2,
                    TLS,
                    BASIC,
                    PROXY),
            of("ovhcloudSDConfigs", "2.40.0", requiredSecret("applicationSecret"), requiredSecret("consumerKey")),
            of("scalewaySDConfigs", "2.26.0", requiredSecret("secretKey"), PROXY, TLS),
            of("ionosSDConfigs", "2.36.0", AUTHORIZATION, PROXY, TLS, OAUTH2));

    Discovery {
        rules = List.copyOf(rules);
    }

    /** The first problem of all the types, used or not. */
    static Optional<Reason> problem(Part spec, Judging judging) {
        return MonitorRules.first(ALL.stream().map(type -> type.ofType(spec, judging)));
    }

    private Optional<Reason> ofType(Part spec, Judging judging) {
        if (!floor.isEmpty() && judging.version().before(floor)) {
            return Optional.of(new Reason(
                    "SC-FLOOR",
                    spec.has(field) ? spec.at(field) : spec.path(),
                    "the operator takes no ScrapeConfig at all for a Prometheus below 2.40.0, and this one is "
                            + judging.version() + "."));
        }
        return MonitorRules.first(spec.parts(field).stream()
                .map(entry -> MonitorRules.first(rules.stream().map(rule -> rule.problem(entry, judging)))));
    }

    private static Discovery of(String field, String floor, Rule... rules) {
        return new Discovery(field, floor, List.of(rules));
    }

    private static Rule secret(String field) {
        return (entry, judging) -> judging.missingSecret(entry, field);
    }

    private static Rule requiredSecret(String field) {
        return (entry, judging) -> judging.missingRequiredSecret(entry, field);
    }

    private static Rule since(String code, String field, String version) {
        return (entry, judging) -> DiscoveryRules.since(entry, judging, code, field, version);
    }

    /** Release 0.88.0 took away two discoveries from newer servers, which 0.88.1 gave back. */
    private static Rule aws(String code) {
        return (entry, judging) -> judging.operator().atLeast("0.88.0")
                        && judging.operator().before("0.88.1")
                        && judging.version().atLeast("3.8.0")
                ? Optional.of(new Reason(
                        code,
                        entry.path(),
                        "operator 0.88.0 refuses this discovery from Prometheus 3.8.0 on; update the operator."))
                : Optional.empty();
    }
}
