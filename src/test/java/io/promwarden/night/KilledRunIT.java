package io.promwarden.night;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.promwarden.testing.RecordingProxy.Interceptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kill -9} in the middle of a step, then the same command: the run completes, and nothing is done twice. */
class KilledRunIT {

    private static final String ADMIN = "/api/v1/admin/tsdb/";
    private static final String SLOT = "2026-11-20T02:10:00Z";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private MonitoredCluster cluster;

    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        cluster = MonitoredCluster.start(folder.resolve("world"));
        smtp.start();
    }

    @AfterEach
    void stop() {
        smtp.stop();
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "retention", "compact", "coverage", "alerts", "report", "deliver"})
    void a_run_that_was_killed_in_a_step_completes_when_the_same_command_is_given_again(String step) throws Exception {
        try (OwnProcess killed = run("killed")) {
            killed.await(line -> line.contains("] " + step) && line.endsWith("started"));
            killed.kill();
        }

        int code;
        try (OwnProcess again = run("again")) {
            code = again.exitCode();
            assertThat(again.said()).as("it goes on in %s", step).noneMatch(line -> startsBefore(line, step));
        }

        assertThat(code).isZero();
        assertThat(smtp.getReceivedMessages()).hasSize(1);
        assertThat(cluster.toPrometheus().requests("POST", ADMIN + "delete_series"))
                .hasSize(1);
        assertThat(cluster.toPrometheus().requests("POST", ADMIN + "clean_tombstones"))
                .hasSize(1);
        assertThat(cluster.samples(MonitoredCluster.OLD_METRIC, 40, 21)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete_series", "clean_tombstones"})
    void a_call_whose_answer_was_never_heard_is_not_sent_again(String call) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        cluster.toPrometheus().intercept(new Interceptor() {
            @Override
            public void answered(String method, String path) {
                if (path.startsWith(ADMIN + call)) {
                    done.countDown();
                    try {
                        release.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        });
        try (OwnProcess killed = run("killed")) {
            assertThat(done.await(120, TimeUnit.SECONDS)).isTrue();
            killed.kill();
        }
        release.countDown();
        cluster.toPrometheus().intercept(new Interceptor() {});

        int code;
        try (OwnProcess again = run("again")) {
            code = again.exitCode();
        }

        assertThat(code).isZero();
        assertThat(cluster.toPrometheus().requests("POST", ADMIN + "delete_series"))
                .hasSize(1);
        assertThat(cluster.toPrometheus().requests("POST", ADMIN + "clean_tombstones"))
                .hasSize(1);
        assertThat(smtp.getReceivedMessages()).hasSize(1);
    }

    @Test
    void sigterm_stops_between_units_says_so_and_the_same_command_goes_on() throws Exception {
        try (OwnProcess stopped = run("stopped")) {
            stopped.await(line -> line.contains("] validate prod started"));
            stopped.terminate();
            assertThat(stopped.exitCode()).isEqualTo(143);
            assertThat(stopped.said()).anyMatch(line -> line.contains("the same command goes on"));
        }

        try (OwnProcess again = run("again")) {
            assertThat(again.exitCode()).isZero();
        }
        assertThat(smtp.getReceivedMessages()).hasSize(1);
    }

    private static boolean startsBefore(String line, String step) {
        var order = java.util.List.of("validate", "retention", "compact", "coverage", "alerts", "report", "deliver");
        return line.endsWith("started")
                && order.subList(0, order.indexOf(step)).stream().anyMatch(before -> line.contains("] " + before));
    }

    private OwnProcess run(String name) throws Exception {
        Path job = folder.resolve("whole.yaml");
        Files.writeString(
                job,
                MonitoredCluster.resource("whole-job.yaml")
                        .replace("KUBECONFIG", cluster.kubernetes().kubeconfig().toString())
                        .replace("SMTP_PORT", Integer.toString(smtp.getSmtp().getPort())));
        return OwnProcess.start(
                folder.resolve(name + ".out"),
                "run",
                job.toString(),
                "--slot",
                SLOT,
                "--reports",
                folder.resolve("reports").toString());
    }
}
