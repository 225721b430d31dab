package io.promwarden.night;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.promwarden.cli.CliRun;
import io.promwarden.testing.RealServers;
import io.promwarden.testing.RecordingProxy.Interceptor;
import io.promwarden.testing.RecordingProxy.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be reached or is not permitted is said in the report, the rest goes on, and the run ends with 3. */
class FailingWorldIT {

    @TempDir
    static Path world;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private static MonitoredCluster cluster;

    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeAll
    static void start() {
        cluster = MonitoredCluster.start(world);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void listen() {
        smtp.start();
    }

    @AfterEach
    void mend() {
        smtp.stop();
        cluster.toPrometheus().intercept(new Interceptor() {});
        cluster.toAlertmanager().intercept(new Interceptor() {});
        cluster.kubernetes().intercept(new Interceptor() {});
    }

    @Test
    void a_prometheus_that_is_down_is_not_run_and_the_report_is_delivered() throws Exception {
        cluster.toPrometheus().intercept(answer("/", 503, "Service Unavailable"));

        CliRun run = run(smtp.getSmtp().getPort());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(report()).contains("prometheus-k8s-0").contains("503");
        assertThat(smtp.getReceivedMessages()).hasSize(1);
    }

    @Test
    void an_alertmanager_that_wants_credentials_is_not_run_and_alerts_of_prometheus_are_still_there() throws Exception {
        cluster.toAlertmanager().intercept(answer("/", 401, "Unauthorized"));

        CliRun run = run(smtp.getSmtp().getPort());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(report()).contains("401").contains("OldCounterIsThere");
        assertThat(smtp.getReceivedMessages()).hasSize(1);
    }

    @Test
    void a_kind_that_may_not_be_listed_is_not_run_and_the_other_kinds_are_checked() throws Exception {
        cluster.kubernetes().intercept(answer("/apis/monitoring.coreos.com/v1/podmonitors", 403, """
                        {"kind":"Status","apiVersion":"v1","status":"Failure","code":403,"reason":"Forbidden",
                         "message":"podmonitors.monitoring.coreos.com is forbidden: User \\"tester\\" cannot list"}
                        """));

        CliRun run = run(smtp.getSmtp().getPort());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(report()).contains("403").contains("podmonitors").contains("monitor/not-scraped");
        assertThat(smtp.getReceivedMessages()).hasSize(1);
    }

    @Test
    void an_smtp_server_that_refuses_leaves_a_written_report() throws Exception {
        CliRun run = run(RealServers.freePort());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.err()).contains("not delivered: mail");
        assertThat(report()).contains("monitor/not-scraped");
    }

    @Test
    void an_api_server_that_is_down_is_not_run_and_says_so() throws Exception {
        cluster.kubernetes().intercept(answer("/", 503, "down"));

        CliRun run = run(smtp.getSmtp().getPort());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(report()).contains("Kubernetes");
        assertThat(smtp.getReceivedMessages()).hasSize(1);
    }

    private static Interceptor answer(String prefix, int status, String body) {
        return new Interceptor() {
            @Override
            public Optional<Reply> instead(String method, String path) {
                return path.startsWith(prefix) ? Optional.of(new Reply(status, body)) : Optional.empty();
            }
        };
    }

    private CliRun run(int smtpPort) throws Exception {
        Path job = folder.resolve("night.yaml");
        Files.writeString(
                job,
                MonitoredCluster.resource("nightly-job.yaml")
                        .replace("KUBECONFIG", cluster.kubernetes().kubeconfig().toString())
                        .replace("SMTP_PORT", Integer.toString(smtpPort))
                        .replaceAll("(?s)metrics:.*", ""));
        return CliRun.of(
                "run", job.toString(), "--reports", folder.resolve("reports").toString());
    }

    private String report() throws Exception {
        try (var files = Files.walk(folder.resolve("reports"))) {
            return Files.readString(files.filter(file -> file.endsWith("report.json"))
                    .findFirst()
                    .orElseThrow());
        }
    }
}
