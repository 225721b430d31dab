package io.promwarden.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.cli.CliRun;
import io.promwarden.formats.PlanJson;
import io.promwarden.observation.ServerId;
import io.promwarden.retention.Figure;
import io.promwarden.retention.PlanDocument;
import io.promwarden.retention.RetentionPlan;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import io.promwarden.retention.SealedPlan;
import io.promwarden.testing.RecordingProxy.Interceptor;
import io.promwarden.testing.RecordingProxy.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan made, read and carried out through the command line, on a real Prometheus with 40 days of history. */
class PlanAndApplyIT {

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
    void a_plan_counts_what_is_there_says_what_it_means_and_sends_no_post() throws Exception {
        CliRun run = plan(job("retention.yaml", false));

        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(0);
        assertThat(cluster.toPrometheus().requests("POST", ADMIN)).isEmpty();
        RetentionPlan plan = read().document().plans().findFirst().orElseThrow();
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.deletions()).singleElement().satisfies(deletion -> {
            assertThat(deletion.series()).isEqualTo(1);
            Figure samples = deletion.outlook().effect().samples();
            assertThat(samples.certainty()).isEqualTo(Figure.Certainty.EXACT);
            assertThat(samples.low()).isEqualTo(held(deletion));
            assertThat(deletion.outlook().stillWritten().nothing()).isTrue();
            assertThat(deletion.outlook().metrics()).containsOnlyKeys(MonitoredCluster.OLD_METRIC);
        });
        assertThat(run.out())
                .contains(MonitoredCluster.OLD_METRIC)
                .contains("plan.html")
                .contains("promwarden apply");
        assertThat(Files.readString(folder.resolve("plan/plan.html")))
                .contains("nobody reads it")
                .contains(read().sha256());
    }

    @Test
    void a_plan_is_carried_out_as_it_was_signed_and_once() throws Exception {
        long recent = cluster.samples(MonitoredCluster.OLD_METRIC, 19, 0);
        long other = cluster.samples(MonitoredCluster.OTHER_METRIC, 40, 0);
        plan(job("retention.yaml", false));
        PlannedDeletion planned = planned();
        cluster.toPrometheus().forget();

        CliRun first = apply();

        assertThat(first.exitCode()).as(first.err() + first.out()).isEqualTo(0);
        assertThat(first.out()).contains("delete_series  deleted").contains("clean_tombstones  cleaned");
        assertThat(cluster.toPrometheus().requests("POST", ADMIN)).hasSize(2);
        assertThat(cluster.toPrometheus().requests("POST", ADMIN).getFirst().body())
                .contains("start=" + planned.start().getEpochSecond())
                .contains("end=" + planned.end().getEpochSecond());
        assertThat(held(planned)).isZero();
        assertThat(cluster.samples(MonitoredCluster.OLD_METRIC, 19, 0)).isEqualTo(recent);
        assertThat(cluster.samples(MonitoredCluster.OTHER_METRIC, 40, 0)).isEqualTo(other);
        cluster.toPrometheus().forget();

        CliRun second = apply();

        assertThat(second.exitCode()).as(second.err() + second.out()).isEqualTo(0);
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(cluster.toPrometheus().requests("POST", ADMIN)).isEmpty();
    }

    @Test
    void each_refusal_sends_no_post() throws Exception {
        Path job = job("retention.yaml", false);
        plan(job);
        SealedPlan plan = read();
        byte[] signed = Files.readAllBytes(file());

        Files.writeString(file(), Files.readString(file()).replace("nobody reads it", "nobody read it"));
        assertRefused(apply(), 2, "altered");
        write(made(
                plan,
                plan.document().madeAt().minus(Duration.ofHours(25)),
                plan.document().plans().toList()));
        assertRefused(apply(), 2, "was fresh until");
        write(made(
                plan,
                plan.document().madeAt().plus(Duration.ofHours(2)),
                plan.document().plans().toList()));
        assertRefused(apply(), 2, "still to come");
        write(made(plan, plan.document().madeAt(), List.of(fewerSeries(plan))));
        assertRefused(apply(), 3, "0 were planned");
        write(made(plan, plan.document().madeAt(), List.of(anotherServer(plan))));
        assertRefused(apply(), 3, "was not there when the plan was made");

        Files.write(file(), signed);
        String definition = Files.readString(job);
        Files.writeString(job, definition + "# read again\n");
        assertRefused(apply(), 2, "definition has changed");
        Files.writeString(job, definition.replace("applyTo: [monitoring/k8s]", "applyTo: [monitoring/other]"));
        plan(job);
        assertRefused(apply(), 2, "add monitoring/k8s to applyTo");
        Files.writeString(job, definition);
        Files.write(file(), signed);
        cluster.toPrometheus().intercept(new Interceptor() {
            @Override
            public Optional<Reply> instead(String method, String path) {
                return path.startsWith("/api/v1/status/flags")
                        ? Optional.of(new Reply(
                                200, "{\"status\":\"success\",\"data\":{\"web.enable-admin-api\":\"false\"}}"))
                        : Optional.empty();
            }
        });
        assertRefused(apply(), 3, "admin API is off");
        assertThat(held(planned())).isPositive();
    }

    private void assertRefused(CliRun run, int exitCode, String why) {
        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(exitCode);
        assertThat(run.err()).contains(why);
        assertThat(cluster.toPrometheus().requests("POST", ADMIN)).isEmpty();
    }

    /** The plan with another content and the hash that belongs to it: what only the job and the servers can refuse. */
    private static SealedPlan made(SealedPlan plan, Instant madeAt, List<RetentionPlan> plans) {
        PlanDocument one = plan.document();
        return PlanJson.seal(new PlanDocument(
                one.format(),
                one.version(),
                one.job(),
                one.file(),
                one.definition(),
                madeAt,
                one.freshUntil().plus(Duration.ofDays(9)),
                one.applyTo(),
                one.compaction(),
                List.of(new PlanDocument.OfCluster("prod", plans, List.of()))));
    }

    private static RetentionPlan fewerSeries(SealedPlan plan) {
        RetentionPlan one = plan.document().plans().findFirst().orElseThrow();
        PlannedDeletion deletion = one.deletions().getFirst();
        return new RetentionPlan(
                one.server(),
                one.identity(),
                one.madeAt(),
                List.of(new PlannedDeletion(
                        deletion.policy(),
                        deletion.selector(),
                        deletion.start(),
                        deletion.end(),
                        deletion.series(),
                        deletion.refusals())),
                one.totals(),
                one.refusals());
    }

    private static RetentionPlan anotherServer(SealedPlan plan) {
        RetentionPlan one = plan.document().plans().findFirst().orElseThrow();
        ServerId other = new ServerId(one.server().cluster(), one.server().owner(), "prometheus-k8s-7");
        return new RetentionPlan(other, one.identity(), one.madeAt(), one.deletions(), one.totals(), one.refusals());
    }

    private PlannedDeletion planned() throws Exception {
        return read().document().plans().findFirst().orElseThrow().deletions().getFirst();
    }

    private CliRun apply() {
        return CliRun.of(
                "apply",
                file().toString(),
                "--reports",
                folder.resolve("reports").toString());
    }

    private Path file() {
        return folder.resolve("plan/plan.json");
    }

    private void write(SealedPlan plan) throws Exception {
        Files.write(file(), PlanJson.write(plan));
    }

    @Test
    void a_job_without_a_retention_step_has_no_plan() throws Exception {
        Path job = folder.resolve("none.yaml");
        Files.writeString(
                job,
                Files.readString(job("retention.yaml", false))
                        .replaceAll("(?s)  - retention:.*  - compact", "  - validate"));
        CliRun run = plan(job);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no retention step");
    }

    private long held(PlannedDeletion deletion) {
        long seconds = deletion.end().getEpochSecond() - deletion.start().getEpochSecond();
        return (long) cluster.value("sum(count_over_time(" + deletion.selector() + "[" + seconds + "s] @ "
                + deletion.end().getEpochSecond() + "))");
    }

    private CliRun plan(Path job) {
        return CliRun.of("plan", job.toString(), "--out", folder.resolve("plan").toString());
    }

    private SealedPlan read() throws Exception {
        return PlanJson.read(Files.readAllBytes(file())).value().orElseThrow();
    }

    private Path job(String name, boolean apply) throws Exception {
        Path job = folder.resolve(name);
        Files.writeString(
                job,
                MonitoredCluster.resource("retention-job.yaml")
                        .replace("KUBECONFIG", cluster.kubernetes().kubeconfig().toString())
                        .replace("apply: true", "apply: " + apply));
        return job;
    }
}
