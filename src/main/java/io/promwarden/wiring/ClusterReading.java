package io.promwarden.wiring;

import io.promwarden.alertmanager.AlertmanagerServer;
import io.promwarden.answer.Answer;
import io.promwarden.batch.ClusterWorld;
import io.promwarden.capture.CapturedServer;
import io.promwarden.finding.NotRun;
import io.promwarden.http.Exchange;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.ReferencedData;
import io.promwarden.observation.AlertServer;
import io.promwarden.observation.BuildInfo;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.RememberedServer;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Servers;
import io.promwarden.observation.Unreached;
import io.promwarden.prometheus.PrometheusAdmin;
import io.promwarden.prometheus.PrometheusServer;
import io.promwarden.report.ServerSeen;
import io.promwarden.retention.Replica;
import io.promwarden.retention.ReplicaGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a cluster: what it declares, which servers it has, and whether they answer. */
final class ClusterReading {

    private static final Duration DELETE_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration CLEAN_TIMEOUT = Duration.ofHours(4);

    private final Duration timeout;

    /**
     * A reading.
     *
     * @param timeout for one read request
     */
    ClusterReading(Duration timeout) {
        this.timeout = timeout;
    }

    ClusterWorld read(ClusterAccess access) {
        Optional<ClusterAccess.Kubernetes> kubernetes = access.kubernetes();
        Optional<ClusterInventory> inventory =
                kubernetes.map(known -> ClusterInventory.read(access.name(), known.objects()));
        ReferencedData references = kubernetes
                .map(ClusterAccess.Kubernetes::references)
                .orElseGet(() -> ReferencedData.unread("the job looks at no Kubernetes"));
        Gathered gathered = new Gathered(access.name(), inventory, references);
        kubernetes.ifPresent(known -> gathered.seen("Kubernetes", access.name(), known.version()));
        for (ClusterAccess.Found found : access.servers(inventory)) {
            switch (found.kind()) {
                case PROMETHEUS, PROMETHEUS_AGENT -> gathered.prometheus(found);
                case ALERTMANAGER -> gathered.alertmanager(found);
            }
        }
        return gathered.world();
    }

    /** What was gathered of one cluster so far. */
    private final class Gathered {
        private final String cluster;
        private final Optional<ClusterInventory> inventory;
        private final ReferencedData references;
        private final List<MetricsServer> metrics = new ArrayList<>();
        private final List<Unreached> unreachedMetrics = new ArrayList<>();
        private final List<AlertServer> alerts = new ArrayList<>();
        private final List<Unreached> unreachedAlerts = new ArrayList<>();
        private final Map<String, List<Replica>> replicas = new TreeMap<>();
        private final Map<String, List<NotRun>> missing = new TreeMap<>();
        private final List<ServerSeen> seen = new ArrayList<>();

        Gathered(String cluster, Optional<ClusterInventory> inventory, ReferencedData references) {
            this.cluster = cluster;
            this.inventory = inventory;
            this.references = references;
        }

        void prometheus(ClusterAccess.Found found) {
            ServerId id = found.id();
            boolean agent = found.kind() == CapturedServer.Kind.PROMETHEUS_AGENT;
            Answer<MetricsServer> server =
                    found.exchange().map(exchange -> new PrometheusServer(id, exchange, timeout));
            Answer<MetricsServer> remembered = server.map(RememberedServer::of);
            Answer<String> version =
                    remembered.flatMap(MetricsServer::buildInfo).map(BuildInfo::version);
            seen(found.kind().word(), id.owner() + " " + id.instance(), version);
            switch (version) {
                case Answer.Known<String> known -> remembered.value().ifPresent(metrics::add);
                case Answer.Unknown<String> unknown -> unreachedMetrics.add(new Unreached(id, unknown.why()));
            }
            if (agent) {
                return;
            }
            switch (found.exchange()) {
                case Answer.Known<Exchange> known ->
                    replicas.computeIfAbsent(id.owner(), key -> new ArrayList<>())
                            .add(new Replica(
                                    new PrometheusServer(id, known.known(), timeout),
                                    new PrometheusAdmin(id, known.known(), DELETE_TIMEOUT, CLEAN_TIMEOUT),
                                    origin(found)));
                case Answer.Unknown<Exchange> unknown ->
                    missing.computeIfAbsent(id.owner(), key -> new ArrayList<>())
                            .add(new NotRun(
                                    cluster, "retention of " + id.owner() + " on " + id.instance(), unknown.why()));
            }
        }

        void alertmanager(ClusterAccess.Found found) {
            ServerId id = found.id();
            Answer<AlertServer> server =
                    found.exchange().map(exchange -> new AlertmanagerServer(id, exchange, timeout));
            Answer<String> version = server.flatMap(AlertServer::version);
            seen(found.kind().word(), id.owner() + " " + id.instance(), version);
            switch (version) {
                case Answer.Known<String> known -> server.value().ifPresent(alerts::add);
                case Answer.Unknown<String> unknown -> unreachedAlerts.add(new Unreached(id, unknown.why()));
            }
        }

        void seen(String kind, String name, Answer<String> version) {
            seen.add(new ServerSeen(
                    cluster,
                    kind,
                    name,
                    version.value().orElse(""),
                    version.reason().orElse("")));
        }

        /** By its custom resource, where it has one: a static server's name has no slash. */
        private Replica.Origin origin(ClusterAccess.Found found) {
            ServerId id = found.id();
            return inventory
                    .flatMap(known -> known.prometheuses().value())
                    .flatMap(objects -> objects.stream()
                            .filter(object ->
                                    !object.agent() && object.meta().key().equals(id.owner()))
                            .findFirst())
                    .<Replica.Origin>map(object -> new Replica.Discovered(object, pod(object, id)))
                    .orElseGet(() -> new Replica.NamedInJob(found.url()));
        }

        private Answer<Pod> pod(PrometheusObject object, ServerId id) {
            return inventory
                    .orElseThrow()
                    .pods()
                    .flatMap(pods -> pods.in(object.meta().namespace()).stream()
                            .filter(pod -> pod.meta().name().equals(id.instance()))
                            .findFirst()
                            .map(Answer::known)
                            .orElseGet(() -> Answer.unknown("pod " + id.instance() + " is not listed")));
        }

        ClusterWorld world() {
            List<ReplicaGroup> groups = new ArrayList<>();
            missing.keySet().forEach(owner -> replicas.computeIfAbsent(owner, key -> new ArrayList<>()));
            replicas.forEach((owner, members) ->
                    groups.add(new ReplicaGroup(owner, members, missing.getOrDefault(owner, List.of()))));
            return new ClusterWorld(
                    cluster,
                    inventory,
                    references,
                    new Servers<>(metrics, unreachedMetrics),
                    new Servers<>(alerts, unreachedAlerts),
                    groups,
                    seen);
        }
    }
}
