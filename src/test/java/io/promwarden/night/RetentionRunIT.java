package io.promwarden.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.cli.CliRun;
import io.promwarden.formats.PlanJson;
import io.promwarden.testing.RecordingProxy.Interceptor;
import io.promwarden.testing.RecordingProxy.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clean-up job through the command line, on a real Prometheus with 40 days of history. */
class RetentionRunIT {

    private static final String ADMIN = "/api/v1/admin";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private MonitoredCluster cluster;

    @BeforeEach
    void start() {
        cluster = MonitoredCluster.start(folder.resolve("world"));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void samples_older_than_the_policy_are_gone_and_everything_else_is_untouched() throws Exception {
        long recent = cluster.samples(MonitoredCluster.OLD_METRIC, 19, 0);
        long other = cluster.samples(MonitoredCluster.OTHER_METRIC, 40, 0);
        double bytes = cluster.value("prometheus_tsdb_storage_blocks_bytes");
        assertThat(cluster.samples(MonitoredCluster.OLD_METRIC, 40, 21)).isPositive();

        CliRun run = run(job(true));

        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(0);
        assertThat(cluster.samples(MonitoredCluster.OLD_METRIC, 40, 21)).isZero();
        assertThat(cluster.samples(MonitoredCluster.OLD_METRIC, 19, 0)).isEqualTo(recent);
        assertThat(cluster.samples(MonitoredCluster.OTHER_METRIC, 40, 0)).isEqualTo(other);
        cluster.awaitValue("prometheus_tsdb_storage_blocks_bytes < " + bytes);
        assertThat(cluster.toPrometheus().requests("POST", ADMIN + "/tsdb/delete_series"))
                .hasSize(1);
        assertThat(cluster.toPrometheus().requests("POST", ADMIN + "/tsdb/clean_tombstones"))
                .hasSize(1);
    }

    @Test
    void a_second_run_sends_no_post() throws Exception {
        Path job = job(true);
        CliRun first = run(job);
        cluster.toPrometheus().forget();

        CliRun second = run(job, "--again");

        assertThat(first.exitCode()).as(first.err()).isEqualTo(0);
        assertThat(second.exitCode()).as(second.err()).isEqualTo(0);
        assertThat(cluster.toPrometheus().requests("POST", ADMIN)).isEmpty();
    }

    @Test
    void without_apply_no_post_is_sent_and_the_plan_is_in_the_report() throws Exception {
        CliRun run = run(job(false));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(0);
        assertThat(cluster.toPrometheus().requests("POST", ADMIN)).isEmpty();
        assertThat(Files.readString(reportOf(run))).contains(MonitoredCluster.OLD_METRIC);
        assertThat(Files.readString(reportOf(run).resolveSibling("plan.html"))).contains(MonitoredCluster.OLD_METRIC);
        assertThat(PlanJson.read(Files.readAllBytes(reportOf(run).resolveSibling("plan.json")))
                        .value())
                .isPresent();
        assertThat(cluster.samples(MonitoredCluster.OLD_METRIC, 40, 21)).isPositive();
    }

    @Test
    void what_is_refused_although_the_job_says_apply_makes_the_run_incomplete_and_sends_no_post() throws Exception {
        cluster.toPrometheus().intercept(new Interceptor() {
            @Override
            public Optional<Reply> instead(String method, String path) {
                return path.startsWith("/api/v1/status/flags")
                        ? Optional.of(new Reply(
                                200, "{\"status\":\"success\",\"data\":{\"web.enable-admin-api\":\"false\"}}"))
                        : Optional.empty();
            }
        });

        CliRun run = run(job(true));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.out()).contains("refused");
        assertThat(Files.readString(reportOf(run))).contains("enableAdminAPI: true");
        assertThat(cluster.toPrometheus().requests("POST", ADMIN)).isEmpty();
    }

    private CliRun run(Path job, String... more) {
        String[] arguments = new String[4 + more.length];
        arguments[0] = "run";
        arguments[1] = job.toString();
        arguments[2] = "--reports";
        arguments[3] = folder.resolve("reports").toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CliRun.of(arguments);
    }

    private static Path reportOf(CliRun run) {
        return run.out()
                .lines()
                .filter(line -> line.endsWith("report.json"))
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }

    private Path job(boolean apply) throws Exception {
        Path job = folder.resolve("retention.yaml");
        Files.writeString(
                job,
                MonitoredCluster.resource("retention-job.yaml")
                        .replace("KUBECONFIG", cluster.kubernetes().kubeconfig().toString())
                        .replace("apply: true", "apply: " + apply));
        return job;
    }
}
