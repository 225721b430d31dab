package io.promwarden.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.admission.Admission;
import io.promwarden.admission.ControllerRules;
import io.promwarden.admission.CrdSchemas;
import io.promwarden.admission.OperatorVersion;
import io.promwarden.http.DirectExchange;
import io.promwarden.http.ServerConnection;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.ReferencedData;
import io.promwarden.kubernetes.KubernetesCluster;
import io.promwarden.kubernetes.MockCluster;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Servers;
import io.promwarden.observation.Target;
import io.promwarden.observation.Targets;
import io.promwarden.prometheus.PrometheusServer;
import io.promwarden.testing.RealPrometheus;
import io.promwarden.testing.RealServers;
import io.promwarden.testing.SelfSigned;
import io.promwarden.testing.StubServer;
import io.promwarden.testing.StubServer.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exporters with all their troubles, scraped by a real Prometheus under the operator's names, and explained. */
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ExplainIT {

    private static final String PROMETHEUS = """
            apiVersion: monitoring.coreos.com/v1
            kind: Prometheus
            metadata: {name: k8s, namespace: monitoring}
            spec: {serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {}}
            """;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<String, Chain> chains = new TreeMap<>();
    private final StringBuilder jobs = new StringBuilder();
    private final StringBuilder objects = new StringBuilder(PROMETHEUS);
    private MetricsServer server;

    @BeforeAll
    void scrape_and_explain_everything(@TempDir Path folder) throws InterruptedException {
        StubServer exporter = opened(StubServer.start());
        StubServer tls = opened(StubServer.start(SelfSigned.of("ip:127.0.0.1").server(), false));
        String here = exporter.uri().getAuthority();
        String nobody = "127.0.0.1:" + RealServers.freePort();
        long minuteAgo = Instant.now().minusSeconds(60).toEpochMilli();
        exporter.on("/metrics", exposition("orders_total 1\n"))
                .on("/slow", exposition("orders_total 1\n").after(Duration.ofMinutes(1)))
                .on("/401", Reply.of(401, "who?"))
                .on("/403", Reply.of(403, "no"))
                .on("/500", Reply.of(500, "oh"))
                .on("/html", Reply.of(200, "<html><body>hello</body></html>").header("Content-Type", "text/html"))
                .on(
                        "/many",
                        exposition(IntStream.range(0, 50)
                                .mapToObj(i -> "orders_total{shop=\"" + i + "\"} 1\n")
                                .collect(Collectors.joining())))
                .on("/labels", exposition("orders_total{a=\"1\",b=\"2\",c=\"3\",d=\"4\",e=\"5\",f=\"6\"} 1\n"))
                .on("/old", exposition("orders_total 1 " + minuteAgo + "\n"));
        tls.on("/metrics", exposition("orders_total 1\n"));

        job("healthy", "metrics_path: /metrics", here);
        job("refuses", "metrics_path: /metrics", nobody);
        job("hangs", "metrics_path: /slow", here);
        job("asks-for-a-password", "metrics_path: /401", here);
        job("forbids", "metrics_path: /403", here);
        job("serves-elsewhere", "metrics_path: /nowhere", here);
        job("fails", "metrics_path: /500", here);
        job("is-a-web-page", "metrics_path: /html", here);
        job("has-many-samples", "metrics_path: /many\n    sample_limit: 10", here);
        job("has-a-large-body", "metrics_path: /many\n    body_size_limit: 100B", here);
        job("has-many-labels", "metrics_path: /labels\n    label_limit: 5", here);
        job("has-long-labels", "metrics_path: /labels\n    label_name_length_limit: 3", here);
        job("has-a-bad-certificate", "scheme: https", tls.uri().getAuthority());
        job("speaks-only-tls", "scheme: http", tls.uri().getAuthority());
        job("has-no-such-host", "metrics_path: /metrics", "cart.invalid:80");
        job("drops-all", "metric_relabel_configs: [{source_labels: [__name__], regex: orders_.*, action: drop}]", here);
        job("is-old", "metrics_path: /old", here);
        job("is-up-in-part", "metrics_path: /metrics", here, nobody);
        job("fails-in-several-ways", "metrics_path: /nowhere", here, nobody, "127.0.0.1:" + RealServers.freePort());
        declare("is-not-loaded", here);

        RealPrometheus prometheus = opened(RealPrometheus.in(folder)
                .configuration("""
                        global: {scrape_interval: 2s, scrape_timeout: 1s}
                        scrape_configs:
                        """ + jobs)
                .flag("--web.enable-lifecycle")
                .start());
        server = new PrometheusServer(
                new ServerId("test", "monitoring/k8s", "prometheus-k8s-0"),
                new DirectExchange(ServerConnection.to(prometheus.uri())),
                Duration.ofSeconds(30));
        await(() -> server.targets().value().map(Targets::active).orElse(List.of()).stream()
                        .allMatch(target -> target.health() != Target.Health.UNKNOWN)
                && server.query("orders_total{job=~\".*/(healthy|is-old)/.*\"}", Instant.now())
                                .value()
                                .map(List::size)
                                .orElse(0)
                        == 2);
        explain();

        prometheus.configuration("scrape_configs: [{}]");
        reload(prometheus.uri());
        await(() -> server.runtimeInfo()
                .value()
                .map(info -> !info.reloadConfigSuccess())
                .orElse(false));
    }

    @AfterAll
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "healthy,none",
        "refuses,connection-refused",
        "hangs,timeout",
        "asks-for-a-password,unauthorized",
        "forbids,unauthorized",
        "serves-elsewhere,path-not-found",
        "fails,http-error",
        "is-a-web-page,not-an-exposition",
        "has-many-samples,sample-limit",
        "has-a-large-body,body-size-limit",
        "has-many-labels,label-limit",
        "has-long-labels,label-limit",
        "has-a-bad-certificate,tls-failure",
        "speaks-only-tls,tls-failure",
        "has-no-such-host,name-resolution",
        "drops-all,all-samples-dropped",
        "is-old,stale",
        "is-up-in-part,none",
        "fails-in-several-ways,connection-refused",
        "is-not-loaded,config-not-loaded",
    })
    void an_exporter_s_trouble_has_its_code(String name, String code) {
        Chain chain = chain(name);

        assertThat(chain.code().map(Code::word).orElse("none"))
                .as("%s", chain.links())
                .isEqualTo(code);
        Chain.Scraped scraped = code.equals("none") ? Chain.Scraped.UNKNOWN : Chain.Scraped.FALSE;
        assertThat(chain.scraped()).isEqualTo(scraped);
    }

    @Test
    void of_a_healthy_one_nothing_is_open_but_the_rights_that_the_cluster_says_nothing_of() {
        assertThat(chain("healthy").links())
                .filteredOn(link -> link.outcome() != Link.Outcome.OK)
                .extracting(Link::name)
                .containsExactly(LinkName.PERMITTED);
    }

    @Test
    void the_path_that_answers_on_the_neighbour_is_named() {
        assertThat(chain("serves-elsewhere").broken().orElseThrow().evidence())
                .anyMatch(said -> said.equals("the path /metrics answers at the same address"));
    }

    @Test
    void rarer_causes_are_evidence() {
        assertThat(chain("fails-in-several-ways").broken().orElseThrow().evidence())
                .anyMatch(said -> said.startsWith("path-not-found (1): "));
    }

    @Test
    void targets_of_two_pools_are_a_warning() {
        assertThat(chain("healthy").warnings())
                .anyMatch(
                        said -> said.startsWith("scraped-twice: ") && said.contains("serviceMonitor/shop/drops-all/0"));
    }

    @Test
    void a_reload_that_failed_stands_before_all_that_is_scraped() {
        chains.clear();
        explain();

        assertThat(chain("healthy").code()).contains(Code.CONFIG_NOT_LOADED);
    }

    private Chain chain(String name) {
        return Objects.requireNonNull(chains.get(name), name);
    }

    private void explain() {
        Map<String, Chain> found = new TreeMap<>();
        try (MockCluster mock = new MockCluster()) {
            mock.create(objects.toString());
            KubernetesCluster cluster = mock.open();
            ClusterInventory declared = ClusterInventory.read("test", cluster.inventory());
            Admission admission = new Admission(
                    CrdSchemas.essentials(),
                    new ControllerRules(OperatorVersion.newest()),
                    ReferencedData.unread("not allowed to read Secrets"));
            Instant now = Instant.now();
            Running running =
                    new Running(Servers.of(List.of(server)), now, (id, expression) -> server.query(expression, now));
            Explainer explainer =
                    new Explainer(new World(declared, admission::judge, Optional.empty(), Optional.of(running)));
            explainer
                    .monitors()
                    .forEach(monitor -> explainer
                            .explain(monitor)
                            .forEach(chain -> found.put(monitor.meta().name(), chain)));
        }
        chains.putAll(found);
    }

    private static Reply exposition(String text) {
        return Reply.of(200, text).header("Content-Type", "text/plain; version=0.0.4");
    }

    /** A job as the operator would write it, and the objects that it would write it for. */
    private void job(String name, String more, String... addresses) {
        jobs.append("  - job_name: serviceMonitor/shop/").append(name).append("/0\n    ");
        jobs.append(more).append("\n    static_configs: [{targets: [\"");
        jobs.append(String.join("\", \"", addresses)).append("\"]}]\n");
        declare(name, addresses[0]);
    }

    private void declare(String name, String address) {
        String port = address.substring(address.lastIndexOf(':') + 1);
        objects.append("""
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s, namespace: shop, labels: {app: %1$s}}
                spec: {selector: {app: %1$s}, ports: [{name: http, port: 80, targetPort: %2$s}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: %1$s-0, namespace: shop, labels: {app: %1$s}}
                spec: {containers: [{name: app, image: app, ports: [{containerPort: %2$s}]}]}
                status: {phase: Running, podIP: 127.0.0.1}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %1$s-x, namespace: shop, labels: {kubernetes.io/service-name: %1$s}}
                addressType: IPv4
                ports: [{name: http, port: %2$s}]
                endpoints: [{addresses: [127.0.0.1], conditions: {ready: true}, targetRef: {kind: Pod, name: %1$s-0}}]
                ---
                apiVersion: monitoring.coreos.com/v1
                kind: ServiceMonitor
                metadata: {name: %1$s, namespace: shop}
                spec: {selector: {matchLabels: {app: %1$s}}, endpoints: [{port: http}]}
                """.formatted(name, port));
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("a minute has gone by").isBefore(deadline);
            Thread.sleep(200);
        }
    }

    private static void reload(URI prometheus) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(
                    HttpRequest.newBuilder(prometheus.resolve("/-/reload"))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
