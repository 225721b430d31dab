package io.promwarden.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback that answers what a test says, and remembers what it was asked. */
public final class StubServer implements AutoCloseable {

    /** What came. */
    public record Request(String method, URI uri, Map<String, List<String>> headers, String body) {
        public String path() {
            return uri.getRawPath();
        }

        public String query() {
            return uri.getRawQuery() == null ? "" : uri.getRawQuery();
        }
    }

    /** How it is answered. */
    public sealed interface Reply {}

    public record Text(int status, String contentType, String body, Map<String, String> headers) implements Reply {}

    /** No answer until the server is closed. */
    public record Hang() implements Reply {}

    /** Half of the announced body, then the connection is closed. */
    public record Half(String body) implements Reply {}

    /** What the server does. */
    public interface Behaviour {
        Reply answer(Request request);
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    public StubServer(Behaviour behaviour) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                Request request = new Request(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        Map.copyOf(exchange.getRequestHeaders()),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                asked.add(request);
                reply(exchange, behaviour.answer(request));
            }
        });
        server.start();
    }

    public static Reply json(String body) {
        return new Text(200, "application/json", body, Map.of());
    }

    public static Reply json(int status, String body) {
        return new Text(status, "application/json", body, Map.of());
    }

    public static Reply status(int status, String message) {
        return json(
                status,
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"" + message
                        + "\",\"code\":" + status + "}");
    }

    private void reply(HttpExchange exchange, Reply reply) throws IOException {
        switch (reply) {
            case Hang hang -> {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            case Half half -> {
                byte[] body = half.body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length * 2L);
                OutputStream out = exchange.getResponseBody();
                out.write(body);
                out.flush();
            }
            case Text text -> {
                byte[] body = text.body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", text.contentType());
                text.headers()
                        .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
                exchange.sendResponseHeaders(text.status(), body.length == 0 ? -1 : body.length);
                if (body.length > 0) {
                    exchange.getResponseBody().write(body);
                }
            }
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public List<Request> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
