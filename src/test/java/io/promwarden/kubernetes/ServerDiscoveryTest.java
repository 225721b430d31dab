package io.promwarden.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.InventorySource;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.Trimming;
import io.promwarden.kubernetes.DiscoveredServer.Kind;
import io.promwarden.kubernetes.DiscoveredServer.Reachable;
import io.promwarden.kubernetes.DiscoveredServer.Unreachable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerDiscoveryTest {

    private final Map<ObjectKind, List<Map<String, Object>>> objects = new EnumMap<>(ObjectKind.class);
    private final Map<ObjectKind, String> forbidden = new EnumMap<>(ObjectKind.class);

    private List<DiscoveredServer> find() {
        InventorySource source = new InventorySource() {
            @Override
            public <T> Answer<List<T>> list(ObjectKind kind, Function<RawObject, T> keep) {
                if (forbidden.containsKey(kind)) {
                    return Answer.unknown(forbidden.get(kind));
                }
                return Answer.known(objects.getOrDefault(kind, List.of()).stream()
                        .map(tree -> keep.apply(Trimming.trim(kind, RawObject.of(new LinkedHashMap<>(tree)))))
                        .toList());
            }
        };
        return ServerDiscovery.find(ClusterInventory.read("eu-1", source));
    }

    private void add(ObjectKind kind, String name, Map<String, Object> spec) {
        objects.computeIfAbsent(kind, key -> new ArrayList<>())
                .add(Map.of("metadata", Map.of("name", name, "namespace", "monitoring"), "spec", spec));
    }

    private void pod(String name, Map<String, String> labels, String ownerKind, String owner, Optional<String> ip) {
        pod(name, labels, ownerKind, owner, ip, List.of(Map.of("name", "web", "containerPort", 9090)));
    }

    private void pod(
            String name,
            Map<String, String> labels,
            String ownerKind,
            String owner,
            Optional<String> ip,
            List<Map<String, Object>> ports) {
        Map<String, Object> status = new LinkedHashMap<>(Map.of("phase", ip.isPresent() ? "Running" : "Pending"));
        ip.ifPresent(address -> status.put("podIP", address));
        objects.computeIfAbsent(ObjectKind.POD, key -> new ArrayList<>())
                .add(Map.of(
                        "metadata",
                        Map.of(
                                "name",
                                name,
                                "namespace",
                                "monitoring",
                                "labels",
                                labels,
                                "ownerReferences",
                                List.of(Map.of("kind", ownerKind, "name", owner, "controller", true))),
                        "spec",
                        Map.of("containers", List.of(Map.of("name", "prometheus", "ports", ports))),
                        "status",
                        status));
    }

    private static Map<String, String> labels(String name) {
        return Map.of("operator.prometheus.io/name", name, "app.kubernetes.io/name", "prometheus");
    }

    private static List<String> instances(List<DiscoveredServer> servers) {
        return servers.stream().map(server -> server.id().instance()).toList();
    }

    @Test
    void every_replica_of_every_shard_is_a_server_of_its_own() {
        add(ObjectKind.PROMETHEUS, "k8s", Map.of("replicas", 2, "shards", 2));
        for (String set : List.of("prometheus-k8s", "prometheus-k8s-shard-1")) {
            for (int replica = 0; replica < 2; replica++) {
                pod(set + "-" + replica, labels("k8s"), "StatefulSet", set, Optional.of("10.0.0.1"));
            }
        }
        List<DiscoveredServer> found = find();
        assertThat(instances(found))
                .containsExactly(
                        "prometheus-k8s-0", "prometheus-k8s-1", "prometheus-k8s-shard-1-0", "prometheus-k8s-shard-1-1");
        assertThat(found).allSatisfy(server -> assertThat(server).isInstanceOf(Reachable.class));
        assertThat(((Reachable) found.getFirst()).uri()).hasToString("http://10.0.0.1:9090");
        assertThat(found.getFirst().id().owner()).isEqualTo("monitoring/k8s");
    }

    @Test
    void a_replica_without_a_pod_or_without_an_address_is_missed_by_name() {
        add(ObjectKind.PROMETHEUS, "k8s", Map.of("replicas", 3));
        pod("prometheus-k8s-0", labels("k8s"), "StatefulSet", "prometheus-k8s", Optional.of("10.0.0.1"));
        pod("prometheus-k8s-1", labels("k8s"), "StatefulSet", "prometheus-k8s", Optional.empty());
        List<DiscoveredServer> found = find();
        assertThat(instances(found)).containsExactly("prometheus-k8s-0", "prometheus-k8s-1", "prometheus-k8s-2");
        assertThat(((Unreachable) found.get(1)).reason()).contains("no address", "Pending");
        assertThat(((Unreachable) found.get(2)).reason()).contains("no such pod");
    }

    @Test
    void a_pod_that_merely_wears_the_labels_is_not_taken_for_a_server() {
        add(ObjectKind.PROMETHEUS, "k8s", Map.of());
        pod("impostor", labels("k8s"), "StatefulSet", "impostor", Optional.of("10.6.6.6"));
        pod("prometheus-k8s-x-0", labels("k8s"), "StatefulSet", "prometheus-k8s-shard-x", Optional.of("10.6.6.7"));
        pod("job", labels("k8s"), "Job", "prometheus-k8s", Optional.of("10.6.6.8"));
        assertThat(find()).singleElement().isInstanceOf(Unreachable.class);
    }

    @Test
    void route_prefix_tls_and_port_name_are_honoured() {
        add(
                ObjectKind.PROMETHEUS,
                "k8s",
                Map.of(
                        "routePrefix",
                        "/prom",
                        "portName",
                        "https",
                        "web",
                        Map.of("tlsConfig", Map.of("cert", Map.of("secret", "tls")))));
        pod(
                "prometheus-k8s-0",
                labels("k8s"),
                "StatefulSet",
                "prometheus-k8s",
                Optional.of("fd00::7"),
                List.of(Map.of("name", "https", "containerPort", 9443)));
        Reachable server = (Reachable) find().getFirst();
        assertThat(server.port()).isEqualTo(9443);
        assertThat(server.https()).isTrue();
        assertThat(server.uri()).hasToString("https://prometheus-k8s-0.prometheus-operated.monitoring.svc:9443/prom");
    }

    @Test
    void an_ipv6_address_and_a_port_that_nobody_declares_make_a_url_all_the_same() {
        add(ObjectKind.PROMETHEUS, "k8s", Map.of());
        pod("prometheus-k8s-0", labels("k8s"), "StatefulSet", "prometheus-k8s", Optional.of("fd00::7"), List.of());
        assertThat(((Reachable) find().getFirst()).uri()).hasToString("http://[fd00::7]:9090");
    }

    @Test
    void a_server_that_listens_on_loopback_cannot_be_asked() {
        add(ObjectKind.PROMETHEUS, "k8s", Map.of("listenLocal", true, "replicas", 2));
        pod("prometheus-k8s-0", labels("k8s"), "StatefulSet", "prometheus-k8s", Optional.of("10.0.0.1"));
        assertThat(find())
                .singleElement()
                .isInstanceOfSatisfying(
                        Unreachable.class, server -> assertThat(server.reason()).contains("listenLocal"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../../../api/v1/namespaces/kube-system/secrets",
                "/a/..",
                "/.",
                "//other.example/",
                "/a?x=y",
                "/a#b",
                "/a%2e%2e/b",
                "/a b",
                "/a\\b"
            })
    void a_prefix_that_leads_somewhere_else_is_refused(String prefix) {
        add(ObjectKind.PROMETHEUS, "k8s", Map.of("routePrefix", prefix));
        pod("prometheus-k8s-0", labels("k8s"), "StatefulSet", "prometheus-k8s", Optional.of("10.0.0.1"));
        assertThat(find())
                .singleElement()
                .isInstanceOfSatisfying(
                        Unreachable.class, server -> assertThat(server.reason()).contains("no plain path"));
    }

    @Test
    void an_alertmanager_is_found_by_new_and_by_old_labels() {
        add(ObjectKind.ALERTMANAGER, "main", Map.of("replicas", 2));
        pod(
                "alertmanager-main-0",
                Map.of("app.kubernetes.io/name", "alertmanager", "app.kubernetes.io/instance", "main"),
                "StatefulSet",
                "alertmanager-main",
                Optional.of("10.0.0.1"),
                List.of(Map.of("name", "web", "containerPort", 9093)));
        pod(
                "alertmanager-main-1",
                Map.of("alertmanager", "main"),
                "StatefulSet",
                "alertmanager-main",
                Optional.of("10.0.0.2"),
                List.of());
        List<DiscoveredServer> found = find();
        assertThat(found).extracting(DiscoveredServer::kind).containsOnly(Kind.ALERTMANAGER);
        assertThat(found).extracting(server -> ((Reachable) server).port()).containsExactly(9093, 9093);
        assertThat(((Reachable) found.getFirst()).dnsName())
                .isEqualTo("alertmanager-main-0.alertmanager-operated.monitoring.svc");
    }

    @Test
    void a_prometheus_of_an_older_operator_is_found_by_its_label() {
        add(ObjectKind.PROMETHEUS, "k8s", Map.of());
        pod("prometheus-k8s-0", Map.of("prometheus", "k8s"), "StatefulSet", "prometheus-k8s", Optional.of("10.0.0.1"));
        assertThat(find()).singleElement().isInstanceOf(Reachable.class);
    }

    @Test
    void an_agent_is_known_as_an_agent_whether_it_runs_in_a_set_or_on_every_node() {
        add(ObjectKind.PROMETHEUS_AGENT, "edge", Map.of());
        add(ObjectKind.PROMETHEUS_AGENT, "node", Map.of("mode", "DaemonSet"));
        pod("prom-agent-edge-0", labels("edge"), "StatefulSet", "prom-agent-edge", Optional.of("10.0.0.1"));
        pod("prom-agent-node-x7k2p", labels("node"), "DaemonSet", "prom-agent-node", Optional.of("10.0.0.2"));
        List<DiscoveredServer> found = find();
        assertThat(instances(found)).containsExactly("prom-agent-edge-0", "prom-agent-node-x7k2p");
        assertThat(found).extracting(DiscoveredServer::kind).containsOnly(Kind.PROMETHEUS_AGENT);
    }

    @Test
    void what_could_not_be_listed_is_an_unreachable_server_and_never_none() {
        forbidden.put(ObjectKind.PROMETHEUS, "403: may not list prometheuses");
        add(ObjectKind.ALERTMANAGER, "main", Map.of());
        forbidden.put(ObjectKind.POD, "403: may not list pods");
        List<DiscoveredServer> found = find();
        assertThat(found)
                .extracting(server -> ((Unreachable) server).reason())
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).contains("may not list prometheuses"),
                        reason -> assertThat(reason).contains("its pods are unknown", "may not list pods"));
    }

    @Test
    void a_cluster_without_the_operator_has_no_servers() {
        assertThat(find()).isEmpty();
    }

    @Test
    void scaled_to_zero_is_told_and_an_absurd_number_of_replicas_does_no_harm() {
        add(ObjectKind.PROMETHEUS, "none", Map.of("replicas", 0));
        add(ObjectKind.PROMETHEUS, "many", Map.of("replicas", 2_000_000_000, "shards", 2_000_000_000));
        List<DiscoveredServer> found = find();
        assertThat(found).hasSize(501);
        assertThat(found.getLast())
                .isInstanceOfSatisfying(
                        Unreachable.class, server -> assertThat(server.reason()).contains("scaled to zero"));
    }
}
