package io.promwarden.admission;

import io.promwarden.inventory.ObjectKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which fields the operator leaves out of the configuration of a Prometheus that is too old for them, with no more than a line
 * in its own log. They go by their own names, wherever they stand.
 */
final class DroppedFields {

    private static final Map<String, String> OF_SPEC = Map.ofEntries(
            Map.entry("targetLimit", "2.21.0"),
            Map.entry("labelLimit", "2.27.0"),
            Map.entry("labelNameLengthLimit", "2.27.0"),
            Map.entry("labelValueLengthLimit", "2.27.0"),
            Map.entry("bodySizeLimit", "2.28.0"),
            Map.entry("keepDroppedTargets", "2.47.0"),
            Map.entry("fallbackScrapeProtocol", "3.0.0"),
            Map.entry("scrapeNativeHistograms", "3.8.0"),
            Map.entry("scrapeClassicHistograms", "2.45.0"),
            Map.entry("nativeHistogramBucketLimit", "2.45.0"),
            Map.entry("nativeHistogramMinBucketFactor", "2.50.0"),
            Map.entry("convertClassicHistogramsToNHCB", "3.0.0"));

    private static final Map<String, String> OF_SCRAPE = Map.of(
            "honorTimestamps", "2.9.0",
            "trackTimestampsStaleness", "2.48.0",
            "followRedirects", "2.26.0",
            "enableHttp2", "2.35.0",
            "enableHTTP2", "2.35.0",
            "enableCompression", "2.49.0",
            "authorization", "2.26.0",
            "oauth2", "2.27.0");

    private static final Map<String, String> OF_TLS = Map.of("minVersion", "2.35.0", "maxVersion", "2.41.0");

    private static final Map<String, String> OF_PROXY =
            Map.of("noProxy", "2.43.0", "proxyFromEnvironment", "2.43.0", "proxyConnectHeader", "2.43.0");

    private static final Map<String, String> OF_EC2 =
            Map.of("followRedirects", "2.41.0", "enableHTTP2", "2.41.0", "tlsConfig", "2.41.0");

    private static final Map<String, String> OF_DNS = Map.of("MX", "2.38.0", "NS", "2.49.0");

    /** The version from which pre-releases on, too, know the newest text format. */
    private static final String TEXT_1_0_0 = "3.0.0-rc.0";

    private final SemanticVersion version;
    private final Set<String> names = new TreeSet<>();

    private DroppedFields(SemanticVersion version) {
        this.version = version;
    }

    /** Their names, sorted, each once. */
    static List<String> of(ObjectKind kind, Part spec, SemanticVersion version) {
        DroppedFields dropped = new DroppedFields(version);
        dropped.fields(spec, OF_SPEC);
        dropped.protocols(spec);
        switch (kind) {
            case SERVICE_MONITOR -> {
                dropped.metadata(spec, "2.37.0");
                spec.parts("endpoints").forEach(dropped::scrape);
            }
            case POD_MONITOR -> {
                dropped.metadata(spec, "2.35.0");
                spec.parts("podMetricsEndpoints").forEach(dropped::scrape);
            }
            case PROBE -> {
                dropped.scrape(spec);
                spec.part("prober").ifPresent(dropped::proxy);
            }
            default -> {
                dropped.scrape(spec);
                dropped.discoveries(spec);
            }
        }
        return List.copyOf(dropped.names);
    }

    private void scrape(Part part) {
        fields(part, OF_SCRAPE);
        client(part);
    }

    /** What may stand in anything that makes requests. */
    private void client(Part part) {
        part.part("tlsConfig").ifPresent(tls -> fields(tls, OF_TLS));
        proxy(part);
        part.part("oauth2").ifPresent(oauth2 -> {
            oauth2.part("tlsConfig").ifPresent(tls -> fields(tls, OF_TLS));
            proxy(oauth2);
        });
    }

    private void proxy(Part part) {
        fields(part, OF_PROXY);
    }

    private void fields(Part part, Map<String, String> floors) {
        floors.forEach((field, floor) -> drop(part.has(field), field, floor));
    }

    private void metadata(Part spec, String floor) {
        drop(spec.object().has("attachMetadata", "node"), "attachMetadata", floor);
    }

    /** One protocol that is left out of the list counts for the field. */
    private void protocols(Part spec) {
        List<String> protocols = spec.object().words("scrapeProtocols");
        drop(!protocols.isEmpty(), "scrapeProtocols", "2.49.0");
        drop(protocols.contains("PrometheusText1.0.0"), "scrapeProtocols", TEXT_1_0_0);
    }

    private void discoveries(Part spec) {
        for (String field : spec.object().tree().keySet()) {
            if (field.endsWith("SDConfigs")) {
                spec.parts(field).forEach(this::client);
            }
        }
        spec.parts("ec2SDConfigs").forEach(entry -> fields(entry, OF_EC2));
        for (Part entry : spec.parts("dnsSDConfigs")) {
            drop(true, "type", OF_DNS.getOrDefault(entry.text("type"), "0.0.0"));
        }
        for (Part entry : spec.parts("kubernetesSDConfigs")) {
            switch (entry.text("role").toLowerCase(Locale.ROOT)) {
                case "pod" -> drop(entry.has("attachMetadata"), "attachMetadata", "2.35.0");
                case "endpoints", "endpointslice" -> drop(entry.has("attachMetadata"), "attachMetadata", "2.37.0");
                default -> {
                    if (entry.has("attachMetadata")) {
                        names.add("attachMetadata");
                    }
                }
            }
        }
    }

    private void drop(boolean set, String field, String floor) {
        if (set && version.before(floor)) {
            names.add(field);
        }
    }
}
