package io.promwarden.cronjob;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.job.JobDefinition;
import io.promwarden.job.JobDefinitionReader;
import io.promwarden.job.Reading;
import io.promwarden.job.StepSpec;
import io.promwarden.testing.Grant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManifestsIT {

    @SuppressWarnings("NullAway.Init") // before all tests
    private Rendered base;

    @SuppressWarnings("NullAway.Init") // before all tests
    private Rendered retention;

    @SuppressWarnings("NullAway.Init") // before all tests
    private Rendered secrets;

    @BeforeAll
    void render() {
        base = Rendered.of("base");
        retention = Rendered.of("overlays/retention");
        secrets = Rendered.of("overlays/secrets");
    }

    @Test
    void the_base_holds_these_objects_and_no_namespace() {
        assertThat(base.names())
                .containsExactly(
                        "ClusterRole promwarden",
                        "ClusterRoleBinding promwarden",
                        "ConfigMap promwarden-nightly",
                        "CronJob promwarden-nightly",
                        "NetworkPolicy promwarden-to-alertmanager",
                        "NetworkPolicy promwarden-to-prometheus",
                        "PersistentVolumeClaim promwarden",
                        "PrometheusRule promwarden-nightly",
                        "ServiceAccount promwarden");
        assertThat(retention.objects())
                .filteredOn(object -> !object.getKind().startsWith("ClusterRole"))
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getNamespace()).isEqualTo("monitoring"));
    }

    @Test
    void overlays_only_add_to_the_base() {
        assertThat(added(retention))
                .containsExactlyInAnyOrder(
                        "ConfigMap promwarden-retention",
                        "CronJob promwarden-retention",
                        "PrometheusRule promwarden-retention");
        assertThat(added(secrets))
                .containsExactlyInAnyOrder("ClusterRole promwarden-secrets", "ClusterRoleBinding promwarden-secrets");
    }

    @Test
    void the_role_lists_exactly_the_kinds_that_a_run_reads() {
        Set<Grant> needed = Arrays.stream(ObjectKind.values())
                .map(kind -> new Grant("list", kind.group(), kind.plural()))
                .collect(Collectors.toSet());
        assertThat(Grant.of(base.the(ClusterRole.class, "promwarden"))).containsExactlyInAnyOrderElementsOf(needed);
    }

    @Test
    void only_the_overlay_for_secrets_may_look_at_one_and_never_at_a_list() {
        assertThat(Grant.of(secrets.the(ClusterRole.class, "promwarden-secrets")))
                .containsExactlyInAnyOrder(new Grant("get", "", "secrets"), new Grant("get", "", "configmaps"));
        for (Rendered rendered : List.of(base, retention)) {
            assertThat(rendered.all(ClusterRole.class))
                    .allSatisfy(role -> assertThat(Grant.of(role))
                            .noneMatch(grant -> grant.resource().equals("secrets")));
        }
    }

    @Test
    void every_role_is_bound_to_the_account_that_the_pods_run_as() {
        for (ClusterRoleBinding binding : secrets.all(ClusterRoleBinding.class)) {
            secrets.the(ClusterRole.class, binding.getRoleRef().getName());
            assertThat(binding.getSubjects()).singleElement().satisfies(subject -> {
                ServiceAccount account = secrets.the(ServiceAccount.class, subject.getName());
                assertThat(subject.getNamespace())
                        .isEqualTo(account.getMetadata().getNamespace());
            });
        }
        for (CronJob cronJob : retention.all(CronJob.class)) {
            retention.the(ServiceAccount.class, pod(cronJob).getServiceAccountName());
            assertThat(pod(cronJob).getAutomountServiceAccountToken()).isTrue();
        }
    }

    @Test
    void the_nightly_round_starts_at_ten_past_two_utc_and_never_twice() {
        CronJob nightly = base.the(CronJob.class, "promwarden-nightly");
        assertThat(nightly.getSpec().getSchedule()).isEqualTo("10 2 * * *");
        assertThat(nightly.getSpec().getTimeZone()).isEqualTo("Etc/UTC");
        assertThat(nightly.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
        assertThat(nightly.getSpec().getStartingDeadlineSeconds()).isPositive();
        assertThat(job(nightly).getActiveDeadlineSeconds()).isPositive();
        assertThat(job(nightly).getBackoffLimit()).isPositive();
        assertThat(pod(nightly).getRestartPolicy()).isEqualTo("Never");
    }

    @Test
    void the_clean_up_starts_after_the_nightly_rounds_time_limit() {
        assertThat(job(base.the(CronJob.class, "promwarden-nightly")).getActiveDeadlineSeconds())
                .isLessThan((5 - 2) * 3600L);
        assertThat(retention
                        .the(CronJob.class, "promwarden-retention")
                        .getSpec()
                        .getSchedule())
                .isEqualTo("10 5 * * 0");
    }

    @Test
    void a_verdict_is_never_retried_and_a_drained_node_never_counts() {
        for (CronJob cronJob : retention.all(CronJob.class)) {
            List<PodFailurePolicyRule> rules =
                    job(cronJob).getPodFailurePolicy().getRules();
            assertThat(rules).hasSize(2);
            assertThat(rules.get(0).getAction()).isEqualTo("Ignore");
            assertThat(rules.get(0).getOnPodConditions())
                    .singleElement()
                    .satisfies(condition -> assertThat(condition.getType()).isEqualTo("DisruptionTarget"));
            assertThat(rules.get(1).getAction()).isEqualTo("FailJob");
            assertThat(rules.get(1).getOnExitCodes().getOperator()).isEqualTo("In");
            assertThat(rules.get(1).getOnExitCodes().getValues()).containsExactly(1, 2, 3);
            assertThat(rules.get(1).getOnExitCodes().getContainerName())
                    .isEqualTo(container(cronJob).getName());
        }
    }

    @Test
    void the_slot_comes_from_the_jobs_own_name() {
        for (CronJob cronJob : retention.all(CronJob.class)) {
            assertThat(container(cronJob).getEnv())
                    .filteredOn(EnvVar::getName, "PROMWARDEN_JOB_NAME")
                    .singleElement()
                    .satisfies(
                            env -> assertThat(env.getValueFrom().getFieldRef().getFieldPath())
                                    .isEqualTo("metadata.labels['batch.kubernetes.io/job-name']"));
        }
    }

    @Test
    void the_container_can_change_nothing_but_its_volumes() {
        for (CronJob cronJob : retention.all(CronJob.class)) {
            assertThat(pod(cronJob).getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod(cronJob).getSecurityContext().getRunAsUser()).isPositive();
            assertThat(pod(cronJob).getSecurityContext().getSeccompProfile().getType())
                    .isEqualTo("RuntimeDefault");
            Container container = container(cronJob);
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getResources().getLimits()).containsKey("memory");
            assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
            assertThat(volume(cronJob, "/tmp").getEmptyDir()).isNotNull();
        }
    }

    @Test
    void every_file_that_the_command_names_is_mounted() {
        for (CronJob cronJob : retention.all(CronJob.class)) {
            List<String> args = container(cronJob).getArgs();
            assertThat(args.getFirst()).isEqualTo("run");
            Path file = Path.of(args.get(1));
            String configMap = volume(cronJob, folder(file)).getConfigMap().getName();
            assertThat(retention.the(ConfigMap.class, configMap).getData())
                    .containsOnlyKeys(file.getFileName().toString());
            assertThat(args.get(2)).isEqualTo("--reports");
            Volume data = volume(cronJob, folder(Path.of(args.get(3))));
            retention.the(
                    PersistentVolumeClaim.class, data.getPersistentVolumeClaim().getClaimName());
        }
    }

    @Test
    void secrets_are_optional_so_that_the_base_runs_without_one() {
        for (CronJob cronJob : retention.all(CronJob.class)) {
            assertThat(container(cronJob).getEnvFrom())
                    .allSatisfy(source ->
                            assertThat(source.getSecretRef().getOptional()).isTrue());
            assertThat(pod(cronJob).getVolumes())
                    .filteredOn(volume -> volume.getSecret() != null)
                    .isNotEmpty()
                    .allSatisfy(volume ->
                            assertThat(volume.getSecret().getOptional()).isTrue());
        }
    }

    @Test
    void the_jobs_are_the_examples(@TempDir Path folder) throws IOException {
        JobDefinition nightly = installed(folder, "promwarden-nightly", "nightly.yaml");
        assertThat(nightly.find(StepSpec.Retention.class)
                        .orElseThrow()
                        .settings()
                        .apply())
                .isFalse();
        JobDefinition cleanUp = installed(folder, "promwarden-retention", "retention.yaml");
        assertThat(cleanUp.find(StepSpec.Retention.class)
                        .orElseThrow()
                        .settings()
                        .apply())
                .isTrue();
    }

    @Test
    void the_policies_let_in_exactly_the_jobs_pods() {
        Map<String, Integer> ports = Map.of("promwarden-to-prometheus", 9090, "promwarden-to-alertmanager", 9093);
        for (NetworkPolicy policy : base.all(NetworkPolicy.class)) {
            NetworkPolicySpec spec = policy.getSpec();
            assertThat(spec.getPolicyTypes()).containsExactly("Ingress");
            assertThat(spec.getPodSelector().getMatchLabels())
                    .as("only pods that kube-prometheus's own policies already close")
                    .containsEntry("app.kubernetes.io/part-of", "kube-prometheus");
            assertThat(spec.getIngress()).singleElement().satisfies(rule -> {
                assertThat(rule.getPorts())
                        .singleElement()
                        .satisfies(port -> assertThat(port.getPort().getIntVal())
                                .isEqualTo(ports.get(policy.getMetadata().getName())));
                assertThat(rule.getFrom()).singleElement().satisfies(peer -> {
                    assertThat(peer.getNamespaceSelector()).isNull();
                    for (CronJob cronJob : retention.all(CronJob.class)) {
                        assertThat(labels(cronJob)).containsAllEntriesOf(labels(peer.getPodSelector()));
                    }
                    assertThat(labels(peer.getPodSelector())).isNotEmpty();
                });
            });
        }
    }

    private static String folder(Path file) {
        return Objects.requireNonNull(file.getParent()).toString();
    }

    private static Map<String, String> labels(LabelSelector selector) {
        return selector.getMatchLabels();
    }

    private static Map<String, String> labels(CronJob cronJob) {
        return job(cronJob).getTemplate().getMetadata().getLabels();
    }

    private JobDefinition installed(Path folder, String configMap, String file) throws IOException {
        String text = retention.the(ConfigMap.class, configMap).getData().get(file);
        assertThat(text).as(file).isNotNull();
        assertThat(withoutSchema(Objects.requireNonNull(text)))
                .isEqualTo(withoutSchema(Files.readString(Path.of("jobs", file))));
        Reading reading =
                new JobDefinitionReader(Clock.systemUTC()).read(Files.writeString(folder.resolve(file), text));
        assertThat(reading).isInstanceOf(Reading.Sound.class);
        return ((Reading.Sound) reading).definition();
    }

    /** The first line tells editors where the schema is, which differs from folder to folder. */
    private static String withoutSchema(String text) {
        assertThat(text).startsWith("# yaml-language-server: $schema=");
        return text.substring(text.indexOf('\n'));
    }

    private Set<String> added(Rendered overlay) {
        Set<HasMetadata> added = new HashSet<>(overlay.objects());
        base.objects()
                .forEach(object -> assertThat(added.remove(object))
                        .as("%s is unchanged", object.getMetadata().getName())
                        .isTrue());
        return added.stream()
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private static JobSpec job(CronJob cronJob) {
        return cronJob.getSpec().getJobTemplate().getSpec();
    }

    private static PodSpec pod(CronJob cronJob) {
        return job(cronJob).getTemplate().getSpec();
    }

    private static Container container(CronJob cronJob) {
        assertThat(pod(cronJob).getContainers()).hasSize(1);
        return pod(cronJob).getContainers().getFirst();
    }

    private static Volume volume(CronJob cronJob, String path) {
        VolumeMount mount = container(cronJob).getVolumeMounts().stream()
                .filter(candidate -> candidate.getMountPath().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is mounted at " + path));
        return pod(cronJob).getVolumes().stream()
                .filter(volume -> volume.getName().equals(mount.getName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no volume " + mount.getName()));
    }
}
