package io.promwarden.kubernetes;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.AlertmanagerObject;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.Container;
import io.promwarden.inventory.Indexed;
import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.ObjectMeta;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.kubernetes.DiscoveredServer.Kind;
import io.promwarden.kubernetes.DiscoveredServer.Reachable;
import io.promwarden.kubernetes.DiscoveredServer.Unreachable;
import io.promwarden.observation.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds every replica of every shard that the operator's custom resources ask for. A pod counts only if the operator's
 * StatefulSet controls it: labels alone anybody can write.
 */
public final class ServerDiscovery {

    /** What may stand in a URL as it is; no empty, {@code .} or {@code ..} segment, which would lead elsewhere. */
    private static final Pattern PLAIN_PREFIX = Pattern.compile("/|(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+");

    /** Of the pods that one object asks for, so many are missed by name: any tenant can write any number. */
    private static final int MOST_PODS = 500;

    private ServerDiscovery() {}

    /** What one custom resource asks for, whatever its kind. */
    private record Wanted(
            Kind kind,
            ObjectMeta meta,
            String set,
            int replicas,
            int shards,
            boolean perNode,
            boolean listenLocal,
            boolean tls,
            String routePrefix,
            String portName,
            int usualPort,
            String governingService) {

        static Wanted of(PrometheusObject object) {
            return new Wanted(
                    object.agent() ? Kind.PROMETHEUS_AGENT : Kind.PROMETHEUS,
                    object.meta(),
                    (object.agent() ? "prom-agent-" : "prometheus-")
                            + object.meta().name(),
                    object.replicas(),
                    object.shards(),
                    object.raw()
                            .text("spec", "mode")
                            .filter("DaemonSet"::equals)
                            .isPresent(),
                    object.listenLocal(),
                    object.servesTls(),
                    object.routePrefix(),
                    object.portName(),
                    9090,
                    object.governingService());
        }

        static Wanted of(AlertmanagerObject object) {
            return new Wanted(
                    Kind.ALERTMANAGER,
                    object.meta(),
                    "alertmanager-" + object.meta().name(),
                    object.replicas(),
                    1,
                    false,
                    object.listenLocal(),
                    object.servesTls(),
                    object.routePrefix(),
                    object.portName(),
                    9093,
                    object.governingService());
        }

        /** The pods that there should be; the StatefulSet of the first shard bears no number. */
        List<String> podNames() {
            List<String> names = new ArrayList<>();
            for (int shard = 0; !perNode && shard < shards; shard++) {
                for (int replica = 0; replica < replicas && names.size() < MOST_PODS; replica++) {
                    names.add(set + (shard == 0 ? "" : "-shard-" + shard) + "-" + replica);
                }
                if (names.isEmpty() || names.size() >= MOST_PODS) {
                    break;
                }
            }
            return names;
        }

        /** The labels that the operator's versions have given such pods, newest first. */
        List<Map<String, String>> labels() {
            String name = meta.name();
            return kind == Kind.ALERTMANAGER
                    ? List.of(
                            Map.of("app.kubernetes.io/name", "alertmanager", "app.kubernetes.io/instance", name),
                            Map.of("alertmanager", name))
                    : List.of(Map.of("operator.prometheus.io/name", name), Map.of("prometheus", name));
        }

        /** True if the operator's set for this object controls the pod. */
        boolean controls(Pod pod) {
            return pod.owner()
                    .filter(owner -> perNode
                            ? owner.kind().equals("DaemonSet") && owner.name().equals(set)
                            : owner.kind().equals("StatefulSet") && isSet(owner.name()))
                    .isPresent();
        }

        private boolean isSet(String name) {
            return name.equals(set)
                    || (name.startsWith(set + "-shard-")
                            && name.substring((set + "-shard-").length()).matches("[0-9]{1,4}"));
        }
    }

    /** All servers, sorted by id; what could not be looked at is an unreachable server, never a missing one. */
    public static List<DiscoveredServer> find(ClusterInventory inventory) {
        List<DiscoveredServer> found = new ArrayList<>();
        add(
                found,
                inventory,
                Kind.PROMETHEUS,
                inventory
                        .prometheuses()
                        .map(list -> list.stream().map(Wanted::of).toList()));
        add(
                found,
                inventory,
                Kind.ALERTMANAGER,
                inventory
                        .alertmanagers()
                        .map(list -> list.stream().map(Wanted::of).toList()));
        found.sort(java.util.Comparator.comparing(DiscoveredServer::id).thenComparing(DiscoveredServer::kind));
        return List.copyOf(found);
    }

