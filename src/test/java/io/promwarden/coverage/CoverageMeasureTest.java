package io.promwarden.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.finding.NotRun;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.manifests.ManifestReader;
import io.promwarden.manifests.ManifestSource;
import io.promwarden.testing.written.AnswersFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoverageMeasureTest {

    private static final String WORLD = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: cart, namespace: shop}
            spec: {replicas: 2, template: {spec: {containers: [{name: cart, image: cart}]}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: cart-7f-a
              namespace: shop
              labels: {app: cart, pod-template-hash: 7f}
              ownerReferences: [{kind: ReplicaSet, name: cart-7f, controller: true}]
            spec:
              containers:
                - {name: cart, image: cart, ports: [{name: http, containerPort: 8080}]}
                - {name: exporter, image: quay.io/x/nginx-exporter:1, ports: [{name: metrics, containerPort: 9113}]}
            status: {phase: Running, podIP: 10.1.0.5}
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: cart-7f-b
              namespace: shop
              labels: {app: cart, pod-template-hash: 7f}
              ownerReferences: [{kind: ReplicaSet, name: cart-7f, controller: true}]
            spec: {containers: [{name: cart, image: cart, ports: [{name: http, containerPort: 8080}]}]}
            status: {phase: Running, podIP: 10.1.0.6}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: cart, namespace: shop}
            spec: {selector: {app: cart}, ports: [{name: http, port: 80}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: cart-1, namespace: shop, labels: {kubernetes.io/service-name: cart}}
            ports: [{name: http, port: 8080}]
            endpoints:
              - {addresses: [10.1.0.5], targetRef: {kind: Pod, name: cart-7f-a}}
              - {addresses: [10.1.0.6], targetRef: {kind: Pod, name: cart-7f-b}, conditions: {ready: false}}
            """;

    private static final String BOTH = """
            prometheus:
              - server: monitoring/k8s prometheus-k8s-0
                targets: &targets
                  - {pool: serviceMonitor/shop/cart/0, url: "http://10.1.0.5:8080/metrics", labels: {namespace: shop, pod: cart-7f-a}}
                  - {pool: serviceMonitor/shop/cart/0, url: "http://10.1.0.6:8080/metrics", labels: {namespace: shop, pod: cart-7f-b}}
            """;

    @Test
    void a_workload_and_its_service_are_covered_when_every_pod_has_a_target_that_is_up() {
        assertThat(measure(WORLD, BOTH).entries())
                .containsExactly(
                        new Coverage.Entry(
                                "shop",
                                "Deployment",
                                "cart",
                                Coverage.State.COVERED,
                                List.of(Coverage.By.SERVICE_MONITOR),
                                2,
                                2,
                                "ServiceMonitor shop/cart"),
                        new Coverage.Entry(
                                "shop",
                                "Service",
                                "cart",
                                Coverage.State.COVERED,
                                List.of(Coverage.By.SERVICE_MONITOR),
                                2,
                                2,
                                "ServiceMonitor shop/cart"));
    }

    @Test
    void a_target_in_one_replica_and_not_in_the_other_covers_partly() {
        Coverage.Entry entry = workload(BOTH + "  - {server: monitoring/k8s prometheus-k8s-1, targets: []}\n");

        assertThat(entry.state()).isEqualTo(Coverage.State.PARTLY);
        assertThat(entry.detail()).contains("no target in prometheus-k8s-1, though another replica has one");
        assertThat(entry.scraped()).isZero();
    }

    @Test
    void a_replica_that_did_not_answer_takes_nothing_away_but_is_told() {
        Coverage coverage =
                measure(WORLD, BOTH + "  - {server: monitoring/k8s prometheus-k8s-1, unknown: {targets: \"503\"}}\n");

        assertThat(coverage.entries()).allMatch(entry -> entry.state() == Coverage.State.COVERED);
    }

    @Test
    void a_shard_that_did_not_answer_leaves_what_is_not_covered_unmeasured() {
        Coverage coverage = measure(WORLD, """
                prometheus:
                  - {server: monitoring/k8s prometheus-k8s-0, targets: []}
                unreached:
                  prometheus: {monitoring/k8s prometheus-k8s-shard-1-0: connection refused}
                """);

        assertThat(coverage.entries()).allMatch(entry -> entry.state() == Coverage.State.NOT_MEASURED);
        assertThat(coverage.notRun())
                .contains(new NotRun("prod", "coverage", "prod/prometheus-k8s-shard-1-0: connection refused"));
        assertThat(CoverageRatio.of(coverage.entries()).ratio()).isEmpty();
    }

    @Test
    void no_server_at_all_is_not_the_same_as_nothing_covered() {
        Coverage coverage = measure(WORLD, "{}");

        assertThat(coverage.entries()).allMatch(entry -> entry.state() == Coverage.State.NOT_MEASURED);
        assertThat(coverage.notRun()).isNotEmpty();
    }

    @Test
    void an_agent_that_nobody_can_ask_may_have_the_target() {
        Coverage coverage =
                measure(WORLD + """
                ---
                apiVersion: monitoring.coreos.com/v1alpha1
                kind: PrometheusAgent
                metadata: {name: agent, namespace: monitoring}
                spec: {}
                """, "prometheus: [{server: monitoring/k8s prometheus-k8s-0, targets: []}]");

        assertThat(coverage.entries()).allMatch(entry -> entry.state() == Coverage.State.NOT_MEASURED);
    }

    @Test
    void targets_that_are_all_down_and_targets_that_were_never_scraped_are_told_apart() {
        String down = BOTH.replace("8080/metrics\",", "8080/metrics\", health: down, error: refused,");
        String waiting = BOTH.replace("8080/metrics\",", "8080/metrics\", health: unknown,");

        assertThat(workload(down).state()).isEqualTo(Coverage.State.DOWN);
        assertThat(workload(down).detail()).contains("refused");
        assertThat(workload(waiting).state()).isEqualTo(Coverage.State.NOT_MEASURED);
    }

    @Test
    void one_target_down_beside_one_that_is_up_covers_a_pod_partly() {
        String second = BOTH.replace(
                        "serviceMonitor/shop/cart/0, url: \"http://10.1.0.6", "x, health: down, url: \"http://10.1.0.6")
                + "      - {pool: x, health: down, url: \"http://10.1.0.5:9113/metrics\", labels: {namespace: shop, pod: cart-7f-a}}\n";

        assertThat(workload(second).state()).isEqualTo(Coverage.State.PARTLY);
    }

    @Test
    void a_blackbox_job_that_discovers_a_pod_and_asks_the_prober_does_not_cover_it() {
        Coverage.Entry entry = workload("""
                prometheus:
                  - server: main
                    targets:
                      - pool: blackbox
                        url: http://blackbox.monitoring.svc:9115/probe
                        discovered: {__meta_kubernetes_namespace: shop, __meta_kubernetes_pod_name: cart-7f-a}
                """);

        assertThat(entry.state()).isEqualTo(Coverage.State.UNCOVERED);
    }

    @Test
    void a_probe_looks_from_outside_and_covers_a_service_partly() {
        Coverage coverage = measure(WORLD, """
                prometheus:
                  - server: monitoring/k8s prometheus-k8s-0
                    targets:
                      - pool: probe/shop/cart
                        url: http://blackbox:9115/probe
                        labels: {instance: "http://cart.shop.svc/health"}
                """);

        assertThat(coverage.entries())
                .filteredOn(entry -> entry.kind().equals("Service"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.state()).isEqualTo(Coverage.State.PARTLY);
                    assertThat(entry.by()).containsExactly(Coverage.By.PROBE);
                });
    }

    @Test
    void what_covers_is_told_by_pool_configuration_and_container() {
        Coverage.Entry entry = workload("""
                prometheus:
                  - server: main
                    config:
                      scrape_configs:
                        - job_name: kubernetes-pods
                          relabel_configs: [{source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scrape]}]
                        - job_name: by-hand
                    targets:
                      - {pool: kubernetes-pods, url: "http://10.1.0.5:9113/metrics", labels: {namespace: shop, pod: cart-7f-a}}
                      - {pool: by-hand, url: "http://10.1.0.6:8080/metrics"}
                """);

        assertThat(entry.state()).isEqualTo(Coverage.State.COVERED);
        assertThat(entry.by())
                .containsExactlyInAnyOrder(Coverage.By.ANNOTATION, Coverage.By.SIDECAR, Coverage.By.STATIC);
        assertThat(entry.detail()).isEqualTo("job by-hand, job kubernetes-pods");
    }

    @Test
    void a_port_of_a_node_covers_only_the_pod_that_declares_it() {
        Coverage coverage = measure("""
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: node-exporter, namespace: monitoring}
                status: {desiredNumberScheduled: 1}
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: node-exporter-a
                  namespace: monitoring
                  ownerReferences: [{kind: DaemonSet, name: node-exporter, controller: true}]
                spec: {hostNetwork: true, containers: [{name: e, image: node-exporter, ports: [{containerPort: 9100}]}]}
                status: {phase: Running, podIP: 192.168.1.10}
                ---
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: kube-proxy, namespace: kube-system}
                status: {desiredNumberScheduled: 1}
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: kube-proxy-a
                  namespace: kube-system
                  ownerReferences: [{kind: DaemonSet, name: kube-proxy, controller: true}]
                spec: {hostNetwork: true, containers: [{name: p, image: kube-proxy}]}
                status: {phase: Running, podIP: 192.168.1.10}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: kubelet, namespace: kube-system}
                spec: {ports: [{name: https-metrics, port: 10250}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: kubelet-1, namespace: kube-system, labels: {kubernetes.io/service-name: kubelet}}
                ports: [{name: https-metrics, port: 10250}]
                endpoints: [{addresses: [192.168.1.10]}]
                """, """
                prometheus:
                  - server: main
                    targets:
                      - {pool: node, url: "http://192.168.1.10:9100/metrics"}
                      - {pool: serviceMonitor/monitoring/kubelet/0, url: "https://192.168.1.10:10250/metrics"}
                """);

        assertThat(coverage.entries())
                .extracting(Coverage.Entry::name, Coverage.Entry::state)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("node-exporter", Coverage.State.COVERED),
                        org.assertj.core.groups.Tuple.tuple("kube-proxy", Coverage.State.UNCOVERED),
                        org.assertj.core.groups.Tuple.tuple("kubelet", Coverage.State.COVERED));
    }

    @Test
    void what_does_not_run_is_idle_and_external_names_do_not_count() {
        Coverage coverage = measure("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: asleep}
                spec: {replicas: 0}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: empty}
                spec: {selector: {app: off}}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: elsewhere}
                spec: {type: ExternalName}
                """, "prometheus: [{server: main, targets: []}]");

        assertThat(coverage.entries())
                .extracting(Coverage.Entry::name, Coverage.Entry::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("asleep", Coverage.State.IDLE),
                        org.assertj.core.groups.Tuple.tuple("empty", Coverage.State.IDLE));
    }

    @Test
    void an_exemption_takes_out_what_is_not_covered_and_nothing_else() {
        Coverage covered = CoverageMeasure.measure(
                "prod", inventory(WORLD), AnswersFile.parse(BOTH).metrics(), subject -> Optional.of("no metrics"));
        Coverage uncovered = CoverageMeasure.measure(
                "prod",
                inventory(WORLD),
                AnswersFile.parse("prometheus: [{server: main, targets: []}]").metrics(),
                subject -> subject.kind().equals("Service") ? Optional.of("no metrics") : Optional.empty());

        assertThat(covered.entries()).allMatch(entry -> entry.state() == Coverage.State.COVERED);
        assertThat(uncovered.entries())
                .extracting(Coverage.Entry::state)
                .containsExactly(Coverage.State.UNCOVERED, Coverage.State.EXEMPT);
    }

    @Test
    void without_kubernetes_there_is_nothing_to_measure_and_no_complaint() {
        Coverage coverage = CoverageMeasure.measure(
                "prod", Optional.empty(), AnswersFile.parse(BOTH).metrics(), s -> Optional.empty());

        assertThat(coverage.entries()).isEmpty();
        assertThat(coverage.notRun()).isEmpty();
    }

    private static Coverage.Entry workload(String answers) {
        return measure(WORLD, answers).entries().get(0);
    }

    private static Coverage measure(String world, String answers) {
        return CoverageMeasure.measure(
                "prod", inventory(world), AnswersFile.parse(answers).metrics(), subject -> Optional.empty());
    }

    private static Optional<ClusterInventory> inventory(String world) {
        return Optional.of(ClusterInventory.read(
                "prod",
                new ManifestSource(ManifestReader.parse("world.yaml", world).objects(), "default")));
    }
}
