package io.promwarden.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullMarked
class InventoryValuesTest {

    private static RawObject pod(Map<String, Object> owner, Map<String, String> labels) {
        return RawObject.of(Map.of(
                "metadata",
                Map.of("name", "p", "namespace", "shop", "labels", labels, "ownerReferences", List.of(owner))));
    }

    @Test
    void a_pod_of_a_deployments_replica_set_belongs_to_the_deployment() {
        Map<String, Object> replicaSet = Map.of("kind", "ReplicaSet", "name", "cart-5d9c", "controller", true);
        assertThat(Pod.of(pod(replicaSet, Map.of("pod-template-hash", "5d9c"))).owner())
                .contains(new Pod.Owner("Deployment", "cart"));
        assertThat(Pod.of(pod(replicaSet, Map.of())).owner()).contains(new Pod.Owner("ReplicaSet", "cart-5d9c"));
        assertThat(Pod.of(pod(replicaSet, Map.of("pod-template-hash", "other"))).owner())
                .contains(new Pod.Owner("ReplicaSet", "cart-5d9c"));
    }

    @Test
    void an_owner_that_does_not_control_the_pod_is_none() {
        assertThat(Pod.of(pod(Map.of("kind", "StatefulSet", "name", "db", "controller", false), Map.of()))
                        .owner())
                .isEmpty();
    }

    @Test
    void a_pods_state_is_read_from_its_status() {
        Pod pod = Pod.of(RawObject.of(Map.of(
                "metadata", Map.of("name", "p", "namespace", "shop"),
                "spec",
                        Map.of(
                                "hostNetwork", true,
                                "containers",
                                        List.of(Map.of(
                                                "name",
                                                "c",
                                                "ports",
                                                List.of(Map.of("name", "web", "containerPort", 9090)))),
                                "initContainers",
                                        List.of(
                                                Map.of("name", "once"),
                                                Map.of("name", "sidecar", "restartPolicy", "Always")),
                                "volumes",
                                        List.of(
                                                Map.of(
                                                        "name",
                                                        "data",
                                                        "persistentVolumeClaim",
                                                        Map.of("claimName", "db-0")),
                                                Map.of("name", "tmp"))),
                "status",
                        Map.of(
                                "phase", "Running",
                                "podIP", "10.0.0.7",
                                "conditions", List.of(Map.of("type", "Ready", "status", "True"))))));
        assertThat(pod.ready()).isTrue();
        assertThat(pod.running()).isTrue();
        assertThat(pod.finished()).isFalse();
        assertThat(pod.hostNetwork()).isTrue();
        assertThat(pod.claims()).containsExactly("db-0");
        assertThat(pod.containers()).extracting(Container::name).containsExactly("c", "sidecar");
        assertThat(pod.containers().getFirst().findPort("web")).contains(new Container.Port("web", 9090));
    }

    @Test
    void a_pod_without_status_is_neither_ready_nor_running() {
        Pod pod = Pod.of(RawObject.of(Map.of("metadata", Map.of("name", "p"))));
        assertThat(pod.phase()).isEqualTo("Unknown");
        assertThat(pod.ready()).isFalse();
        assertThat(pod.ip()).isEmpty();
    }

