package io.promwarden.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * The world's API server: it lists the objects and reaches the server pods through the pod proxy, as a kubeconfig from
 * outside would. So the recording goes through everything that a run goes through.
 */
final class ApiFront implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern PROXY = Pattern.compile("/api/v1/namespaces/[^/]+/pods/([^/:]+):\\d+/proxy(/.*)");

    private final World world;
    private final Map<String, URI> servers;
    private final Map<String, Retouch> retouches;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * Listens at once.
     *
     * @param servers the real process behind each server pod
     * @param retouches what is changed in each pod's answers
     */
    ApiFront(World world, Map<String, URI> servers, Map<String, Retouch> retouches) {
        this.world = world;
        this.servers = servers;
        this.retouches = retouches;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** A kubeconfig for it. */
    Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: shop-eu
                clusters: [{name: shop-eu, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: nobody, user: {}}]
                contexts: [{name: shop-eu, context: {cluster: shop-eu, user: nobody}}]
                """.formatted(server.getAddress().getPort()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Matcher proxied = PROXY.matcher(path);
            if (path.equals("/version")) {
                answer(exchange, 200, JSON.writeValueAsBytes(Map.of("gitVersion", "v1.31.4")));
            } else if (proxied.matches()) {
                forward(exchange, proxied.group(1), proxied.group(2));
            } else {
                list(exchange, path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void list(HttpExchange exchange, String path) throws IOException {
        for (ObjectKind kind : ObjectKind.values()) {
            String base = kind.group().isEmpty() ? "/api/" + kind.version() : "/apis/" + kind.apiVersion();
            if (path.equals(base + "/" + kind.plural())) {
                Map<String, ?> list = Tree.of(
                        "apiVersion",
                        kind.apiVersion(),
                        "kind",
                        kind.kind() + "List",
                        "metadata",
                        Map.of("resourceVersion", "1"),
                        "items",
                        world.of(kind.kind()).stream().map(RawObject::tree).toList());
                answer(exchange, 200, JSON.writeValueAsBytes(list));
                return;
            }
        }
        answer(exchange, 404, JSON.writeValueAsBytes(Map.of("kind", "Status", "message", "not found", "code", 404)));
    }

    private void forward(HttpExchange exchange, String pod, String path) throws IOException, InterruptedException {
        URI real = servers.get(pod);
        Retouch retouch = retouches.get(pod);
        if (real == null || retouch == null) {
            answer(exchange, 404, JSON.writeValueAsBytes(Map.of("kind", "Status", "message", "no such pod")));
            return;
        }
        String query = exchange.getRequestURI().getRawQuery();
        URI target = URI.create(real + path + (query == null ? "" : "?" + retouch.question(query)));
        HttpRequest.Builder request = HttpRequest.newBuilder(target);
        if (exchange.getRequestMethod().equals("POST")) {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(retouch.question(form)));
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        response.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        answer(
                exchange,
                response.statusCode(),
                retouch.answer(path, response.body()).getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        if (!exchange.getResponseHeaders().containsKey("Content-Type")) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
