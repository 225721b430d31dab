package io.promwarden.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.http.Exchange;
import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpQuestion;
import io.promwarden.http.HttpQuestion.Parameter;
import io.promwarden.inventory.InventorySource;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.ObjectMeta;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.Trimming;
import io.promwarden.observation.ServerId;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {

    private static final Instant AT = Instant.parse("2026-11-22T02:10:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ServerId ID = new ServerId("eu-1", "monitoring/k8s", "prometheus-k8s-0");
    private static final CapturedServer SERVER = CapturedServer.reachable(CapturedServer.Kind.PROMETHEUS, ID);
    private static final String UP = """
            {"status":"success","data":{"resultType":"vector","result":[{"metric":{"job":"shop"},"value":[1763777400.5,"1"]}]}}""";

    @TempDir
    private Path folder;

    private CaptureRecorder begin() {
        return CaptureRecorder.begin(folder.resolve("capture"), AT, "test")
                .value()
                .orElseThrow();
    }

    private CaptureReplay replay() {
        return CaptureReplay.open(folder.resolve("capture")).value().orElseThrow();
    }

    private static HttpQuestion query(String expression) {
        return HttpQuestion.get(
                "/api/v1/query", PATIENCE, new Parameter("query", expression), new Parameter("time", "1763777400"));
    }

    private static HttpAnswer json(String body) {
        return new HttpAnswer.Received(200, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(HttpAnswer answer) {
        return ((HttpAnswer.Received) answer).text();
    }

    private static InventorySource pods(String... names) {
        return new InventorySource() {
            @Override
            public <T> Answer<List<T>> list(ObjectKind kind, Function<RawObject, T> keep) {
                if (kind != ObjectKind.POD) {
                    return Answer.unknown("403: may not list " + kind.plural());
                }
                return Answer.known(Stream.of(names)
                        .map(name -> Trimming.trim(
                                kind, RawObject.of(Map.of("metadata", Map.of("name", name, "namespace", "shop")))))
                        .map(keep)
                        .toList());
            }
        };
    }

    @Test
    void a_question_that_was_recorded_is_answered_alike() {
        HttpAnswer live;
        try (CaptureRecorder recorder = begin()) {
            live = recorder.cluster("eu-1")
                    .exchange(SERVER, question -> json(UP))
                    .ask(query("up"));
            recorder.finish();
        }
        HttpAnswer replayed =
                replay().findCluster("eu-1").orElseThrow().exchange(SERVER).ask(query("up"));
        assertThat(text(replayed)).isEqualTo(text(live)).isEqualTo(UP);
        assertThat(((HttpAnswer.Received) replayed).status()).isEqualTo(200);
    }

    @Test
    void the_method_and_the_order_of_parameters_do_not_matter() {
        try (CaptureRecorder recorder = begin()) {
            recorder.cluster("eu-1").exchange(SERVER, question -> json(UP)).ask(query("up"));
            recorder.finish();
        }
        HttpQuestion posted = HttpQuestion.form(
                "/api/v1/query", PATIENCE, new Parameter("time", "1763777400"), new Parameter("query", "up"));
        assertThat(text(replay().clusters().getFirst().exchange(SERVER).ask(posted)))
                .isEqualTo(UP);
    }

    @Test
    void a_question_that_nobody_asked_is_not_in_the_capture() {
        try (CaptureRecorder recorder = begin()) {
            recorder.cluster("eu-1").exchange(SERVER, question -> json(UP)).ask(query("up"));
            recorder.finish();
        }
        assertThat(replay().clusters().getFirst().exchange(SERVER).ask(query("down")))
                .isEqualTo(new HttpAnswer.Unanswered("not in the capture", false));
    }

    @Test
    void a_path_that_is_not_on_the_allow_list_is_neither_asked_nor_recorded() {
        AtomicInteger asked = new AtomicInteger();
        try (CaptureRecorder recorder = begin()) {
            Exchange exchange = recorder.cluster("eu-1").exchange(SERVER, question -> {
                asked.incrementAndGet();
                return json("{}");
            });
            assertThat(exchange.ask(HttpQuestion.get("/api/v1/admin/secrets", PATIENCE)))
                    .isInstanceOf(HttpAnswer.Unanswered.class);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void a_call_that_changes_something_is_refused_while_recording_and_in_a_replay() {
        HttpQuestion delete = HttpQuestion.once("/api/v1/admin/tsdb/delete_series", PATIENCE);
        try (CaptureRecorder recorder = begin()) {
            HttpAnswer live = recorder.cluster("eu-1")
                    .exchange(SERVER, question -> new HttpAnswer.Received(204, "", new byte[0]))
                    .ask(delete);
            assertThat(live)
                    .isEqualTo(new HttpAnswer.Unanswered("a world that is being recorded is not changed", false));
            recorder.finish();
        }
        assertThat(replay().clusters().getFirst().exchange(SERVER).ask(delete))
                .isEqualTo(new HttpAnswer.Unanswered("a capture is replayed: nothing can be changed there", false));
    }

    @Test
    void objects_are_replayed_as_they_were_listed_and_so_is_a_kind_that_could_not_be() {
        try (CaptureRecorder recorder = begin()) {
            InventorySource source =
                    recorder.cluster("eu-1").inventory(Answer.known("v1.33.1"), pods("cart-1", "cart-2"));
            source.list(ObjectKind.POD, ObjectMeta::of);
            source.list(ObjectKind.SERVICE, ObjectMeta::of);
            recorder.finish();
        }
        ReplayedCluster cluster = replay().clusters().getFirst();
        InventorySource source = cluster.inventory().orElseThrow();
        assertThat(cluster.kubernetesVersion()).contains(Answer.known("v1.33.1"));
        assertThat(source.list(ObjectKind.POD, ObjectMeta::of).value().orElseThrow())
                .extracting(ObjectMeta::key)
                .containsExactly("shop/cart-1", "shop/cart-2");
        assertThat(source.list(ObjectKind.SERVICE, ObjectMeta::of).reason()).contains("403: may not list services");
        assertThat(source.list(ObjectKind.DEPLOYMENT, ObjectMeta::of).reason())
                .contains("deployments: not in the capture");
    }

    @Test
    void the_clock_of_the_recording_and_unreachable_servers_come_back() {
        CapturedServer gone = CapturedServer.unreachable(
                CapturedServer.Kind.ALERTMANAGER,
                new ServerId("eu-1", "monitoring/main", "alertmanager-main-0"),
                "no IP");
        try (CaptureRecorder recorder = begin()) {
            assertThat(recorder.clock().instant()).isEqualTo(AT);
            recorder.cluster("eu-1").unreachable(gone);
            recorder.finish();
        }
        CaptureReplay replay = replay();
        assertThat(replay.clock().instant()).isEqualTo(AT);
        ReplayedCluster cluster = replay.clusters().getFirst();
        assertThat(cluster.servers()).containsExactly(gone);
        assertThat(cluster.inventory()).isEmpty();
        assertThat(cluster.exchange(gone).ask(HttpQuestion.get("/api/v2/alerts", PATIENCE)))
                .isEqualTo(new HttpAnswer.Unanswered("no IP", false));
    }

    @Test
    void a_server_that_did_not_answer_does_not_answer_in_the_replay_either() {
        try (CaptureRecorder recorder = begin()) {
            recorder.cluster("eu-1")
                    .exchange(SERVER, question -> new HttpAnswer.Unanswered("no answer within 5 s", true))
                    .ask(query("up"));
            recorder.finish();
        }
        assertThat(replay().clusters().getFirst().exchange(SERVER).ask(query("up")))
                .isEqualTo(new HttpAnswer.Unanswered("no answer within 5 s", false));
    }

    @Test
    void a_capture_that_is_not_finished_leaves_nothing_behind() throws IOException {
        try (CaptureRecorder recorder = begin()) {
            recorder.cluster("eu-1").exchange(SERVER, question -> json(UP)).ask(query("up"));
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_folder_that_holds_something_is_refused() throws IOException {
        Files.createDirectories(folder.resolve("capture"));
        Files.writeString(folder.resolve("capture/notes.txt"), "mine");
        assertThat(CaptureRecorder.begin(folder.resolve("capture"), AT, "test").reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("not empty", "name a new folder"));
        assertThat(folder.resolve("capture/notes.txt")).exists();
    }

    @Test
    void a_folder_without_a_manifest_is_no_capture() throws IOException {
        Files.createDirectories(folder.resolve("capture"));
        assertThat(CaptureReplay.open(folder.resolve("capture")).reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("capture.json", "no capture"));
        assertThat(CaptureReplay.open(folder.resolve("nowhere")).reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("nowhere", "no such folder"));
    }

    @Test
    void a_manifest_that_is_damaged_foreign_or_newer_is_named_with_the_remedy() throws IOException {
        assertThat(reasonFor("{\"kind\":")).contains("capture.json", "not JSON", "record it again");
        assertThat(reasonFor("{\"kind\":\"something-else\"}")).contains("capture.json", "not a Promwarden capture");
        assertThat(reasonFor("{\"kind\":\"promwarden-capture\",\"format\":99,\"recordedBy\":\"7.0\"}"))
                .contains("format 99", "7.0", "up to 1");
        assertThat(reasonFor("{\"kind\":\"promwarden-capture\",\"format\":1,\"recordedAt\":\"yesterday\"}"))
                .contains("recordedAt is no time");
        assertThat(reasonFor("""
                                {"kind":"promwarden-capture","format":1,"recordedAt":"2026-11-22T02:10:00Z",
                                 "clusters":[{"name":"eu-1","servers":[{"kind":"Grafana","owner":"a","instance":"b"}]}]}""")).contains("no kind of server: Grafana");
    }

    private String reasonFor(String manifest) throws IOException {
        Files.createDirectories(folder.resolve("capture"));
        Files.writeString(folder.resolve("capture/capture.json"), manifest);
        return CaptureReplay.open(folder.resolve("capture")).reason().orElseThrow();
    }

    @Test
    void a_file_that_is_cut_off_is_damaged_and_not_empty() throws IOException {
        try (CaptureRecorder recorder = begin()) {
            ClusterRecorder cluster = recorder.cluster("eu-1");
            cluster.inventory(Answer.known("v1"), pods("a", "b")).list(ObjectKind.POD, ObjectMeta::of);
            cluster.exchange(SERVER, question -> json(UP)).ask(query("up"));
            recorder.finish();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("capture.json")) {
                    String whole = Files.readString(file);
                    Files.writeString(file, whole.substring(0, whole.length() - 20));
                }
            }
        }
        ReplayedCluster cluster = replay().clusters().getFirst();
        assertThat(cluster.inventory()
                        .orElseThrow()
                        .list(ObjectKind.POD, ObjectMeta::of)
                        .reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("pods.json", "damaged"));
        assertThat(cluster.exchange(SERVER).ask(query("up")))
                .isInstanceOfSatisfying(
                        HttpAnswer.Unanswered.class,
                        answer -> assertThat(answer.reason()).contains("damaged", "record the capture again"));
    }

    @Test
    void names_from_the_world_never_lead_out_of_the_folder() throws IOException {
        ServerId hostile = new ServerId("../../evil", "../..", "/etc/passwd");
        CapturedServer server = CapturedServer.reachable(CapturedServer.Kind.PROMETHEUS, hostile);
        try (CaptureRecorder recorder = begin()) {
            ClusterRecorder cluster = recorder.cluster("../../evil");
            cluster.exchange(server, question -> json(UP)).ask(query("up"));
            cluster.inventory(Answer.known("v1"), pods("a")).list(ObjectKind.POD, ObjectMeta::of);
            recorder.finish();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            assertThat(entries).containsExactly(folder.resolve("capture"));
        }
        assertThat(text(replay().clusters().getFirst().exchange(server).ask(query("up"))))
                .isEqualTo(UP);
    }

    @Test
    void a_capture_is_read_from_a_jar_as_from_a_folder() throws IOException {
        try (CaptureRecorder recorder = begin()) {
            ClusterRecorder cluster = recorder.cluster("eu-1");
            cluster.exchange(SERVER, question -> json(UP)).ask(query("up"));
            cluster.inventory(Answer.known("v1"), pods("a")).list(ObjectKind.POD, ObjectMeta::of);
            recorder.finish();
        }
        Path jar = folder.resolve("demo.jar");
        try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("create", "true"));
                Stream<Path> files = Files.walk(folder.resolve("capture"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = zip.getPath(
                        "demo/night", folder.resolve("capture").relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            ReplayedCluster cluster = CaptureReplay.open(loader, "demo/night")
                    .value()
                    .orElseThrow()
                    .clusters()
                    .getFirst();
            assertThat(text(cluster.exchange(SERVER).ask(query("up")))).isEqualTo(UP);
            assertThat(cluster.inventory()
                            .orElseThrow()
                            .list(ObjectKind.POD, ObjectMeta::of)
                            .value()
                            .orElseThrow())
                    .hasSize(1);
        }
    }
}
