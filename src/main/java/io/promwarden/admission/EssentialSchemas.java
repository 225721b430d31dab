package io.promwarden.admission;

import io.promwarden.inventory.ObjectKind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What holds of the four kinds in every recent release of the operator, for a world without their CRDs: required fields,
 * durations, sizes, URLs, the words of an enumeration, lists that are sets or maps. Written as the schema of a CRD would be,
 * but open: a field that is not named here is neither judged nor called unknown.
 */
final class EssentialSchemas {

    private static final String DURATION_PATTERN =
            "^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$";
    private static final Map<String, Object> ANY = Map.of("x-kubernetes-preserve-unknown-fields", true);
    private static final Map<String, Object> TEXT = Map.of("type", "string");
    private static final Map<String, Object> FLAG = Map.of("type", "boolean");
    private static final Map<String, Object> FILLED = Map.of("type", "string", "minLength", 1);
    private static final Map<String, Object> DURATION = matching(DURATION_PATTERN);
    private static final Map<String, Object> SIZE = matching("(^0|([0-9]*[.])?[0-9]+((K|M|G|T|E|P)i?)?B)$");
    private static final Map<String, Object> WEB = matching("^(http|https)://.+$");
    private static final Map<String, Object> LIMIT = Map.of("type", "integer", "format", "int64", "minimum", 0);
    private static final Map<String, Object> PORT = port(0);
    private static final Map<String, Object> SCHEME = oneOf("http", "https", "HTTP", "HTTPS");
    private static final Map<String, Object> INT_OR_STRING = Map.of("x-kubernetes-int-or-string", true);
    private static final Map<String, Object> PROTOCOL = oneOf(
            "PrometheusProto",
            "OpenMetricsText0.0.1",
            "OpenMetricsText1.0.0",
            "PrometheusText0.0.4",
            "PrometheusText1.0.0");
    private static final Map<String, Object> KEY =
            object(List.of("key"), "key", TEXT, "name", Map.of("type", "string", "default", ""), "optional", FLAG);
    private static final Map<String, Object> SECRET_OR_CONFIG_MAP = object(List.of(), "secret", KEY, "configMap", KEY);
    private static final Map<String, Object> TLS_VERSION = oneOf("TLS10", "TLS11", "TLS12", "TLS13");
    private static final Map<String, Object> TLS = object(
            List.of(),
            "ca",
            SECRET_OR_CONFIG_MAP,
            "cert",
            SECRET_OR_CONFIG_MAP,
            "keySecret",
            KEY,
            "insecureSkipVerify",
            FLAG,
            "serverName",
            TEXT,
            "minVersion",
            TLS_VERSION,
            "maxVersion",
            TLS_VERSION);
    private static final Map<String, Object> AUTHORIZATION = object(List.of(), "type", TEXT, "credentials", KEY);
    private static final Map<String, Object> PROXY = object(
            List.of(),
            "proxyUrl",
            matching("^(http|https|socks5)://.+$"),
            "noProxy",
            TEXT,
            "proxyFromEnvironment",
            FLAG,
            "proxyConnectHeader",
            Map.of("type", "object", "additionalProperties", list(KEY)));
    private static final Map<String, Object> OAUTH2 = with(
            object(
                    List.of("clientId", "clientSecret", "tokenUrl"),
                    "clientId",
                    SECRET_OR_CONFIG_MAP,
                    "clientSecret",
                    KEY,
                    "tokenUrl",
                    matching("^(http|https)://.+$"),
                    "tlsConfig",
                    TLS),
            PROXY);
    private static final Map<String, Object> CLIENT = with(
            object(
                    List.of(),
                    "basicAuth",
                    object(List.of(), "username", KEY, "password", KEY),
                    "authorization",
                    AUTHORIZATION,
                    "oauth2",
                    OAUTH2,
                    "tlsConfig",
                    TLS,
                    "bearerTokenSecret",
                    KEY,
                    "followRedirects",
                    FLAG),
            PROXY);
    private static final Map<String, Object> RELABELING = object(
            List.of(),
            "action",
            withDefault(
                    oneOf(
                            "replace",
                            "Replace",
                            "keep",
                            "Keep",
                            "drop",
                            "Drop",
                            "hashmod",
                            "HashMod",
                            "labelmap",
                            "LabelMap",
                            "labeldrop",
                            "LabelDrop",
                            "labelkeep",
                            "LabelKeep",
                            "lowercase",
                            "Lowercase",
                            "uppercase",
                            "Uppercase",
                            "keepequal",
                            "KeepEqual",
                            "dropequal",
                            "DropEqual"),
                    "replace"),
            "modulus",
            LIMIT,
            "regex",
            TEXT,
            "replacement",
            TEXT,
            "separator",
            TEXT,
            "sourceLabels",
            list(TEXT),
            "targetLabel",
            TEXT);
    private static final Map<String, Object> RELABELINGS = list(RELABELING);
    private static final Map<String, Object> SELECTOR = object(
            List.of(),
            "matchLabels",
            Map.of("type", "object", "additionalProperties", TEXT),
            "matchExpressions",
            list(object(List.of("key", "operator"), "key", TEXT, "operator", TEXT, "values", list(TEXT))));
    private static final Map<String, Object> SCRAPE = object(
            List.of(),
            "sampleLimit",
            LIMIT,
            "targetLimit",
            LIMIT,
            "labelLimit",
            LIMIT,
            "labelNameLengthLimit",
            LIMIT,
            "labelValueLengthLimit",
            LIMIT,
            "keepDroppedTargets",
            LIMIT,
            "nativeHistogramBucketLimit",
            LIMIT,
            "scrapeProtocols",
            set(PROTOCOL),
            "fallbackScrapeProtocol",
            PROTOCOL,
            "scrapeClass",
            FILLED);
    private static final Map<String, Object> ENDPOINT = with(
            object(
                    List.of(),
                    "interval",
                    DURATION,
                    "scrapeTimeout",
                    DURATION,
                    "scheme",
                    SCHEME,
                    "port",
                    TEXT,
                    "targetPort",
                    INT_OR_STRING,
                    "relabelings",
                    RELABELINGS,
                    "metricRelabelings",
                    RELABELINGS),
            CLIENT);

