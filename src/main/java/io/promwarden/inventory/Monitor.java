package io.promwarden.inventory;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A ServiceMonitor, PodMonitor, Probe or ScrapeConfig, with its raw tree: nil and empty differ for the operator. */
public record Monitor(ObjectKind kind, ObjectMeta meta, RawObject raw) {

    public static Monitor of(ObjectKind kind, RawObject object) {
        return new Monitor(kind, ObjectMeta.of(object), object);
    }

    /** What the object selects: Services for a ServiceMonitor, pods for a PodMonitor. */
    public Optional<LabelSelector> selector() {
        return raw.object("spec", "selector").map(LabelSelector::of);
    }

    /** {@code endpoints} or {@code podMetricsEndpoints}. */
    public List<RawObject> endpoints() {
        return raw.objects("spec", kind == ObjectKind.POD_MONITOR ? "podMetricsEndpoints" : "endpoints");
    }

    /**
     * The namespaces in which it looks for targets; empty means every namespace. {@code any} beats {@code matchNames};
     * neither means its own.
     */
    public Optional<Set<String>> targetNamespaces() {
        if (raw.isTrue("spec", "namespaceSelector", "any")) {
            return Optional.empty();
        }
        List<String> names = raw.words("spec", "namespaceSelector", "matchNames");
        return Optional.of(names.isEmpty() ? Set.of(meta.namespace()) : Set.copyOf(names));
    }

    /**
     * The start of the names of this object's scrape pools, as the operator writes them, e.g. {@code
     * serviceMonitor/shop/cart/}; an index per endpoint follows for ServiceMonitors and PodMonitors.
     */
    public String poolPrefix() {
        String word = switch (kind) {
            case SERVICE_MONITOR -> "serviceMonitor";
            case POD_MONITOR -> "podMonitor";
            case PROBE -> "probe";
            default -> "scrapeConfig";
        };
        return word + "/" + meta.key()
                + (kind == ObjectKind.SERVICE_MONITOR || kind == ObjectKind.POD_MONITOR ? "/" : "");
    }
}
