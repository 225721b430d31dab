package io.promwarden.wiring;

import io.promwarden.answer.Answer;
import io.promwarden.capture.CapturedServer;
import io.promwarden.http.Exchange;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.InventorySource;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.ReferencedData;
import io.promwarden.job.ClusterSpec;
import io.promwarden.job.ServerSpec;
import io.promwarden.kubernetes.DiscoveredServer;
import io.promwarden.kubernetes.KubernetesCluster;
import io.promwarden.kubernetes.ServerDiscovery;
import io.promwarden.kubernetes.Surroundings;
import io.promwarden.observation.ServerId;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A cluster as it is now: its API server, the servers that its custom resources ask for, and those that the job names. */
final class LiveAccess implements ClusterAccess {

    private static final String NOT_ALLOWED =
            ReferencedData.NOT_ALLOWED + " (secrets: keys under the step validate allows it)";

    private final ClusterSpec spec;
    private final Optional<Answer<KubernetesCluster>> cluster;
    private final Connections connections;
    private final boolean secretKeys;

    private LiveAccess(
            ClusterSpec spec,
            Optional<Answer<KubernetesCluster>> cluster,
            Connections connections,
            boolean secretKeys) {
        this.spec = spec;
        this.cluster = cluster;
        this.connections = connections;
        this.secretKeys = secretKeys;
    }

    /**
     * Opens it; nothing is asked yet. Options of the command line win over the job's.
     *
     * @param secretKeys whether the job may look at single Secrets; without it none is ever asked for
     */
    static LiveAccess open(
            ClusterSpec spec,
            RunRequest.Where.Live options,
            Surroundings surroundings,
            Connections connections,
            boolean secretKeys) {
        Optional<Answer<KubernetesCluster>> cluster = spec.kubernetes()
                .map(kubernetes -> KubernetesCluster.open(
                        options.kubeconfig().or(kubernetes::kubeconfig),
                        options.context().or(kubernetes::context),
                        surroundings));
        return new LiveAccess(spec, cluster, connections, secretKeys);
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public Optional<Kubernetes> kubernetes() {
        return cluster.map(opened -> switch (opened) {
            case Answer.Known<KubernetesCluster> known ->
                new Kubernetes(
                        known.known().version(),
                        known.known().inventory(),
                        secretKeys ? known.known().references() : ReferencedData.unread(NOT_ALLOWED));
            case Answer.Unknown<KubernetesCluster> unknown ->
                new Kubernetes(
                        Answer.unknown(unknown.why()),
                        nothing(unknown.why()),
                        ReferencedData.unread(secretKeys ? unknown.why() : NOT_ALLOWED));
        });
    }

    @Override
    public List<Found> servers(Optional<ClusterInventory> inventory) {
        List<Found> found = new ArrayList<>();
        boolean discover =
                spec.kubernetes().map(ClusterSpec.Kubernetes::discover).orElse(false);
        if (discover && inventory.isPresent()) {
            ServerDiscovery.find(inventory.get()).forEach(server -> found.add(discovered(server)));
        }
        spec.prometheus().forEach(server -> found.add(named(CapturedServer.Kind.PROMETHEUS, server)));
        spec.alertmanagers().forEach(server -> found.add(named(CapturedServer.Kind.ALERTMANAGER, server)));
        return found;
    }

    private Found discovered(DiscoveredServer server) {
        CapturedServer.Kind kind = CapturedServer.Kind.valueOf(server.kind().name());
        return switch (server) {
            case DiscoveredServer.Reachable reachable ->
                new Found(kind, reachable.id(), Answer.known(exchange(reachable)));
            case DiscoveredServer.Unreachable unreachable ->
                new Found(kind, unreachable.id(), Answer.unknown(unreachable.reason()));
        };
    }

    private Exchange exchange(DiscoveredServer.Reachable server) {
        KubernetesCluster opened = cluster.flatMap(Answer::value)
                .orElseThrow(() -> new IllegalStateException("servers of a cluster that is not open"));
        ClusterSpec.Access access =
                spec.kubernetes().map(ClusterSpec.Kubernetes::access).orElse(ClusterSpec.Access.AUTO);
        boolean direct = switch (access) {
            case AUTO -> opened.inCluster();
            case DIRECT -> true;
            case POD_PROXY -> false;
        };
        return direct ? connections.discovered(server.uri()) : connections.polite(opened.podProxy(server));
    }

    private Found named(CapturedServer.Kind kind, ServerSpec server) {
        return new Found(
                kind,
                new ServerId(spec.name(), server.name(), server.name()),
                Answer.known(connections.named(server.url(), server.credentials(), server.tls())),
                Optional.of(plain(server.url())));
    }

    /** Which server it is, and nothing that might be a secret. */
    private static String plain(URI url) {
        // Not the host: it is null where a name is not one of DNS.
        String authority = String.valueOf(url.getRawAuthority());
        return url.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1)
                + (url.getRawPath() == null ? "" : url.getRawPath());
    }

    /** A cluster that cannot be asked: every kind is unknown, and why. */
    private static InventorySource nothing(String why) {
        return new InventorySource() {
            @Override
            public <T> Answer<List<T>> list(ObjectKind kind, Function<RawObject, T> keep) {
                return Answer.unknown(why);
            }
        };
    }

    @Override
    public void close() {
        cluster.flatMap(Answer::value).ifPresent(KubernetesCluster::close);
    }
}