    private EssentialSchemas() {}

    static Map<ObjectKind, Structure> all() {
        Map<ObjectKind, Structure> all = new EnumMap<>(ObjectKind.class);
        all.put(ObjectKind.SERVICE_MONITOR, root(serviceMonitor()));
        all.put(ObjectKind.POD_MONITOR, root(podMonitor()));
        all.put(ObjectKind.PROBE, root(probe()));
        all.put(ObjectKind.SCRAPE_CONFIG, root(EssentialScrapeConfig.spec()));
        return all;
    }

    private static Structure root(Map<String, Object> spec) {
        return new StructureReading().root(object(List.of("spec"), "spec", spec));
    }

    private static Map<String, Object> serviceMonitor() {
        return with(
                object(
                        List.of("endpoints", "selector"),
                        "endpoints",
                        list(ENDPOINT),
                        "selector",
                        SELECTOR,
                        "selectorMechanism",
                        oneOf("RelabelConfig", "RoleSelector"),
                        "serviceDiscoveryRole",
                        oneOf("Endpoints", "EndpointSlice"),
                        "bodySizeLimit",
                        SIZE),
                SCRAPE);
    }

    private static Map<String, Object> podMonitor() {
        return with(
                object(
                        List.of("selector"),
                        "podMetricsEndpoints",
                        list(with(ENDPOINT, object(List.of(), "portNumber", port(1)))),
                        "selector",
                        SELECTOR,
                        "selectorMechanism",
                        oneOf("RelabelConfig", "RoleSelector"),
                        "bodySizeLimit",
                        SIZE),
                SCRAPE);
    }