    @Test
    void a_missing_field_a_null_and_an_empty_one_are_told_apart() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("none", null);
        tree.put("empty", Map.of());
        tree.put("list", Arrays.asList("a", null, 1, Map.of("b", "c")));
        RawObject object = RawObject.of(tree);
        assertThat(object.has("none")).isFalse();
        assertThat(object.has("missing")).isFalse();
        assertThat(object.has("empty")).isTrue();
        assertThat(object.object("empty")).isPresent();
        assertThat(object.object("none")).isEmpty();
        assertThat(object.words("list")).containsExactly("a", "1");
        assertThat(object.objects("list")).hasSize(1);
        assertThat(object.text("list")).isEmpty();
        assertThat(object.value("list", "deeper")).isNull();
    }

    @Test
    void a_monitor_looks_in_its_own_namespace_unless_it_says_otherwise() {
        assertThat(monitor(Map.of()).targetNamespaces()).contains(Set.of("shop"));
        assertThat(monitor(Map.of("matchNames", List.of("a", "b"))).targetNamespaces())
                .contains(Set.of("a", "b"));
        assertThat(monitor(Map.of("any", true, "matchNames", List.of("a"))).targetNamespaces())
                .isEmpty();
        assertThat(monitor(Map.of()).poolPrefix()).isEqualTo("serviceMonitor/shop/m/");
    }

    private static Monitor monitor(Map<String, Object> namespaceSelector) {
        return Monitor.of(
                ObjectKind.SERVICE_MONITOR,
                RawObject.of(Map.of(
                        "metadata", Map.of("name", "m", "namespace", "shop"),
                        "spec", Map.of("namespaceSelector", namespaceSelector))));
    }

    @Test
    void a_service_port_without_target_port_leads_to_itself() {
        Service service = Service.of(RawObject.of(Map.of(
                "metadata", Map.of("name", "s", "namespace", "shop"),
                "spec",
                        Map.of(
                                "selector", Map.of("app", "cart"),
                                "ports",
                                        List.of(
                                                Map.of("port", 80),
                                                Map.of("name", "m", "port", 81, "targetPort", "web"))))));
        assertThat(service.ports()).containsExactly(new Service.Port("", 80, "80"), new Service.Port("m", 81, "web"));
        assertThat(service.selects(Pod.of(pod(Map.of(), Map.of("app", "cart", "x", "y")))))
                .isTrue();
        assertThat(service.selects(Pod.of(pod(Map.of(), Map.of("app", "pay"))))).isFalse();
    }

    @Test
    void a_prometheus_object_has_one_replica_of_one_shard_and_the_root_prefix_unless_set() {
        PrometheusObject bare = prometheus(Map.of());
        assertThat(bare.replicas()).isEqualTo(1);
        assertThat(bare.shards()).isEqualTo(1);
        assertThat(bare.routePrefix()).isEqualTo("/");
        assertThat(bare.portName()).isEqualTo("web");
        assertThat(bare.governingService()).isEqualTo("prometheus-operated");
        PrometheusObject set = prometheus(
                Map.of("replicas", 2, "shards", 3, "routePrefix", "prom/", "portName", "http", "serviceName", "mine"));
        assertThat(set.replicas()).isEqualTo(2);
        assertThat(set.shards()).isEqualTo(3);
        assertThat(set.routePrefix()).isEqualTo("/prom");
        assertThat(set.portName()).isEqualTo("http");
        assertThat(set.governingService()).isEqualTo("mine");
    }

    private static PrometheusObject prometheus(Map<String, Object> spec) {
        return PrometheusObject.of(
                ObjectKind.PROMETHEUS,
                Trimming.trim(
                        ObjectKind.PROMETHEUS,
                        RawObject.of(
                                Map.of("metadata", Map.of("name", "k8s", "namespace", "monitoring"), "spec", spec))));
    }

    @Test
    void an_endpoint_without_a_ready_condition_is_ready() {
        EndpointSlice slice = EndpointSlice.of(RawObject.of(Map.of(
                "metadata",
                        Map.of("name", "s-1", "namespace", "shop", "labels", Map.of("kubernetes.io/service-name", "s")),
                "ports", List.of(Map.of("name", "web", "port", 8080)),
                "endpoints",
                        List.of(
                                Map.of(
                                        "addresses",
                                        List.of("10.0.0.1"),
                                        "targetRef",
                                        Map.of("kind", "Pod", "name", "p")),
                                Map.of("addresses", List.of("10.0.0.2"), "conditions", Map.of("ready", false))))));
        assertThat(slice.serviceName()).isEqualTo("s");
        assertThat(slice.endpoints())
                .containsExactly(
                        new EndpointSlice.Endpoint(List.of("10.0.0.1"), true, Optional.of("p")),
                        new EndpointSlice.Endpoint(List.of("10.0.0.2"), false, Optional.empty()));
    }
}
