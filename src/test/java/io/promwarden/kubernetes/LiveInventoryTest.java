package io.promwarden.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.http.ServerLimit;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.ObjectMeta;
import io.promwarden.inventory.RawObject;
import io.promwarden.kubernetes.StubServer.Reply;
import io.promwarden.kubernetes.StubServer.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveInventoryTest {

    private static String page(String next, String... names) {
        List<String> items = new ArrayList<>();
        for (String name : names) {
            items.add("{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"shop\",\"managedFields\":[{\"a\":1}]},"
                    + "\"spec\":{\"containers\":[{\"name\":\"c\",\"env\":[{\"name\":\"P\",\"value\":\"hunter2\"}]}]}}");
        }
        return "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\",\"continue\":\""
                + next + "\"},\"items\":[" + String.join(",", items) + "]}";
    }

    private static Answer<List<String>> names(StubServer server, ObjectKind kind) {
        return names(server.url(), kind, TestCluster.PATIENCE);
    }

    private static Answer<List<String>> names(String url, ObjectKind kind, Duration timeout) {
        try (KubernetesCluster cluster = TestCluster.open(url, timeout)) {
            return cluster.inventory().list(kind, RawObject::name);
        }
    }

    private static String reason(Answer<?> answer) {
        return answer.reason().orElseThrow();
    }

    @Test
    void a_list_is_read_page_by_page_to_its_end() {
        try (StubServer server = new StubServer(request -> switch (request.query()) {
            case "limit=500" -> StubServer.json(page("t/1+=", "a", "b"));
            case "limit=500&continue=t%2F1%2B%3D" -> StubServer.json(page("t2", "c"));
            case "limit=500&continue=t2" -> StubServer.json(page("", "d"));
            default -> StubServer.json(400, "{}");
        })) {
            assertThat(names(server, ObjectKind.POD)).isEqualTo(Answer.known(List.of("a", "b", "c", "d")));
            assertThat(server.asked()).extracting(Request::path).containsOnly("/api/v1/pods");
            assertThat(server.asked().getFirst().headers().get("Authorization"))
                    .containsExactly("Bearer " + TestCluster.TOKEN);
        }
    }

    @Test
    void an_object_is_trimmed_before_anybody_sees_it() {
        try (StubServer server = new StubServer(request -> StubServer.json(page("", "a")));
                KubernetesCluster cluster = TestCluster.open(server.url())) {
            List<RawObject> objects =
                    cluster.inventory().list(ObjectKind.POD, raw -> raw).value().orElseThrow();
            assertThat(objects.toString()).contains("containers").doesNotContain("hunter2", "managedFields");
        }
    }

    @Test
    void an_expired_token_starts_the_list_over_and_counts_nothing_twice() {
        AtomicInteger second = new AtomicInteger();
        try (StubServer server = new StubServer(request -> {
            if (request.query().equals("limit=500")) {
                return StubServer.json(page("t1", "a", "b"));
            }
            return second.incrementAndGet() == 1
                    ? StubServer.status(410, "The provided continue parameter is too old")
                    : StubServer.json(page("", "c"));
        })) {
            assertThat(names(server, ObjectKind.POD)).isEqualTo(Answer.known(List.of("a", "b", "c")));
        }
    }

    @Test
    void a_list_that_always_expires_is_given_up() {
        try (StubServer server = new StubServer(request -> request.query().contains("continue")
                ? StubServer.status(410, "too old")
                : StubServer.json(page("t1", "a")))) {
            assertThat(reason(names(server, ObjectKind.POD))).contains("410", "pods", "3 times");
            assertThat(server.asked()).hasSize(6);
        }
    }

    @Test
    void a_server_that_gives_the_same_token_for_ever_is_given_up() {
        try (StubServer server = new StubServer(request -> StubServer.json(page("t1", "a")))) {
            assertThat(reason(names(server, ObjectKind.POD))).contains("same page");
        }
    }

    @Test
    void what_may_not_be_listed_is_unknown_with_the_right_that_is_missing() {
        try (StubServer server = new StubServer(request -> StubServer.status(403, "deployments.apps is forbidden"))) {
            assertThat(reason(names(server, ObjectKind.DEPLOYMENT)))
                    .contains(
                            "403: may not list deployments",
                            "deployments.apps is forbidden",
                            "apiGroups [\"apps\"]",
                            "verbs [\"list\"]");
            assertThat(server.asked()).hasSize(1);
        }
    }

    @Test
    void credentials_that_are_not_accepted_are_told() {
        try (StubServer server = new StubServer(request -> StubServer.status(401, "Unauthorized"))) {
            assertThat(reason(names(server, ObjectKind.POD))).contains("401", "credentials", "Unauthorized");
        }
    }

    @Test
    void an_operator_kind_without_its_crd_is_an_empty_list_and_any_other_kind_is_not() {
        try (StubServer server =
                new StubServer(request -> new StubServer.Text(404, "text/plain", "404 page not found", Map.of()))) {
            assertThat(names(server, ObjectKind.SERVICE_MONITOR)).isEqualTo(Answer.known(List.of()));
            assertThat(reason(names(server, ObjectKind.ENDPOINT_SLICE)))
                    .contains("404", "discovery.k8s.io/v1 endpointslices");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void a_passing_weakness_is_waited_for(int status) {
        AtomicInteger tries = new AtomicInteger();
        try (StubServer server = new StubServer(request ->
                tries.incrementAndGet() < 3 ? StubServer.status(status, "not now") : StubServer.json(page("", "a")))) {
            assertThat(names(server, ObjectKind.POD)).isEqualTo(Answer.known(List.of("a")));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void a_lasting_weakness_is_given_up_after_some_tries(int status) {
        try (StubServer server = new StubServer(request -> StubServer.status(status, "not now"))) {
            assertThat(reason(names(server, ObjectKind.POD))).contains(status + ":", "not now");
            assertThat(server.asked()).hasSize(TestCluster.QUICK.tries());
        }
    }

    @Test
    void a_server_that_hangs_is_left_after_a_while_and_not_asked_again() {
        try (StubServer server = new StubServer(request -> new StubServer.Hang())) {
            assertThat(reason(names(server.url(), ObjectKind.POD, Duration.ofMillis(300))))
                    .contains("no whole answer", "300 ms");
            assertThat(server.asked()).hasSize(1);
        }
    }

    @Test
    void half_an_answer_is_asked_for_again_and_is_never_taken_for_the_whole() {
        AtomicInteger tries = new AtomicInteger();
        String whole = page("", "a", "b");
        try (StubServer server = new StubServer(
                request -> tries.incrementAndGet() == 1 ? new StubServer.Half(whole) : StubServer.json(whole))) {
            assertThat(names(server, ObjectKind.POD)).isEqualTo(Answer.known(List.of("a", "b")));
        }
        try (StubServer server = new StubServer(request -> new StubServer.Half(whole))) {
            assertThat(reason(names(server, ObjectKind.POD))).contains("broke");
        }
    }

    @Test
    void what_is_no_list_is_unknown_and_not_empty() {
        for (Reply reply : List.of(
                StubServer.json("{\"kind\":\"PodList\",\"items\":[{\"metadata\":{\"name\":\"a\"}}"),
                StubServer.json("{\"kind\":\"PodList\",\"metadata\":{}}"),
                StubServer.json("[]"),
                StubServer.json(""),
                new StubServer.Text(200, "text/html", "<html>Please log in</html>", Map.of()))) {
            try (StubServer server = new StubServer(request -> reply)) {
                assertThat(reason(names(server, ObjectKind.POD))).contains("no list of pods");
            }
        }
    }

    @Test
    void a_list_whose_items_are_null_is_empty() {
        try (StubServer server = new StubServer(request -> StubServer.json("{\"kind\":\"PodList\",\"items\":null}"))) {
            assertThat(names(server, ObjectKind.POD)).isEqualTo(Answer.known(List.of()));
        }
    }

    @Test
    void nobody_there_is_unknown() {
        String url;
        try (StubServer server = new StubServer(request -> StubServer.json(page("", "a")))) {
            url = server.url();
        }
        assertThat(reason(names(url, ObjectKind.POD, TestCluster.PATIENCE))).contains("refuses the connection");
    }

    @Test
    void a_redirect_is_not_followed_so_the_token_stays_with_the_api_server() {
        try (StubServer thief = new StubServer(request -> StubServer.json(page("", "stolen")));
                StubServer server = new StubServer(request ->
                        new StubServer.Text(302, "text/plain", "", Map.of("Location", thief.url() + "/api/v1/pods")))) {
            assertThat(reason(names(server, ObjectKind.POD))).contains("302");
            assertThat(thief.asked()).isEmpty();
        }
    }

    @Test
    void a_page_larger_than_the_cap_is_given_up() {
        try (StubServer server = new StubServer(request -> StubServer.json(page("", "a", "b", "c")));
                ApiServer api = new ApiServer(TestCluster.config(server.url()), 100)) {
            Answer<List<String>> names = new LiveInventory(
                            api, new ServerLimit(4, 1000), TestCluster.QUICK, TestCluster.PATIENCE)
                    .list(ObjectKind.POD, RawObject::name);
            assertThat(reason(names)).contains("larger than the cap of 100 bytes");
        }
    }

    @Test
    void reading_a_cluster_lists_every_kind_once_and_asks_nothing_else() {
        try (StubServer server = new StubServer(request -> StubServer.json("{\"kind\":\"List\",\"items\":[]}"));
                KubernetesCluster cluster = TestCluster.open(server.url())) {
            ClusterInventory inventory = ClusterInventory.read("eu-1", cluster.inventory());
            assertThat(inventory.pods().value()).isPresent();
            assertThat(server.asked())
                    .extracting(request -> request.method() + " " + request.path())
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(ObjectKind.values())
                            .flatMap(kind -> kind.selections().stream()
                                    .map(selection -> "GET /" + (kind.group().isEmpty() ? "api/" : "apis/")
                                            + kind.apiVersion() + "/" + kind.plural()))
                            .toList());
        }
    }

    @Test
    void one_kind_that_may_not_be_listed_leaves_the_others_known() {
        try (StubServer server = new StubServer(request -> request.path().endsWith("/services")
                        ? StubServer.status(403, "services is forbidden")
                        : StubServer.json(page("", "a")));
                KubernetesCluster cluster = TestCluster.open(server.url())) {
            ClusterInventory inventory = ClusterInventory.read("eu-1", cluster.inventory());
            assertThat(inventory.services().reason()).isPresent();
            assertThat(inventory.pods().value().orElseThrow().all())
                    .extracting(pod -> pod.meta().name())
                    .containsExactly("a");
        }
    }

    @Test
    void the_version_is_told_or_why_not() {
        try (StubServer server = new StubServer(request -> StubServer.json("{\"gitVersion\":\"v1.33.1\"}"));
                KubernetesCluster cluster = TestCluster.open(server.url())) {
            assertThat(cluster.version()).isEqualTo(Answer.known("v1.33.1"));
        }
        try (StubServer server = new StubServer(request -> StubServer.json("{}"));
                KubernetesCluster cluster = TestCluster.open(server.url())) {
            assertThat(reason(cluster.version())).contains("no API server");
        }
    }

    @Test
    void an_object_may_be_kept_as_its_name_alone() {
        try (StubServer server = new StubServer(request -> StubServer.json(page("", "a")));
                KubernetesCluster cluster = TestCluster.open(server.url())) {
            assertThat(cluster.inventory().list(ObjectKind.POD, ObjectMeta::of).value())
                    .hasValueSatisfying(
                            list -> assertThat(list).extracting(ObjectMeta::key).containsExactly("shop/a"));
        }
    }
}
