package io.promwarden.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands in front of one server and records every request and its answer, so that a test can prove what was sent and
 * what was not. Give {@link #uri()} to the code under test in place of the server's own.
 */
public final class RecordingProxy implements AutoCloseable {

    private final URI target;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Recorded> recorded = new CopyOnWriteArrayList<>();

    /**
     * A request, and what the server behind said.
     *
     * @param path with the query string, as it arrived
     * @param status 502 if the server behind gave no answer
     */
    public record Recorded(String method, String path, String body, int status, String contentType, String answer) {}

    private volatile Interceptor interceptor = new Interceptor() {};

    /** Has a say in every request. Both methods may wait. */
    public interface Interceptor {

        /** An answer in place of the server's; empty to pass the request on. */
        default Optional<Reply> instead(String method, String path) {
            return Optional.empty();
        }

        /** The server has answered, and whoever asked has not heard of it yet. */
        default void answered(String method, String path) {}
    }

    /** An answer that the server never gave. */
    public record Reply(int status, String body) {}

    private RecordingProxy(URI target) {
        this.target = target;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A proxy in front of a server, e.g. {@code RealPrometheus.uri()}. */
    public static RecordingProxy of(URI target) {
        RecordingProxy proxy = new RecordingProxy(target);
        proxy.server.createContext("/", proxy::handle);
        proxy.server.setExecutor(proxy.threads);
        proxy.server.start();
        return proxy;
    }

    /** Where it listens, with the target's path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target.getRawPath());
    }

    /** From now on this one is asked about every request. */
    public void intercept(Interceptor next) {
        interceptor = next;
    }

    /** All requests so far, in the order in which they were answered. */
    public List<Recorded> requests() {
        return List.copyOf(recorded);
    }

    /** The requests of a method whose path starts so. */
    public List<Recorded> requests(String method, String pathPrefix) {
        return recorded.stream()
                .filter(request -> request.method().equals(method))
                .filter(request -> request.path().startsWith(pathPrefix))
                .toList();
    }

    public void forget() {
        recorded.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().toString();
        Optional<Reply> instead = interceptor.instead(exchange.getRequestMethod(), path);
        if (instead.isPresent()) {
            byte[] own = instead.get().body().getBytes(StandardCharsets.UTF_8);
            recorded.add(new Recorded(
                    exchange.getRequestMethod(),
                    path,
                    body,
                    instead.get().status(),
                    "application/json",
                    instead.get().body()));
            send(exchange, instead.get().status(), "application/json", own);
            return;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(target.getScheme() + "://" + target.getRawAuthority() + path))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofString(body));
        for (String header : List.of("Authorization", "Content-Type", "Accept")) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(header, value);
            }
        }
        int status;
        byte[] answer;
        String contentType = "";
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            status = response.statusCode();
            answer = response.body();
            contentType = response.headers().firstValue("Content-Type").orElse("");
        } catch (IOException e) {
            status = 502;
            answer = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
            return;
        }
        recorded.add(new Recorded(
                exchange.getRequestMethod(),
                path,
                body,
                status,
                contentType,
                new String(answer, StandardCharsets.UTF_8)));
        interceptor.answered(exchange.getRequestMethod(), path);
        send(exchange, status, contentType, answer);
    }

    private static void send(HttpExchange exchange, int status, String contentType, byte[] answer) throws IOException {
        if (!contentType.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", contentType);
        }
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        if (answer.length > 0) {
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }
}
