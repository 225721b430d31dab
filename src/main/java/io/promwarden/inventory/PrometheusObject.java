package io.promwarden.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Prometheus or PrometheusAgent custom resource. */
public record PrometheusObject(ObjectKind kind, ObjectMeta meta, RawObject raw) {

    /** No object of a cluster can have this name. */
    private static final String ASSUMED = "(assumed)";

    public static PrometheusObject of(ObjectKind kind, RawObject object) {
        return new PrometheusObject(kind, ObjectMeta.of(object), object);
    }

    /**
     * One that selects every monitor in every namespace, for files that come without a Prometheus object.
     *
     * @param version {@code spec.version}; empty means the operator's default
     * @param scrapeClasses those that somebody names: what it lacked would be our own invention
     */
    public static PrometheusObject assumed(Optional<String> version, Set<String> scrapeClasses) {
        Map<String, @Nullable Object> spec = new LinkedHashMap<>();
        spec.put(
                "scrapeClasses",
                scrapeClasses.stream().map(name -> Map.of("name", name)).toList());
        for (String kind : List.of("serviceMonitor", "podMonitor", "probe", "scrapeConfig", "rule")) {
            spec.put(kind + "Selector", Map.of());
            spec.put(kind + "NamespaceSelector", Map.of());
        }
        version.ifPresent(text -> spec.put("version", text));
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", ObjectKind.PROMETHEUS.apiVersion());
        tree.put("kind", ObjectKind.PROMETHEUS.kind());
        tree.put("metadata", Map.of("name", ASSUMED));
        tree.put("spec", spec);
        return of(ObjectKind.PROMETHEUS, RawObject.of(tree));
    }

    /** The same with this version, if it names none. */
    public PrometheusObject withDefaultVersion(String version) {
        if (raw.text("spec", "version").filter(text -> !text.isEmpty()).isPresent()) {
            return this;
        }
        Map<String, @Nullable Object> spec = new LinkedHashMap<>();
        raw.object("spec").ifPresent(given -> spec.putAll(given.tree()));
        spec.put("version", version);
        Map<String, @Nullable Object> tree = new LinkedHashMap<>(raw.tree());
        tree.put("spec", spec);
        return of(kind, new RawObject(tree, raw.position()));
    }

    /** True for {@link #assumed}: nobody declared it. */
    public boolean isAssumed() {
        return meta.name().equals(ASSUMED);
    }

    /** {@code namespace/name}, or {@value #ASSUMED}. */
    public String title() {
        return isAssumed() ? ASSUMED : meta.key();
    }

    public boolean agent() {
        return kind == ObjectKind.PROMETHEUS_AGENT;
    }

    /** The selector over monitors of a kind; empty (nil) matches nothing. */
    public Optional<LabelSelector> monitorSelector(ObjectKind monitorKind) {
        return raw.object("spec", field(monitorKind) + "Selector").map(LabelSelector::of);
    }

    /** The selector over their namespaces; empty (nil) means this object's own namespace only. */
    public Optional<LabelSelector> monitorNamespaceSelector(ObjectKind monitorKind) {
        return raw.object("spec", field(monitorKind) + "NamespaceSelector").map(LabelSelector::of);
    }

    private static String field(ObjectKind monitorKind) {
        String name = monitorKind.kind();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** {@code spec.thanos} is set: a sidecar uploads this server's blocks. */
    public boolean thanosSidecar() {
        return raw.has("spec", "thanos");
    }

    public boolean listenLocal() {
        return raw.isTrue("spec", "listenLocal");
    }

    public boolean adminApi() {
        return raw.isTrue("spec", "enableAdminAPI");
    }

    /** {@code spec.web.tlsConfig} is set: the server speaks HTTPS. */
    public boolean servesTls() {
        return raw.has("spec", "web", "tlsConfig");
    }

    /** {@code /} or {@code /prefix}, never with a slash at its end but for the root. */
    public String routePrefix() {
        String prefix = raw.text("spec", "routePrefix").orElse("/");
        String absolute = prefix.startsWith("/") ? prefix : "/" + prefix;
        return absolute.length() > 1 && absolute.endsWith("/")
                ? absolute.substring(0, absolute.length() - 1)
                : absolute;
    }

    /** The name of the web port, {@code web} unless set. */
    public String portName() {
        return raw.text("spec", "portName").orElse("web");
    }

    /** The Service that gives each pod its DNS name: the operator's own unless the object names another. */
    public String governingService() {
        return raw.text("spec", "serviceName").orElse("prometheus-operated");
    }

    /** Pods that should run; 1 unless set. */
    public int replicas() {
        return raw.whole("spec", "replicas").orElse(1L).intValue();
    }

    /** Shards, each of which has its own replicas; 1 unless set. */
    public int shards() {
        return Math.max(1, raw.whole("spec", "shards").orElse(1L).intValue());
    }
}
