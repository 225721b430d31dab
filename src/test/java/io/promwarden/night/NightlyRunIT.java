package io.promwarden.night;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.promwarden.cli.CliRun;
import io.promwarden.testing.RealPushgateway;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nightly job against the API server, a real Prometheus and Alertmanager, a real SMTP server and a real Pushgateway. */
class NightlyRunIT {

    @TempDir
    static Path world;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private static MonitoredCluster cluster;

    @SuppressWarnings("NullAway.Init")
    private static RealPushgateway pushgateway;

    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeAll
    static void start() {
        cluster = MonitoredCluster.start(world);
        pushgateway = RealPushgateway.start(world.resolve("pushgateway"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
        pushgateway.close();
    }

    @BeforeEach
    void listen() {
        smtp.start();
        cluster.toPrometheus().forget();
    }

    @AfterEach
    void hangUp() {
        smtp.stop();
    }

    @Test
    void the_mail_arrives_with_a_text_and_an_html_part_and_the_metrics_are_in_the_pushgateway() throws Exception {
        CliRun run = CliRun.of(
                "run", job().toString(), "--reports", folder.resolve("reports").toString());

        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(0);
        MimeMessage[] mails = smtp.getReceivedMessages();
        assertThat(mails).hasSize(1);
        assertThat(contentTypes(mails[0])).contains("text/plain", "text/html");
        assertThat(pushed())
                .contains("promwarden_last_success_timestamp_seconds")
                .contains("promwarden_coverage_ratio");
        assertThat(run.out()).contains("report.html");
    }

    @Test
    void what_is_wrong_is_found_and_what_is_right_is_not() throws Exception {
        CliRun run = CliRun.of(
                "run", job().toString(), "--reports", folder.resolve("reports").toString());

        String report = report();
        assertThat(run.exitCode()).as(run.err()).isEqualTo(0);
        assertThat(report).contains("monitor/not-scraped").contains("\"checkout\"");
        assertThat(report).doesNotContain("\"not-selected\"").doesNotContain("target/down");
        assertThat(report).contains("OldCounterIsThere");
    }

    @Test
    void nothing_is_changed_anywhere() throws Exception {
        CliRun run = CliRun.of(
                "run", job().toString(), "--reports", folder.resolve("reports").toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(0);
        assertThat(cluster.toPrometheus().requests("POST", "/api/v1/admin")).isEmpty();
        assertThat(cluster.kubernetes().proxy().requests())
                .allSatisfy(request -> assertThat(request.method()).isEqualTo("GET"));
    }

    @Test
    void the_same_slot_again_returns_the_same_code_and_sends_nothing_twice() throws Exception {
        Path job = job();
        String reports = folder.resolve("reports").toString();
        CliRun first = CliRun.of("run", job.toString(), "--reports", reports, "--slot", "2026-11-20T02:10:00Z");

        CliRun second = CliRun.of("run", job.toString(), "--reports", reports, "--slot", "2026-11-20T02:10:00Z");

        assertThat(second.exitCode()).as(second.err()).isEqualTo(first.exitCode());
        assertThat(second.err()).contains("had ended before");
        assertThat(smtp.getReceivedMessages()).hasSize(1);
    }

    @Test
    void again_is_another_attempt_with_a_folder_of_its_own() throws Exception {
        Path job = job();
        String reports = folder.resolve("reports").toString();
        CliRun first = CliRun.of("run", job.toString(), "--reports", reports, "--slot", "2026-11-20T02:10:00Z");

        CliRun second =
                CliRun.of("run", job.toString(), "--reports", reports, "--slot", "2026-11-20T02:10:00Z", "--again");

        assertThat(first.exitCode()).as(first.err()).isEqualTo(0);
        assertThat(second.exitCode()).as(second.err()).isEqualTo(0);
        assertThat(second.out()).contains("20261120T021000Z-1");
        assertThat(smtp.getReceivedMessages()).hasSize(2);
    }

    private Path job() throws Exception {
        Path job = folder.resolve("night.yaml");
        Files.writeString(
                job,
                MonitoredCluster.resource("nightly-job.yaml")
                        .replace("KUBECONFIG", cluster.kubernetes().kubeconfig().toString())
                        .replace("SMTP_PORT", Integer.toString(smtp.getSmtp().getPort()))
                        .replace("PUSHGATEWAY", pushgateway.uri().toString()));
        return job;
    }

    private String report() throws Exception {
        try (var files = Files.walk(folder.resolve("reports"))) {
            Path json = files.filter(file -> file.endsWith("report.json"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(json);
        }
    }

    private static String pushed() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create(pushgateway.uri() + "/metrics");
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static List<String> contentTypes(Part part) throws Exception {
        List<String> types = new ArrayList<>();
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                types.addAll(contentTypes(parts.getBodyPart(i)));
            }
        } else {
            types.add(part.getContentType().replaceAll(";.*", "").toLowerCase(java.util.Locale.ROOT));
        }
        return types;
    }
}