    private static Map<String, Object> probe() {
        Map<String, Object> prober = with(
                object(
                        List.of("url"),
                        "url",
                        FILLED,
                        "scheme",
                        SCHEME,
                        "path",
                        Map.of("type", "string", "default", "/probe")),
                PROXY);
        Map<String, Object> targets = object(
                List.of(),
                "staticConfig",
                object(List.of(), "static", list(TEXT), "relabelingConfigs", RELABELINGS),
                "ingress",
                object(List.of(), "selector", SELECTOR, "relabelingConfigs", RELABELINGS));
        Map<String, Object> param = object(List.of("name"), "name", FILLED, "values", list(FILLED));
        return with(
                with(
                        object(
                                List.of(),
                                "prober",
                                prober,
                                "targets",
                                targets,
                                "params",
                                keyed(param, "name"),
                                "interval",
                                DURATION,
                                "scrapeTimeout",
                                DURATION,
                                "metricRelabelings",
                                RELABELINGS),
                        SCRAPE),
                CLIENT);
    }

    /** What a ScrapeConfig has of all this. */
    static Map<String, Object> scraping() {
        Map<String, Object> some = Map.of("minItems", 1);
        return with(
                with(
                        object(
                                List.of(),
                                "jobName",
                                FILLED,
                                "metricsPath",
                                FILLED,
                                "scheme",
                                SCHEME,
                                "scrapeInterval",
                                DURATION,
                                "scrapeTimeout",
                                DURATION,
                                "bodySizeLimit",
                                SIZE,
                                "relabelings",
                                merged(RELABELINGS, some),
                                "metricRelabelings",
                                merged(RELABELINGS, some)),
                        SCRAPE),
                CLIENT);
    }

    /** A section of a service discovery: how it is asked, how often, and for which port. */
    static Map<String, Object> discovery(List<String> required, Object... fields) {
        return with(
                with(object(required, fields), object(List.of(), "refreshInterval", DURATION, "port", PORT)), CLIENT);
    }

    static Map<String, Object> web() {
        return WEB;
    }

    static Map<String, Object> filled() {
        return FILLED;
    }

    static Map<String, Object> secret() {
        return KEY;
    }

    static Map<String, Object> oneOf(String... words) {
        return Map.of("type", "string", "enum", List.of(words));
    }

    static Map<String, Object> matching(String pattern) {
        return Map.of("type", "string", "pattern", pattern);
    }

    static Map<String, Object> list(Map<String, Object> items) {
        return Map.of("type", "array", "items", items);
    }

    static Map<String, Object> set(Map<String, Object> items) {
        return Map.of("type", "array", "items", items, "x-kubernetes-list-type", "set");
    }

    static Map<String, Object> keyed(Map<String, Object> items, String key) {
        return Map.of(
                "type",
                "array",
                "items",
                items,
                "x-kubernetes-list-type",
                "map",
                "x-kubernetes-list-map-keys",
                List.of(key));
    }

    /** An open object with these fields: a name and its schema, in turn. */
    static Map<String, Object> object(List<String> required, Object... fields) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            properties.put((String) fields[i], fields[i + 1]);
        }
        Map<String, Object> object = new LinkedHashMap<>(ANY);
        object.put("type", "object");
        object.put("required", required);
        object.put("properties", properties);
        return object;
    }

    /** Both objects' fields. */
    static Map<String, Object> with(Map<String, Object> object, Map<String, Object> more) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Map<String, Object> one : List.of(object, more)) {
            if (one.get("properties") instanceof Map<?, ?> fields) {
                fields.forEach((name, schema) -> properties.put(String.valueOf(name), schema));
            }
        }
        return merged(object, Map.of("properties", properties));
    }

    static Map<String, Object> merged(Map<String, Object> schema, Map<String, Object> more) {
        Map<String, Object> both = new LinkedHashMap<>(schema);
        both.putAll(more);
        return both;
    }

    private static Map<String, Object> withDefault(Map<String, Object> schema, Object fallback) {
        return merged(schema, Map.of("default", fallback));
    }

    private static Map<String, Object> port(int least) {
        return Map.of("type", "integer", "format", "int32", "minimum", least, "maximum", 65535);
    }
}
