package io.promwarden.explain;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.EndpointSlice;
import io.promwarden.inventory.Indexed;
import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.ObjectMeta;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the patch that mends a chain. A patch is only given if the chain, judged again in a world that has it, holds as
 * far as a world without servers can tell.
 */
final class Mending {

    /** How many links one patch may have to mend, one after the other. */
    private static final int STEPS = 4;

    private final World world;
    private final Backends backends;

    Mending(World world, Backends backends) {
        this.world = world;
        this.backends = backends;
    }

    Optional<PatchFix> fix(Chain broken) {
        World patched = world;
        Backends behind = backends;
        Chain chain = broken;
        Map<String, @Nullable Object> patch = Map.of();
        Optional<Change> first = Optional.empty();
        for (int step = 0; step < STEPS; step++) {
            Optional<Change> change = new Changes(patched, behind).of(chain);
            if (change.isEmpty()
                    || MergePatch.mayLackSecrets(change.get().patch())
                    || first.filter(one -> !one.target().equals(change.get().target()))
                            .isPresent()) {
                return Optional.empty();
            }
            first = first.or(() -> change);
            patch = MergePatch.join(patch, change.get().patch());
            patched = apply(patched, change.get());
            if (change.get().target().kind().equals("Service")) {
                behind = new Backends(patched.declared(), world.running().isEmpty());
            }
            Optional<Chain> after = again(patched, behind, chain);
            if (after.isEmpty()) {
                return Optional.empty();
            }
            chain = after.get();
            if (holds(chain)) {
                Change start = first.get();
                return Optional.of(
                        new PatchFix(start.target(), start.text(), patch, MergePatch.diff(start.before(), patch)));
            }
        }
        return Optional.empty();
    }

    /** What the servers say is about the world before the patch. */
    private static boolean holds(Chain chain) {
        return chain.broken()
                .map(link -> switch (link.name()) {
                    case LOADED, SCRAPED, SAMPLES -> true;
                    default -> false;
                })
                .orElse(true);
    }

    private static Optional<Chain> again(World patched, Backends behind, Chain before) {
        Monitor old = before.monitor();
        int endpoint = before.endpoint().orElse(0);
        return patched.declared().monitors(old.kind()).value().orElse(List.of()).stream()
                .filter(monitor -> monitor.meta().key().equals(old.meta().key()))
                .findFirst()
                .map(monitor -> new Explainer(patched, behind).judge(monitor))
                .filter(chains -> endpoint < chains.size())
                .map(chains -> chains.get(endpoint));
    }

    private static World apply(World world, Change change) {
        ClusterInventory declared = world.declared();
        PatchFix.Target target = change.target();
        String key = target.namespace() + "/" + target.name();
        RawObject after = RawObject.of(MergePatch.apply(change.before().tree(), change.patch()));
        ClusterInventory patched = switch (target.kind()) {
            case "Prometheus", "PrometheusAgent" ->
                declared.withPrometheuses(declared.prometheuses()
                        .map(all -> all.stream()
                                .map(one -> one.meta().key().equals(key)
                                                && one.kind().kind().equals(target.kind())
                                        ? PrometheusObject.of(one.kind(), after)
                                        : one)
                                .toList()));
            case "Namespace" ->
                declared.withNamespaces(declared.namespaces()
                        .map(all -> all.stream()
                                .map(one -> one.name().equals(target.name()) ? ObjectMeta.of(after) : one)
                                .toList()));
            case "Service" ->
                declared.withServices(
                        declared.services()
                                .map(all -> Indexed.of(
                                        all.all().stream()
                                                .map(one -> one.meta().key().equals(key) ? changed(one, after) : one)
                                                .toList(),
                                        one -> one.meta().namespace(),
                                        one -> one.meta().labels())),
                        reselects(change) ? without(declared.endpointSlices(), key) : declared.endpointSlices());
            case "Role", "ClusterRole" -> declared.withAccess(declared.access().map(access -> access.with(after)));
            default -> monitors(declared, target.kind(), key, after);
        };
        return new World(patched, world.verdicts(), world.assumed(), Optional.empty());
    }

    private static boolean reselects(Change change) {
        return change.patch().get("spec") instanceof Map<?, ?> spec && spec.containsKey("selector");
    }

    /** Kubernetes makes a Service's slices anew when it selects other pods. */
    private static Answer<List<EndpointSlice>> without(Answer<List<EndpointSlice>> slices, String service) {
        return slices.map(all -> all.stream()
                .filter(slice -> !(slice.meta().namespace() + "/" + slice.serviceName()).equals(service))
                .toList());
    }

    private static ClusterInventory monitors(ClusterInventory declared, String word, String key, RawObject after) {
        ObjectKind kind = Explainer.KINDS.stream()
                .filter(one -> one.kind().equals(word))
                .findFirst()
                .orElseThrow();
        return declared.withMonitors(
                kind,
                declared.monitors(kind)
                        .map(all -> all.stream()
                                .map(one -> one.meta().key().equals(key) ? Monitor.of(kind, after) : one)
                                .toList()));
    }

    private static Service changed(Service service, RawObject after) {
        return new Service(ObjectMeta.of(after), service.type(), after.texts("spec", "selector"), service.ports());
    }

    /** The fields of a Service that a patch may change: its lists are not known whole. */
    static RawObject raw(Service service) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("namespace", service.meta().namespace());
        metadata.put("name", service.meta().name());
        metadata.put("labels", Map.copyOf(service.meta().labels()));
        metadata.put("annotations", Map.copyOf(service.meta().annotations()));
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", "v1");
        tree.put("kind", "Service");
        tree.put("metadata", metadata);
        tree.put("spec", Map.of("selector", Map.copyOf(service.selector())));
        return RawObject.of(tree);
    }

    static RawObject raw(ObjectMeta namespace) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("name", namespace.name());
        metadata.put("labels", Map.copyOf(namespace.labels()));
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", "v1");
        tree.put("kind", "Namespace");
        tree.put("metadata", metadata);
        return RawObject.of(tree);
    }

    /** True if labels fit a selector once these are set; a null takes a label away. */
    static Map<String, @Nullable Object> lacking(LabelSelector selector, Map<String, String> labels) {
        Map<String, @Nullable Object> lacking = new LinkedHashMap<>();
        selector.matchLabels().forEach((key, value) -> {
            if (!value.equals(labels.get(key))) {
                lacking.put(key, value);
            }
        });
        for (LabelSelector.Requirement wanted : selector.matchExpressions()) {
            if (new LabelSelector(Map.of(), List.of(wanted)).matches(labels)) {
                continue;
            }
            switch (wanted.operator()) {
                case "In" -> wanted.values().stream().findFirst().ifPresent(value -> lacking.put(wanted.key(), value));
                case "Exists" -> lacking.put(wanted.key(), "true");
                default -> lacking.put(wanted.key(), null);
            }
        }
        return lacking;
    }
}