    private static void add(
            List<DiscoveredServer> found, ClusterInventory inventory, Kind kind, Answer<List<Wanted>> wanted) {
        switch (wanted) {
            case Answer.Unknown<List<Wanted>> unknown -> {
                String all = "every " + kind.word();
                found.add(new Unreachable(new ServerId(inventory.cluster(), all, all), kind, unknown.why()));
            }
            case Answer.Known<List<Wanted>> known -> known.known().forEach(each -> found.addAll(pods(inventory, each)));
        }
    }

    private static List<DiscoveredServer> pods(ClusterInventory inventory, Wanted wanted) {
        String owner = wanted.meta().key();
        if (wanted.listenLocal()) {
            return List.of(unreachable(
                    inventory,
                    wanted,
                    wanted.meta().name(),
                    "spec.listenLocal is set: it listens on its pod's loopback address only"));
        }
        if (!PLAIN_PREFIX.matcher(wanted.routePrefix()).matches()) {
            return List.of(unreachable(
                    inventory, wanted, wanted.meta().name(), "spec.routePrefix of " + owner + " is no plain path"));
        }
        return switch (inventory.pods()) {
            case Answer.Unknown<Indexed<Pod>> unknown ->
                List.of(unreachable(inventory, wanted, wanted.meta().name(), "its pods are unknown: " + unknown.why()));
            case Answer.Known<Indexed<Pod>> known -> replicas(inventory, wanted, known.known());
        };
    }

    private static List<DiscoveredServer> replicas(ClusterInventory inventory, Wanted wanted, Indexed<Pod> pods) {
        Map<String, DiscoveredServer> byPod = new TreeMap<>();
        // Every pod that there should be first, so that one that is missing is missed.
        for (String pod : wanted.podNames()) {
            byPod.put(pod, unreachable(inventory, wanted, pod, "there is no such pod"));
        }
        for (Map<String, String> labels : wanted.labels()) {
            pods.select(Optional.of(Set.of(wanted.meta().namespace())), new LabelSelector(labels, List.of()))
                    .filter(wanted::controls)
                    .forEach(pod -> byPod.put(pod.meta().name(), server(inventory, wanted, pod)));
        }
        if (byPod.isEmpty()) {
            String why = wanted.perNode() ? "no pod of it runs" : "it is scaled to zero";
            return List.of(unreachable(inventory, wanted, wanted.meta().name(), why));
        }
        return List.copyOf(byPod.values());
    }

    private static DiscoveredServer server(ClusterInventory inventory, Wanted wanted, Pod pod) {
        String name = pod.meta().name();
        if (pod.finished()) {
            return unreachable(inventory, wanted, name, "its pod has ended (" + pod.phase() + ")");
        }
        if (pod.ip().isEmpty()) {
            return unreachable(inventory, wanted, name, "its pod has no address yet (" + pod.phase() + ")");
        }
        String namespace = pod.meta().namespace();
        return new Reachable(
                id(inventory, wanted, name),
                wanted.kind(),
                namespace,
                name,
                pod.ip(),
                port(pod, wanted),
                wanted.routePrefix(),
                wanted.tls(),
                name + "." + wanted.governingService() + "." + namespace + ".svc");
    }

    private static int port(Pod pod, Wanted wanted) {
        return pod.containers().stream()
                .flatMap(container -> container.findPort(wanted.portName()).stream())
                .map(Container.Port::number)
                .findFirst()
                .orElse(wanted.usualPort());
    }

    private static Unreachable unreachable(ClusterInventory inventory, Wanted wanted, String instance, String reason) {
        return new Unreachable(id(inventory, wanted, instance), wanted.kind(), reason);
    }

    private static ServerId id(ClusterInventory inventory, Wanted wanted, String instance) {
        return new ServerId(inventory.cluster(), wanted.meta().key(), instance);
    }
}
