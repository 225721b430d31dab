package io.promwarden.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpAnswer.Unanswered;
import io.promwarden.http.HttpQuestion;
import io.promwarden.http.HttpQuestion.Parameter;
import io.promwarden.kubernetes.DiscoveredServer.Kind;
import io.promwarden.kubernetes.DiscoveredServer.Reachable;
import io.promwarden.observation.ServerId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodProxyExchangeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static Reachable pod(String routePrefix, boolean https) {
        return new Reachable(
                new ServerId("eu-1", "monitoring/k8s", "prometheus-k8s-0"),
                Kind.PROMETHEUS,
                "monitoring",
                "prometheus-k8s-0",
                "10.0.0.7",
                9090,
                routePrefix,
                https,
                "prometheus-k8s-0.prometheus-operated.monitoring.svc");
    }

    private static HttpAnswer ask(StubServer server, Reachable pod, HttpQuestion question) {
        try (KubernetesCluster cluster = TestCluster.open(server.url())) {
            return cluster.podProxy(pod).ask(question);
        }
    }

    @Test
    void a_question_goes_through_the_api_server_to_the_pods_port() {
        try (StubServer server = new StubServer(request -> StubServer.json("{\"status\":\"success\"}"))) {
            HttpAnswer answer = ask(
                    server,
                    pod("/", false),
                    HttpQuestion.get("/api/v1/query", PATIENCE, new Parameter("query", "up{a=\"+ &\"}")));
            assertThat(((Received) answer).text()).isEqualTo("{\"status\":\"success\"}");
            assertThat(((Received) answer).contentType()).isEqualTo("application/json");
            StubServer.Request asked = server.asked().getFirst();
            assertThat(asked.path())
                    .isEqualTo("/api/v1/namespaces/monitoring/pods/prometheus-k8s-0:9090/proxy/api/v1/query");
            assertThat(asked.query()).isEqualTo("query=up%7Ba%3D%22%2B+%26%22%7D");
            assertThat(asked.headers().get("Authorization")).containsExactly("Bearer " + TestCluster.TOKEN);
        }
    }

    @Test
    void tls_and_route_prefix_are_part_of_the_way() {
        try (StubServer server = new StubServer(request -> StubServer.json("{}"))) {
            ask(server, pod("/prom/eu", true), HttpQuestion.get("/-/ready", PATIENCE));
            assertThat(server.asked().getFirst().path())
                    .isEqualTo("/api/v1/namespaces/monitoring/pods/https:prometheus-k8s-0:9090/proxy/prom/eu/-/ready");
        }
    }

    @Test
    void a_form_is_posted_as_a_form() {
        try (StubServer server = new StubServer(request -> StubServer.json("{}"))) {
            ask(
                    server,
                    pod("/", false),
                    HttpQuestion.form(
                            "/api/v1/series", PATIENCE, new Parameter("match[]", "up"), new Parameter("match[]", "b")));
            StubServer.Request asked = server.asked().getFirst();
            assertThat(asked.method()).isEqualTo("POST");
            assertThat(asked.body()).isEqualTo("match%5B%5D=up&match%5B%5D=b");
            assertThat(asked.headers().get("Content-type")).containsExactly("application/x-www-form-urlencoded");
        }
    }

    @Test
    void a_call_that_changes_something_is_sent_once_whatever_comes_back() {
        for (StubServer.Reply reply : java.util.List.of(
                StubServer.json(500, "{\"status\":\"error\",\"errorType\":\"unavailable\"}"),
                StubServer.status(503, "error trying to reach service"),
                StubServer.json(429, "{}"),
                new StubServer.Half("{}"))) {
            try (StubServer server = new StubServer(request -> reply)) {
                ask(server, pod("/", false), HttpQuestion.once("/api/v1/admin/tsdb/delete_series", PATIENCE));
                assertThat(server.asked()).hasSize(1);
            }
        }
    }

    @Test
    void a_403_of_the_api_server_names_the_missing_right_and_a_403_of_the_pod_is_the_pods() {
        try (StubServer server = new StubServer(request -> StubServer.status(403, "pods is forbidden"))) {
            assertThat(ask(server, pod("/", false), HttpQuestion.get("/metrics", PATIENCE)))
                    .isInstanceOfSatisfying(Unanswered.class, answer -> {
                        assertThat(answer.reason()).contains("403", "pods/proxy", "\"get\"", "pods is forbidden");
                        assertThat(answer.sent()).isFalse();
                    });
            assertThat(ask(server, pod("/", false), HttpQuestion.once("/x", PATIENCE)))
                    .isInstanceOfSatisfying(
                            Unanswered.class,
                            answer -> assertThat(answer.reason()).contains("\"create\""));
        }
        try (StubServer server = new StubServer(request -> new StubServer.Text(403, "text/plain", "no", Map.of()))) {
            assertThat(ask(server, pod("/", false), HttpQuestion.get("/metrics", PATIENCE)))
                    .isInstanceOfSatisfying(
                            Received.class,
                            answer -> assertThat(answer.status()).isEqualTo(403));
        }
    }

    @Test
    void a_pod_that_the_api_server_cannot_reach_may_have_seen_the_call() {
        try (StubServer server = new StubServer(
                request -> StubServer.status(503, "error trying to reach service: dial tcp 10.0.0.7:9090"))) {
            assertThat(ask(server, pod("/", false), HttpQuestion.get("/metrics", PATIENCE)))
                    .isInstanceOfSatisfying(Unanswered.class, answer -> {
                        assertThat(answer.reason()).contains("can't reach the pod", "dial tcp");
                        assertThat(answer.sent()).isTrue();
                        assertThat(answer.passing()).isTrue();
                    });
        }
    }

    @Test
    void a_pod_that_redirects_does_not_get_the_clusters_token_sent_elsewhere() {
        try (StubServer thief = new StubServer(request -> StubServer.json("{}"));
                StubServer server = new StubServer(request ->
                        new StubServer.Text(307, "text/plain", "", Map.of("Location", thief.url() + "/steal")))) {
            assertThat(ask(server, pod("/", false), HttpQuestion.get("/metrics", PATIENCE)))
                    .isInstanceOfSatisfying(
                            Received.class,
                            answer -> assertThat(answer.status()).isEqualTo(307));
            assertThat(thief.asked()).isEmpty();
        }
    }

    @Test
    void an_empty_answer_and_one_that_never_comes_are_told_apart() {
        try (StubServer server = new StubServer(request -> new StubServer.Text(204, "", "", Map.of()))) {
            assertThat(ask(server, pod("/", false), HttpQuestion.once("/x", PATIENCE)))
                    .isInstanceOfSatisfying(
                            Received.class,
                            answer -> assertThat(answer.status()).isEqualTo(204));
        }
        try (StubServer server = new StubServer(request -> new StubServer.Hang())) {
            assertThat(ask(server, pod("/", false), HttpQuestion.get("/x", Duration.ofMillis(300))))
                    .isInstanceOfSatisfying(Unanswered.class, answer -> {
                        assertThat(answer.sent()).isTrue();
                        assertThat(answer.passing()).isFalse();
                    });
        }
    }
}
