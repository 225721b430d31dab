package io.promwarden.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterAccessTest {

    @TempDir
    private Path folder;

    private Surroundings surroundings(Map<String, String> environment) {
        return new Surroundings(environment, folder.resolve("home"), folder.resolve("account"));
    }

    private Path kubeconfig(String name, String server) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                apiVersion: v1
                kind: Config
                clusters:
                - name: c-%1$s
                  cluster: {server: "%2$s"}
                users:
                - name: u-%1$s
                  user: {token: token-%1$s}
                contexts:
                - name: %1$s
                  context: {cluster: c-%1$s, user: u-%1$s}
                - name: other-%1$s
                  context: {cluster: c-%1$s, user: u-%1$s}
                current-context: %1$s
                """.formatted(file.getFileName(), server));
        return file;
    }

    private static ClusterAccess known(Answer<ClusterAccess> answer) {
        assertThat(answer.reason()).isEmpty();
        return answer.value().orElseThrow();
    }

    private static String reason(Answer<?> answer) {
        return answer.reason().orElseThrow();
    }

    private void mountServiceAccount() throws IOException {
        Files.createDirectories(folder.resolve("account"));
        Files.writeString(folder.resolve("account/token"), "first\n");
        Files.writeString(folder.resolve("account/ca.crt"), "");
    }

    @Test
    void a_kubeconfig_that_is_named_comes_first() throws IOException {
        mountServiceAccount();
        Path file = kubeconfig("mine", "https://mine.example:6443");
        ClusterAccess access = known(ClusterAccess.find(
                Optional.of(file),
                Optional.empty(),
                surroundings(Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1", "KUBECONFIG", "/nowhere"))));
        assertThat(access.inCluster()).isFalse();
        assertThat(access.config().getMasterUrl()).startsWith("https://mine.example:6443");
        assertThat(access.config().getRequestRetryBackoffLimit()).isZero();
    }

    @Test
    void in_a_pod_the_service_account_is_used_and_its_token_read_anew() throws IOException {
        mountServiceAccount();
        kubeconfig("home/.kube/config", "https://home.example");
        ClusterAccess access = known(ClusterAccess.find(
                Optional.empty(),
                Optional.empty(),
                surroundings(Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "443"))));
        assertThat(access.inCluster()).isTrue();
        assertThat(access.config().getMasterUrl()).startsWith("https://[fd00::1]:443");
        assertThat(access.config().getOauthTokenProvider().getToken()).isEqualTo("first");
        Files.writeString(folder.resolve("account/token"), "second");
        assertThat(access.config().getOauthTokenProvider().getToken()).isEqualTo("second");
    }

    @Test
    void a_context_that_is_asked_for_is_taken_from_the_usual_kubeconfig_even_in_a_pod() throws IOException {
        mountServiceAccount();
        kubeconfig("home/.kube/config", "https://home.example");
        ClusterAccess access = known(ClusterAccess.find(
                Optional.empty(),
                Optional.of("other-config"),
                surroundings(Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1"))));
        assertThat(access.config().getMasterUrl()).startsWith("https://home.example");
    }

    @Test
    void kubeconfig_in_the_environment_may_name_several_files() throws IOException {
        Path one = kubeconfig("one", "https://one.example");
        Path two = kubeconfig("two", "https://two.example");
        Map<String, String> environment =
                Map.of("KUBECONFIG", one + File.pathSeparator + two + File.pathSeparator + folder.resolve("gone"));
        assertThat(known(ClusterAccess.find(Optional.empty(), Optional.empty(), surroundings(environment)))
                        .config()
                        .getMasterUrl())
                .startsWith("https://one.example");
        assertThat(known(ClusterAccess.find(Optional.empty(), Optional.of("two"), surroundings(environment)))
                        .config()
                        .getMasterUrl())
                .startsWith("https://two.example");
    }

    @Test
    void no_cluster_anywhere_is_told_with_the_ways_to_name_one() {
        assertThat(reason(ClusterAccess.find(Optional.empty(), Optional.empty(), surroundings(Map.of()))))
                .contains("--kubeconfig", "KUBECONFIG", "in a pod");
    }

    @Test
    void a_file_that_is_missing_a_context_that_is_missing_and_what_is_no_kubeconfig_are_told() throws IOException {
        Path file = kubeconfig("mine", "https://mine.example");
        assertThat(reason(find(folder.resolve("gone"), Optional.empty()))).contains("gone", "can't be read");
        assertThat(reason(find(file, Optional.of("prod")))).contains("no context prod", "mine", "other-mine");
        Files.writeString(file, "clusters: []\nkind: Config\n");
        assertThat(reason(find(file, Optional.empty()))).contains("no current context");
        for (String text : List.of("", "---\n", "- a", "kind: Config\n", "just text")) {
            Files.writeString(file, text);
            assertThat(reason(find(file, Optional.empty()))).contains(file.toString(), "names no clusters");
        }
    }

    @Test
    void a_mistake_in_a_kubeconfig_is_told_by_line_and_without_quoting_a_token() throws IOException {
        Path file = folder.resolve("broken");
        Files.writeString(file, "kind: Config\nclusters:\nusers: [{user: {token: hunter2}}\n");
        assertThat(reason(find(file, Optional.empty())))
                .contains(file.toString(), "no YAML", "line")
                .doesNotContain("hunter2");
        Files.writeString(file, "kind: Config\nclusters: []\nusers: hunter2\n");
        assertThat(reason(find(file, Optional.empty())))
                .contains(file.toString())
                .doesNotContain("hunter2");
    }

    private Answer<ClusterAccess> find(Path file, Optional<String> context) {
        return ClusterAccess.find(Optional.of(file), context, surroundings(Map.of()));
    }

    @Test
    void the_token_of_a_kubeconfig_is_sent_to_its_server() throws IOException {
        try (StubServer server = new StubServer(request -> StubServer.json("{\"items\":[]}"))) {
            Path file = kubeconfig("mine", server.url());
            try (KubernetesCluster cluster = KubernetesCluster.open(
                            Optional.of(file), Optional.of("other-mine"), surroundings(Map.of()))
                    .value()
                    .orElseThrow()) {
                assertThat(cluster.inCluster()).isFalse();
                assertThat(cluster.inventory().list(ObjectKind.POD, RawObject::name))
                        .isEqualTo(Answer.known(List.of()));
            }
            assertThat(server.asked().getFirst().headers().get("Authorization")).containsExactly("Bearer token-mine");
        }
    }

    @Test
    void a_token_that_vanished_is_told_and_nothing_is_sent() throws IOException {
        mountServiceAccount();
        try (StubServer server = new StubServer(request -> StubServer.json("{\"items\":[]}"))) {
            ClusterAccess access = known(ClusterAccess.find(
                    Optional.empty(), Optional.empty(), surroundings(Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1"))));
            access.config().setMasterUrl(server.url());
            access.config().setCaCertFile(null);
            Files.delete(folder.resolve("account/token"));
            try (KubernetesCluster cluster = KubernetesCluster.open(
                            access.config(), true, TestCluster.PATIENCE, TestCluster.QUICK)
                    .value()
                    .orElseThrow()) {
                assertThat(reason(cluster.inventory().list(ObjectKind.POD, RawObject::name)))
                        .contains("token can't be read");
            }
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void a_client_certificate_that_cannot_be_read_is_told_when_the_cluster_is_opened() throws IOException {
        Path file = folder.resolve("broken");
        Files.writeString(file, """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:1", certificate-authority: /nowhere/ca.crt}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """);
        assertThat(reason(KubernetesCluster.open(Optional.of(file), Optional.empty(), surroundings(Map.of()))))
                .contains("can't be used", "/nowhere/ca.crt");
    }
}
