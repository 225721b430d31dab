package io.promwarden.kubernetes;

import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.promwarden.inventory.ObjectKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** fabric8's mock of an API server, which keeps what is created in it. It knows no pages and no rights. */
public final class MockCluster implements AutoCloseable {

    private final KubernetesMockServer server;

    public MockCluster() {
        List<CustomResourceDefinitionContext> custom = Arrays.stream(ObjectKind.values())
                .filter(ObjectKind::custom)
                .map(kind -> new CustomResourceDefinitionContext.Builder()
                        .withGroup(kind.group())
                        .withVersion(kind.version())
                        .withKind(kind.kind())
                        .withPlural(kind.plural())
                        .withScope("Namespaced")
                        .build())
                .toList();
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(custom), false);
        server.init();
    }

    public String url() {
        return "http://" + server.getHostName() + ":" + server.getPort();
    }

    public KubernetesCluster open() {
        return TestCluster.open(url());
    }

    /** Creates the objects of a YAML text, documents separated by {@code ---}. */
    public void create(String yaml) {
        for (String document : yaml.split("(?m)^---$", -1)) {
            if (!document.isBlank()) {
                create(Serialization.unmarshal(document, Map.class));
            }
        }
    }

    private void create(Map<?, ?> object) {
        String apiVersion = String.valueOf(object.get("apiVersion"));
        String kind = String.valueOf(object.get("kind"));
        Map<?, ?> metadata = (Map<?, ?>) Objects.requireNonNull(object.get("metadata"));
        Optional<ObjectKind> known = ObjectKind.find(apiVersion, kind);
        String plural = known.map(ObjectKind::plural).orElse(kind.toLowerCase(Locale.ROOT) + "s");
        String namespace =
                known.map(ObjectKind::namespaced).orElse(true) ? "/namespaces/" + metadata.get("namespace") : "";
        String path = (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion + namespace + "/" + plural;
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Serialization.asJson(object)))
                .build());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /** What the mock answers to a GET, untouched. */
    public String raw(String path) {
        return send(HttpRequest.newBuilder(URI.create(url() + path))
                        .version(HttpClient.Version.HTTP_1_1)
                        .build())
                .body();
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.destroy();
    }
}
