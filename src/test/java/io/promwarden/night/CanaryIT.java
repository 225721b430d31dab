package io.promwarden.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.cli.CliRun;
import io.promwarden.testing.RecordingProxy.Interceptor;
import io.promwarden.testing.RecordingProxy.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants a distinctive secret in every place that one could come from, runs and captures, and finds none of them in the store,
 * a log, a report or a capture.
 */
class CanaryIT {

    private static final String CANARY = "c4n4ry";

    /** The same as a Secret writes it. */
    private static final String CANARY_BASE64 = "YzRuNHJ5";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private MonitoredCluster cluster;

    @BeforeEach
    void start() {
        cluster = MonitoredCluster.start(folder.resolve("world"));
        cluster.kubernetes().create(MonitoredCluster.resource("canaries.yaml"));
        cluster.toAlertmanager().intercept(new Interceptor() {
            @Override
            public Optional<Reply> instead(String method, String path) {
                return path.startsWith("/api/v2/status")
                        ? Optional.of(new Reply(200, MonitoredCluster.resource("alertmanager-status.json")))
                        : Optional.empty();
            }
        });
        cluster.toPrometheus().intercept(new Interceptor() {
            @Override
            public Optional<Reply> instead(String method, String path) {
                return path.startsWith("/api/v1/targets")
                        ? Optional.of(new Reply(200, MonitoredCluster.resource("canary-targets.json")))
                        : Optional.empty();
            }
        });
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void no_planted_secret_is_in_the_store_a_log_a_report_or_a_capture() throws Exception {
        Map<String, String> environment = Map.of("CANARY_TOKEN", "c4n4ry-bearer", "CANARY_PASSWORD", "c4n4ry-password");
        String reports = folder.resolve("reports").toString();
        String capture = folder.resolve("capture").toString();

        CliRun run = CliRun.of(environment, "run", job().toString(), "--reports", reports);
        CliRun captured = CliRun.of(environment, "capture", "--out", capture, job().toString());
        CliRun replayed = CliRun.of("run", job().toString(), "--capture", capture, "--reports", reports + "-replayed");

        assertThat(run.exitCode()).as(run.err()).isIn(0, 3);
        assertThat(captured.exitCode()).as(captured.err()).isEqualTo(0);
        assertThat(List.of(run, captured, replayed)).allSatisfy(command -> {
            assertThat(command.out()).doesNotContain(CANARY);
            assertThat(command.err()).doesNotContain(CANARY);
        });
        assertThat(run.out() + run.err() + text(Path.of(reports)))
                .as("the Secret was really looked at")
                .contains("the first PEM block is no X.509 certificate");
        assertThat(filesWithCanaries(Path.of(reports))).isEmpty();
        assertThat(filesWithCanaries(Path.of(capture))).isEmpty();
        assertThat(filesWithCanaries(Path.of(reports + "-replayed"))).isEmpty();
        assertThat(cluster.toPrometheus().requests())
                .as("the canaries were really served")
                .isNotEmpty();
    }

    private static String text(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    private static List<String> filesWithCanaries(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                            return text.contains(CANARY) || text.contains(CANARY_BASE64);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .map(Path::toString)
                    .toList();
        }
    }

    private Path job() throws IOException {
        Path job = folder.resolve("canary.yaml");
        Files.writeString(job, """
                name: canary
                clusters:
                  - name: prod
                    kubernetes: {kubeconfig: %s, access: direct}
                    prometheus:
                      - name: static
                        url: %s
                        bearerToken: ${CANARY_TOKEN}
                steps: [validate: {secrets: keys}, retention: {policies: [{match: night_old_total, keep: 20d, because: canary test}]}, compact, coverage, alerts, report,
                  deliver: {channels: [{mail: {name: mail, host: 127.0.0.1, port: 1, security: tls, user: sre, password: "${CANARY_PASSWORD}", from: a@example.com, to: [b@example.com]}}]}]
                """.formatted(
                cluster.kubernetes().kubeconfig(), cluster.toPrometheus().uri()));
        return job;
    }
}
