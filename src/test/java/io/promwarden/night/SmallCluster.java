package io.promwarden.night;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.testing.RecordingProxy;
import io.promwarden.testing.RecordingProxy.Interceptor;
import io.promwarden.testing.RecordingProxy.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * fabric8's API server, without TLS, with the objects of some manifests, behind a proxy that records what it is asked; and a
 * kubeconfig that leads there.
 */
final class SmallCluster implements AutoCloseable {

    private final KubernetesMockServer server;
    private final KubernetesClient client;
    private final RecordingProxy proxy;
    private final Path kubeconfig;

    private SmallCluster(KubernetesMockServer server, KubernetesClient client, RecordingProxy proxy, Path kubeconfig) {
        this.server = server;
        this.client = client;
        this.proxy = proxy;
        this.kubeconfig = kubeconfig;
    }

    /** Starts one; {@code folder} is for its kubeconfig. */
    static SmallCluster start(Path folder) {
        KubernetesMockServer server = new KubernetesMockServer(
                new io.fabric8.mockwebserver.Context(),
                new io.fabric8.mockwebserver.MockWebServer(),
                new java.util.HashMap<>(),
                new io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher(),
                false);
        server.init();
        RecordingProxy proxy = RecordingProxy.of(URI.create("http://127.0.0.1:" + server.getPort()));
        Path kubeconfig = folder.resolve("kubeconfig");
        try {
            Files.createDirectories(folder);
            Files.writeString(kubeconfig, """
                    apiVersion: v1
                    kind: Config
                    current-context: small
                    clusters:
                      - name: small
                        cluster: {server: "http://127.0.0.1:%d"}
                    users:
                      - name: tester
                        user: {token: not-a-secret}
                    contexts:
                      - name: small
                        context: {cluster: small, user: tester}
                    """.formatted(proxy.uri().getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SmallCluster cluster = new SmallCluster(server, server.createClient(), proxy, kubeconfig);
        cluster.intercept(new Interceptor() {});
        return cluster;
    }

    /** Creates every object of a multi-document YAML. */
    void create(String manifests) {
        for (String document : Pattern.compile("(?m)^---$").split(manifests, -1)) {
            if (document.isBlank()) {
                continue;
            }
            GenericKubernetesResource object = Serialization.unmarshal(
                    new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)),
                    GenericKubernetesResource.class);
            create(object);
        }
    }

    private void create(GenericKubernetesResource object) {
        ResourceDefinitionContext context = context(object);
        var objects = client.genericKubernetesResources(context);
        HasMetadata unused = context.isNamespaceScoped()
                ? objects.inNamespace(object.getMetadata().getNamespace())
                        .resource(object)
                        .create()
                : objects.resource(object).create();
    }

    private static ResourceDefinitionContext context(GenericKubernetesResource object) {
        ResourceDefinitionContext.Builder context = new ResourceDefinitionContext.Builder();
        // Runs get these two by name and never list them, so that no kind of object stands for them.
        if (object.getKind().equals("Secret") || object.getKind().equals("ConfigMap")) {
            return context.withGroup("")
                    .withVersion("v1")
                    .withKind(object.getKind())
                    .withPlural(object.getKind().toLowerCase(Locale.ROOT) + "s")
                    .withNamespaced(true)
                    .build();
        }
        ObjectKind kind = ObjectKind.find(object.getApiVersion(), object.getKind())
                .orElseThrow(() -> new IllegalArgumentException("not a kind that a run reads: " + object.getKind()));
        return context.withGroup(kind.group())
                .withVersion(kind.version())
                .withKind(kind.kind())
                .withPlural(kind.plural())
                .withNamespaced(kind.namespaced())
                .build();
    }

    /** From now on this one is asked about every request; what it lets pass is answered as an API server would. */
    void intercept(Interceptor interceptor) {
        proxy.intercept(new Interceptor() {
            @Override
            public Optional<Reply> instead(String method, String path) {
                return interceptor
                        .instead(method, path)
                        // In CRUD mode the server takes its own version for a list of objects.
                        .or(() -> path.equals("/version")
                                ? Optional.of(new Reply(200, "{\"gitVersion\": \"v1.33.1\"}"))
                                : Optional.empty());
            }
        });
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    /** What the API server was asked. */
    RecordingProxy proxy() {
        return proxy;
    }

    @Override
    public void close() {
        client.close();
        proxy.close();
        server.destroy();
    }
}
