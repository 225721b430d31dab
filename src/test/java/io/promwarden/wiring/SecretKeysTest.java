package io.promwarden.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.ReferencedData.Reference;
import io.promwarden.job.JobDefinition;
import io.promwarden.job.JobDefinitionReader;
import io.promwarden.job.Reading;
import io.promwarden.kubernetes.StubServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeysTest {

    private static final Reference TOKEN = new Reference(Reference.Type.SECRET, "shop", "auth", "token");

    @TempDir
    private Path folder;

    private Answer<Boolean> answer(StubServer server, String validate) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                {"apiVersion":"v1","kind":"Config","current-context":"c",
                 "clusters":[{"name":"c","cluster":{"server":"%s"}}],"users":[{"name":"u","user":{"token":"t"}}],
                 "contexts":[{"name":"c","context":{"cluster":"c","user":"u"}}]}""".formatted(server.url()));
        Path job = Files.writeString(
                folder.resolve("job.yaml"), "name: nightly\nsteps:\n  - " + validate + "\n  - report\n");
        if (!(new JobDefinitionReader(Clock.systemUTC()).read(job) instanceof Reading.Sound sound)) {
            throw new AssertionError("the job is unsound");
        }
        JobDefinition definition = sound.definition();
        List<ClusterAccess> accesses = LookedAt.accesses(
                definition, new RunRequest.Where.Live(Optional.of(kubeconfig), Optional.empty()), Map.of());
        try (ClusterAccess access = accesses.getFirst()) {
            return access.kubernetes().orElseThrow().references().exists(TOKEN);
        }
    }

    private static StubServer server() {
        return new StubServer(request -> request.path().equals("/api/v1/namespaces/shop/secrets/auth")
                ? StubServer.json("{\"data\":{\"token\":\"dA==\"}}")
                : StubServer.json("{\"gitVersion\":\"v1.33.0\"}"));
    }

    @Test
    void a_job_that_does_not_say_so_never_asks_for_a_secret() throws IOException {
        for (String validate : List.of("validate", "validate: {}", "validate: {secrets: none}")) {
            try (StubServer server = server()) {
                assertThat(answer(server, validate).reason().orElseThrow()).startsWith("not allowed to read Secrets");
                assertThat(server.asked())
                        .extracting(StubServer.Request::path)
                        .noneMatch(path -> path.contains("secrets"));
            }
        }
    }

    @Test
    void a_job_that_says_keys_is_answered() throws IOException {
        try (StubServer server = server()) {
            assertThat(answer(server, "validate: {secrets: keys}")).isEqualTo(Answer.known(true));
        }
    }
}
