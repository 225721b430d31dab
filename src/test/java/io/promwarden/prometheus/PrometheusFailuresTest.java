package io.promwarden.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promwarden.answer.Answer;
import io.promwarden.http.DirectExchange;
import io.promwarden.http.PoliteExchange;
import io.promwarden.http.RetryPolicy;
import io.promwarden.http.ServerConnection;
import io.promwarden.http.ServerLimit;
import io.promwarden.observation.Block;
import io.promwarden.observation.BuildInfo;
import io.promwarden.observation.HeadStatistics;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.RememberedServer;
import io.promwarden.observation.ServerId;
import io.promwarden.retention.TsdbAdmin;
import io.promwarden.testing.StubServer;
import io.promwarden.testing.StubServer.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusFailuresTest {

    private static final ServerId ID = new ServerId("test", "static", "static");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-02-01T00:00:00Z");

    private final StubServer stub = StubServer.start();
    private final PoliteExchange exchange = new PoliteExchange(
            new DirectExchange(ServerConnection.to(stub.uri())),
            new ServerLimit(4, 1000),
            new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1)));
    private final MetricsServer server = new PrometheusServer(ID, exchange, Duration.ofSeconds(10));
    private final TsdbAdmin admin = new PrometheusAdmin(ID, exchange, Duration.ofMillis(500), Duration.ofMillis(500));

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void a_refusal_is_told_in_words() {
        assertThat(targetsAfter(Reply.of(401, ""))).isEqualTo("401: the server wants credentials, or others");
        assertThat(targetsAfter(Reply.of(403, "<html>"))).isEqualTo("403: not permitted");
        assertThat(targetsAfter(Reply.of(404, "404 page not found")))
                .isEqualTo("404: there is no such path: is the address right, with its prefix?");
        assertThat(targetsAfter(Reply.of(302, "").header("Location", "http://elsewhere/")))
                .isEqualTo("302: the server redirects, which is never followed: name its final address");
        assertThat(targetsAfter(Reply.of(429, ""))).isEqualTo("429: the server is asked too often");
        assertThat(targetsAfter(error(422, "execution", "unavailable with Prometheus Agent")))
                .isEqualTo("422: execution: unavailable with Prometheus Agent");
        assertThat(targetsAfter(error(500, "internal", "see http://u:p4ss@db/x?token=t")))
                .isEqualTo("500: internal: see http://db/x");
        assertThat(targetsAfter(Reply.of(503, "Service Unavailable\n").header("Content-Type", "text/plain")))
                .isEqualTo("503: Service Unavailable");
    }

    @Test
    void what_is_no_answer_of_a_prometheus_is_unknown() {
        assertThat(targetsAfter(Reply.of(200, "<html>login</html>"))).contains("is this a Prometheus?");
        assertThat(targetsAfter(Reply.json("[]"))).contains("is this a Prometheus?");
        assertThat(targetsAfter(Reply.json("{\"status\":\"success\"}"))).contains("holds no data");
        assertThat(targetsAfter(Reply.json("{\"status\":\"success\",\"data\":[1]}")))
                .contains("holds no targets");
        assertThat(targetsAfter(Reply.json("{\"status\":\"success\",\"data\":{\"activeTargets\":[{},{}")))
                .contains("can't be read as JSON");
        assertThat(targetsAfter(Reply.json("{\"status\":\"error\",\"error\":\"no\",\"data\":{\"activeTargets\":[]}}")))
                .isEqualTo("no");
        assertThat(targetsAfter(Reply.json("{\"status\":\"success\",\"data\":{\"activeTargets\":[]}}")
                        .cutAfterBytes(20)))
                .startsWith("the connection broke");
    }

    @Test
    void not_ready_is_an_answer_and_not_asked_twice() {
        stub.on("/-/ready", Reply.of(503, "Service Unavailable"), Reply.of(200, "ready"));

        assertThat(server.ready().value()).contains(false);
        assertThat(server.ready().value()).contains(true);
    }

    @Test
    void those_that_speak_the_same_language_are_told_apart() {
        assertThat(application("\"version\":\"3.5.0\",\"revision\":\"8be3a9\",\"goVersion\":\"go1.24\""))
                .isEqualTo("prometheus");
        assertThat(application("\"version\":\"2.24.0\"")).isEqualTo("victoriametrics");
        assertThat(application("\"version\":\"0.38.0\",\"revision\":\"8be3a9\",\"goVersion\":\"go1.24\""))
                .isEqualTo("thanos");
        assertThat(application("\"application\":\"Grafana Mimir\",\"version\":\"2.16.0\",\"revision\":\"8be3a9\","
                        + "\"goVersion\":\"go1.24\""))
                .isEqualTo("mimir");
        assertThat(application("\"version\":\"2.1\",\"revision\":\"8be3a9\"")).isEqualTo("unknown");
    }

    @Test
    void a_remembered_server_is_asked_once_even_for_what_it_does_not_answer() {
        stub.on(
                "/api/v1/query",
                Reply.json("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}"));
        MetricsServer remembered = RememberedServer.of(server);

        remembered.query("up", END);
        remembered.query("up", END);
        remembered.query("down", END);
        assertThat(remembered.flags()).isEqualTo(remembered.flags());

        assertThat(stub.requests()).hasSize(3);
    }

    @Test
    void a_deletion_is_sent_once_and_form_encoded_in_whole_seconds() {
        stub.on("/api/v1/admin/tsdb/delete_series", Reply.of(204, ""));

        assertThat(admin.deleteSeries("{__name__=~\"a.+\"}", START, END)).isEqualTo(new TsdbAdmin.Done());

        assertThat(stub.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/api/v1/admin/tsdb/delete_series");
            assertThat(request.body())
                    .isEqualTo("match%5B%5D=%7B__name__%3D%7E%22a.%2B%22%7D&start=1767225600&end=1769904000");
        });
    }

    @Test
    void a_call_whose_fate_is_open_is_not_sent_again() {
        stub.on("/api/v1/admin/tsdb/clean_tombstones", Reply.of(204, "").after(Duration.ofSeconds(20)))
                .on("/api/v1/admin/tsdb/delete_series", Reply.of(504, ""), Reply.of(200, "hello"), Reply.of(503, ""));

        assertThat(admin.cleanTombstones()).isEqualTo(new TsdbAdmin.NoAnswer("no whole answer within 500 ms"));
        assertThat(delete()).isInstanceOf(TsdbAdmin.NoAnswer.class);
        assertThat(delete()).isInstanceOf(TsdbAdmin.NoAnswer.class);
        assertThat(delete()).isEqualTo(new TsdbAdmin.Rejected(503, "503: the server isn't ready"));
        assertThat(stub.requests()).hasSize(4);
    }

    @Test
    void a_range_that_no_plan_can_hold_never_leaves() {
        Instant millisecondsTakenForSeconds = Instant.ofEpochSecond(START.toEpochMilli());

        assertThatThrownBy(() -> admin.deleteSeries("up", START, millisecondsTakenForSeconds))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> admin.deleteSeries("up", END, START)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> admin.deleteSeries("up", Instant.EPOCH, END))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> admin.deleteSeries("up", START.plusMillis(1), END))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(stub.requests()).isEmpty();
    }

    @Test
    void blocks_of_a_newer_version_are_read_and_sorted_by_time() {
        stub.on("/api/v1/status/tsdb/blocks", Reply.json("""
                {"status":"success","data":{"blocks":[
                  {"ulid":"01B","minTime":1795305600000,"maxTime":1795312800000,"version":1,
                   "stats":{"numSamples":7000,"numSeries":70,"numChunks":71},
                   "compaction":{"level":1,"sources":["01B"]}},
                  {"ulid":"01A","minTime":1795240800000,"maxTime":1795305600000,"version":1,
                   "stats":{"numSamples":90000,"numFloatSamples":90000,"numSeries":80,"numChunks":640,"numTombstones":3},
                   "compaction":{"level":2,"sources":["01X","01Y"],"parents":[]}}]}}"""));

        assertThat(server.blocks().value().orElseThrow())
                .containsExactly(
                        new Block(
                                "01A",
                                Instant.parse("2026-11-21T06:00:00Z"),
                                Instant.parse("2026-11-22T00:00:00Z"),
                                80,
                                90000,
                                640,
                                3,
                                2),
                        new Block(
                                "01B",
                                Instant.parse("2026-11-22T00:00:00Z"),
                                Instant.parse("2026-11-22T02:00:00Z"),
                                70,
                                7000,
                                71,
                                0,
                                1));
    }

    @Test
    void a_server_without_blocks_has_none_and_one_that_lists_something_else_is_not_understood() {
        assertThat(blocks("{\"blocks\":[]}").value()).contains(List.of());
        assertThat(blocks("{\"blocks\":null}").value()).contains(List.of());
        assertThat(blocks("{\"other\":[]}").reason()).contains("the answer holds no list of blocks");
        assertThat(blocks("{\"blocks\":[{\"ulid\":\"01A\"}]}").reason())
                .contains("the answer holds a block without a name or a time");
        assertThat(blocks("{\"blocks\":[7]}").value()).isEmpty();
    }

    @Test
    void the_head_of_a_new_server_is_empty_and_has_no_times() {
        stub.on("/api/v1/status/tsdb?limit=20", Reply.json("""
                {"status":"success","data":{"headStats":{"numSeries":0,"numLabelPairs":0,"chunkCount":0,
                  "minTime":9223372036854775807,"maxTime":-9223372036854775808},"seriesCountByMetricName":null}}"""));

        assertThat(server.headStatistics().value())
                .contains(new HeadStatistics(
                        0, 0, 0, Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), List.of()));
    }

    @Test
    void a_head_of_which_nothing_is_told_is_unknown() {
        stub.on("/api/v1/status/tsdb?limit=20", Reply.json("{\"status\":\"success\",\"data\":{}}"));

        assertThat(server.headStatistics().reason())
                .contains("the server tells nothing of its head block: is this a Prometheus?");
    }

    private Answer<List<Block>> blocks(String data) {
        stub.on("/api/v1/status/tsdb/blocks", Reply.json("{\"status\":\"success\",\"data\":" + data + "}"));
        return server.blocks();
    }

    private TsdbAdmin.CallOutcome delete() {
        return admin.deleteSeries("up", START, END);
    }

    private String application(String fields) {
        stub.on("/api/v1/status/buildinfo", Reply.json("{\"status\":\"success\",\"data\":{" + fields + "}}"));
        return server.buildInfo().map(BuildInfo::application).value().orElseThrow();
    }

    private String targetsAfter(Reply reply) {
        stub.on("/api/v1/targets", reply);
        return server.targets().reason().orElseThrow();
    }

    private static Reply error(int status, String type, String error) {
        return Reply.of(status, "{\"status\":\"error\",\"errorType\":\"" + type + "\",\"error\":\"" + error + "\"}")
                .header("Content-Type", "application/json");
    }
}
