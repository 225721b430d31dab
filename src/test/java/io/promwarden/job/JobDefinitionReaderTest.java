package io.promwarden.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.check.Exemption;
import io.promwarden.finding.CheckId;
import io.promwarden.finding.Severity;
import io.promwarden.job.ClusterSpec.Access;
import io.promwarden.job.ClusterSpec.Kubernetes;
import io.promwarden.job.JobDefinition.ServerLimits;
import io.promwarden.retention.CompactionSettings;
import io.promwarden.retention.DailyWindow;
import io.promwarden.retention.Limits;
import io.promwarden.retention.RetentionPolicy;
import io.promwarden.retention.RetentionSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobDefinitionReaderTest {

    private static final String SMALL = """
            name: small
            steps: [validate, report]
            """;

    @TempDir
    private Path folder;

    @Test
    void a_job_without_clusters_looks_at_the_one_it_runs_in() {
        JobDefinition job = JobFiles.sound(JobFiles.write(folder, SMALL));
        assertThat(job.clusters())
                .containsExactly(new ClusterSpec(
                        "default",
                        Optional.of(new Kubernetes(Optional.empty(), Optional.empty(), true, Access.AUTO)),
                        List.of(),
                        List.of()));
        assertThat(job.limits()).isEqualTo(ServerLimits.DEFAULT);
        assertThat(job.failOn()).isEmpty();
        assertThat(job.steps()).containsExactly(new StepSpec.Validate(false), new StepSpec.Report());
    }

    @Test
    void clusters_keep_their_servers_credentials_and_files() {
        JobDefinition job = full();
        Path base = JobFiles.resource("sound").toAbsolutePath();
        assertThat(job.clusters())
                .containsExactly(
                        new ClusterSpec(
                                "eu",
                                Optional.of(new Kubernetes(
                                        Optional.of(base.resolve("kube/eu.yaml")),
                                        Optional.of("eu-admin"),
                                        false,
                                        Access.POD_PROXY)),
                                List.of(new ServerSpec(
                                        "main",
                                        URI.create("https://prometheus.example.com:9090/prefix"),
                                        new Credentials.Bearer(new SecretRef.Env("PROMETHEUS_TOKEN")),
                                        new TlsSpec(
                                                Optional.of(Path.of("/tls/ca.pem")),
                                                Optional.of(base.resolve("tls/client.pem")),
                                                Optional.of(base.resolve("tls/client-key.pem"))))),
                                List.of(new ServerSpec(
                                        "main",
                                        URI.create("http://alertmanager:9093"),
                                        new Credentials.Basic(
                                                "me", new SecretRef.File(Path.of("/secrets/alertmanager"))),
                                        TlsSpec.NONE))),
                        new ClusterSpec(
                                "edge",
                                Optional.empty(),
                                List.of(new ServerSpec(
                                        "edge",
                                        URI.create("http://[::1]:9090"),
                                        new Credentials.Anonymous(),
                                        TlsSpec.NONE)),
                                List.of()));
    }

    @Test
    void steps_keep_their_order_and_settings() {
        JobDefinition job = full();
        assertThat(job.steps().stream().map(StepSpec::word))
                .containsExactly("validate", "retention", "compact", "coverage", "alerts", "report", "deliver");
        assertThat(job.find(StepSpec.Retention.class))
                .contains(new StepSpec.Retention(new RetentionSettings(
                        List.of(new RetentionPolicy(
                                "debug_total{env=\"dev\"}",
                                Duration.ofDays(9),
                                "noise",
                                Optional.of("eu"),
                                Optional.of("main"))),
                        true,
                        List.of("monitoring/k8s", "main"),
                        List.of("{__name__=~\"slo:.+\"}"),
                        new Limits(5000, 10, 90, 70_000_000, Duration.ofHours(6)),
                        Optional.of(Duration.ofDays(30)),
                        Optional.of("free_bytes{pod=\"$pod\"}"),
                        true)));
        assertThat(job.find(StepSpec.Compact.class))
                .contains(new StepSpec.Compact(new CompactionSettings(
                        5, Optional.of(new DailyWindow(LocalTime.of(22, 0), LocalTime.of(4, 30))))));
    }

    @Test
    void channels_keep_their_addresses_and_references() {
        SecretRef password = new SecretRef.Env("SMTP_PASSWORD");
        assertThat(full().find(StepSpec.Deliver.class).orElseThrow().channels())
                .containsExactly(
                        new ChannelSpec.Mail(
                                "mail",
                                Optional.of(password),
                                "smtp.example.com",
                                465,
                                ChannelSpec.Security.TLS,
                                Optional.of(new ChannelSpec.Login("promwarden", password)),
                                "promwarden@example.com",
                                List.of("sre@example.com", "lead@example.com")),
                        new ChannelSpec.Mail(
                                "relay",
                                Optional.empty(),
                                "10.0.0.25",
                                25,
                                ChannelSpec.Security.NONE,
                                Optional.empty(),
                                "promwarden@example.com",
                                List.of("sre@example.com")),
                        new ChannelSpec.Webhook(
                                "hook",
                                Optional.empty(),
                                new ChannelSpec.Location.Secret(new SecretRef.File(JobFiles.resource("sound")
                                        .toAbsolutePath()
                                        .resolve("hook-url"))),
                                new Credentials.Anonymous(),
                                TlsSpec.NONE),
                        new ChannelSpec.Webhook(
                                "plain",
                                Optional.empty(),
                                new ChannelSpec.Location.Plain(
                                        URI.create("https://hooks.example.com/promwarden?team=sre")),
                                new Credentials.Bearer(new SecretRef.File(Path.of("/secrets/hook"))),
                                TlsSpec.NONE));
    }

    @Test
    void the_rest_of_a_job_is_kept_too() {
        JobDefinition job = full();
        assertThat(job.failOn()).contains(Severity.WARNING);
        assertThat(job.limits()).isEqualTo(new ServerLimits(2, 5, 16, 30));
        assertThat(job.metrics().textfile()).contains(Path.of("/var/lib/node_exporter/promwarden.prom"));
        assertThat(job.metrics().pushgateway())
                .contains(new ServerSpec(
                        "pushgateway",
                        URI.create("http://pushgateway:9091"),
                        new Credentials.Basic("push", new SecretRef.Env("PUSH_PASSWORD")),
                        TlsSpec.NONE));
    }

    @Test
    void an_expired_exemption_is_a_warning_and_its_last_day_still_counts() {
        Reading reading = JobFiles.read(JobFiles.resource("sound/full.yaml"));
        JobDefinition job = JobFiles.sound(reading);
        assertThat(job.exemptions())
                .contains(new Exemption(
                        Set.of(CheckId.parse("monitor/not-scraped"), CheckId.parse("rule/evaluation-failing")),
                        Optional.of("eu"),
                        Optional.of("ServiceMonitor"),
                        Optional.of("shop"),
                        Optional.of("cart"),
                        Optional.of(LocalDate.of(2026, 5, 1)),
                        "until the end of today",
                        JobFiles.resource("exemptions/expired.yaml") + ":5"));
        List<Problem> warnings = ((Reading.Sound) reading).warnings();
        assertThat(warnings).hasSize(1);
        assertThat(warnings.getFirst().position()).endsWith("expired.yaml:3:5");
    }

    @Test
    void an_exemption_without_problems_gives_no_warning_before_its_day() throws IOException {
        Files.writeString(folder.resolve("e.yaml"), """
                exemptions:
                  - checks: [target/down]
                    until: 2026-05-01
                    because: today is its last day
                """);
        Reading reading = JobFiles.write(folder, SMALL + "exemptions: e.yaml\n");
        assertThat(((Reading.Sound) reading).warnings()).isEmpty();
    }

    @Test
    void the_digest_changes_with_the_job_and_with_its_exemptions() throws IOException {
        Path exemptions = folder.resolve("e.yaml");
        Files.writeString(exemptions, "exemptions: []\n");
        String job = SMALL + "exemptions: e.yaml\n";
        String first = JobFiles.sound(JobFiles.write(folder, job)).sha256();
        assertThat(first).matches("[0-9a-f]{64}");
        assertThat(JobFiles.sound(JobFiles.write(folder, job)).sha256()).isEqualTo(first);
        assertThat(JobFiles.sound(JobFiles.write(folder, job + "# a comment\n")).sha256())
                .isNotEqualTo(first);
        Files.writeString(exemptions, "exemptions: [] # none\n");
        assertThat(JobFiles.sound(JobFiles.write(folder, job)).sha256()).isNotEqualTo(first);
    }

    @Test
    void a_small_job_reads_the_same_from_a_file_with_a_byte_order_mark_and_windows_lines() {
        JobDefinition job = JobFiles.sound(JobFiles.write(folder, "\uFEFF" + SMALL.replace("\n", "\r\n")));
        assertThat(job.name()).isEqualTo("small");
    }

    @Test
    void aliases_are_followed() {
        JobDefinition job = JobFiles.sound(JobFiles.write(folder, """
                name: aliases
                clusters:
                  - name: a
                    prometheus: [{name: a, url: "https://a.example.com", tls: &tls {ca: /ca.pem}}]
                  - name: b
                    prometheus: [{name: b, url: "https://b.example.com", tls: *tls}]
                steps: [validate, report]
                """));
        assertThat(job.clusters())
                .allSatisfy(cluster ->
                        assertThat(cluster.prometheus().getFirst().tls().ca()).isPresent());
    }

    private static JobDefinition full() {
        return JobFiles.sound(JobFiles.read(JobFiles.resource("sound/full.yaml")));
    }
}
