package io.promwarden.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.capture.CaptureRecorder;
import io.promwarden.capture.CaptureReplay;
import io.promwarden.inventory.ReferencedData;
import io.promwarden.inventory.ReferencedData.Reference;
import io.promwarden.kubernetes.StubServer.Request;
import io.promwarden.testing.TestCertificate;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveReferencesTest {

    private static final String CANARY = "canary-5f1e";

    @TempDir
    private Path folder;

    private static Reference secret(String namespace, String name, String key) {
        return new Reference(Reference.Type.SECRET, namespace, name, key);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private StubServer server() throws IOException {
        TestCertificate own = TestCertificate.of(folder, "EC", "ip:127.0.0.1");
        TestCertificate other = TestCertificate.of(folder, "RSA", "ip:127.0.0.1");
        String certificate = base64(Files.readString(own.certificateFile(folder.resolve("c.pem"))));
        String key = base64(Files.readString(own.keyFile(folder.resolve("k.pem"))));
        String foreign = base64(Files.readString(other.keyFile(folder.resolve("o.pem"))));
        return new StubServer(request -> switch (request.path()) {
            case "/api/v1/namespaces/shop/secrets/tls" ->
                StubServer.json("{\"kind\":\"Secret\",\"data\":{\"crt\":\"" + certificate + "\",\"key\":\"" + key
                        + "\",\"other\":\"" + foreign + "\",\"junk\":\"" + base64(CANARY) + "\",\"empty\":\"\"}}");
            case "/api/v1/namespaces/shop/configmaps/trust" ->
                StubServer.json("{\"kind\":\"ConfigMap\",\"data\":{\"id\":\"" + CANARY
                        + "\"},\"binaryData\":{\"bin\":\"AA==\"}}");
            case "/api/v1/namespaces/vault/secrets/tls" -> StubServer.status(403, "secrets is forbidden");
            default -> StubServer.status(404, "not found");
        });
    }

    @Test
    void a_secret_is_asked_for_by_name_once_and_answers_by_key() throws IOException {
        try (StubServer server = server();
                KubernetesCluster cluster = TestCluster.open(server.url())) {
            ReferencedData data = cluster.references();

            assertThat(data.exists(secret("shop", "tls", "crt"))).isEqualTo(Answer.known(true));
            assertThat(data.exists(secret("shop", "tls", "empty"))).isEqualTo(Answer.known(true));
            assertThat(data.exists(secret("shop", "tls", "absent"))).isEqualTo(Answer.known(false));
            assertThat(data.firstPemIsCertificate(secret("shop", "tls", "crt"))).isEqualTo(Answer.known(true));
            assertThat(data.firstPemIsCertificate(secret("shop", "tls", "junk")))
                    .isEqualTo(Answer.known(false));
            assertThat(data.firstPemIsCertificate(secret("shop", "tls", "empty")))
                    .isEqualTo(Answer.known(true));
            assertThat(server.asked()).extracting(Request::path).containsExactly("/api/v1/namespaces/shop/secrets/tls");

            assertThat(data.isKeyPair(secret("shop", "tls", "crt"), secret("shop", "tls", "key")))
                    .isEqualTo(Answer.known(true));
            assertThat(data.isKeyPair(secret("shop", "tls", "crt"), secret("shop", "tls", "other")))
                    .isEqualTo(Answer.known(false));
            assertThat(data.isKeyPair(secret("shop", "tls", "crt"), secret("shop", "tls", "junk")))
                    .isEqualTo(Answer.known(false));
        }
    }

    @Test
    void only_the_text_of_a_config_map_counts() throws IOException {
        try (StubServer server = server();
                KubernetesCluster cluster = TestCluster.open(server.url())) {
            Reference id = new Reference(Reference.Type.CONFIG_MAP, "shop", "trust", "id");
            Reference binary = new Reference(Reference.Type.CONFIG_MAP, "shop", "trust", "bin");

            assertThat(cluster.references().exists(id)).isEqualTo(Answer.known(true));
            assertThat(cluster.references().exists(binary)).isEqualTo(Answer.known(false));
        }
    }

    @Test
    void what_is_not_there_is_an_answer_and_what_is_forbidden_is_none() throws IOException {
        try (StubServer server = server();
                KubernetesCluster cluster = TestCluster.open(server.url())) {
            assertThat(cluster.references().exists(secret("shop", "gone", "crt")))
                    .isEqualTo(Answer.known(false));
            assertThat(cluster.references()
                            .exists(secret("vault", "tls", "crt"))
                            .reason()
                            .orElseThrow())
                    .startsWith("403: may not get secrets in vault");
        }
    }

    @Test
    void a_name_that_would_lead_elsewhere_is_never_asked_for() throws IOException {
        try (StubServer server = server();
                KubernetesCluster cluster = TestCluster.open(server.url())) {
            for (String name : List.of("", "../pods", "a/b", "a?watch=true", "..", "A")) {
                assertThat(cluster.references().exists(secret("shop", name, "crt")))
                        .isEqualTo(Answer.known(false));
            }
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void no_value_is_kept_and_a_capture_holds_answers_only() throws Exception {
        try (StubServer server = server();
                KubernetesCluster cluster = TestCluster.open(server.url())) {
            CaptureRecorder recorder = CaptureRecorder.begin(
                            folder.resolve("capture"), Instant.parse("2026-11-22T02:10:00Z"), "test")
                    .value()
                    .orElseThrow();
            ReferencedData live = cluster.references();
            ReferencedData recorded = recorder.cluster("eu-1").references(live);
            Reference crt = secret("shop", "tls", "crt");
            Reference key = secret("shop", "tls", "key");
            assertThat(recorded.exists(secret("shop", "tls", "junk"))).isEqualTo(Answer.known(true));
            assertThat(recorded.firstPemIsCertificate(crt)).isEqualTo(Answer.known(true));
            assertThat(recorded.isKeyPair(crt, key)).isEqualTo(Answer.known(true));
            Answer<Boolean> forbidden = recorded.exists(secret("vault", "tls", "crt"));
            recorder.finish();

            StringBuilder kept = new StringBuilder();
            for (Field field : live.getClass().getDeclaredFields()) {
                field.setAccessible(true);
                kept.append(field.get(live));
            }
            try (Stream<Path> files = Files.walk(folder.resolve("capture"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    kept.append(Files.readString(file));
                }
            }
            assertThat(kept.toString())
                    .contains("Secret shop/tls, key crt")
                    .doesNotContain(
                            CANARY,
                            base64(CANARY),
                            "BEGIN",
                            base64("-----BEGIN CERT").substring(0, 12));

            ReferencedData replayed = CaptureReplay.open(folder.resolve("capture"))
                    .value()
                    .orElseThrow()
                    .findCluster("eu-1")
                    .orElseThrow()
                    .references();
            assertThat(replayed.isKeyPair(crt, key)).isEqualTo(Answer.known(true));
            assertThat(replayed.exists(secret("vault", "tls", "crt"))).isEqualTo(forbidden);
            assertThat(replayed.exists(crt)).isEqualTo(Answer.unknown("not in the capture"));
        }
    }
}
