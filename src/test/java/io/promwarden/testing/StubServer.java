package io.promwarden.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server with scripted answers: for failures that a real one gives too seldom, and for recorded answers. */
public final class StubServer implements AutoCloseable {

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Deque<Reply>> script = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    /**
     * A request as it arrived.
     *
     * @param path with the query string, still encoded
     * @param headers names in lower case
     */
    public record Request(String method, String path, String body, Map<String, String> headers) {}

    /**
     * A scripted answer.
     *
     * @param before how long to wait before answering
     * @param cutAfter bytes of the body to send before the connection is closed; negative: all of it
     */
    public record Reply(int status, Map<String, String> headers, String body, Duration before, int cutAfter) {

        public static Reply of(int status, String body) {
            return new Reply(status, Map.of(), body, Duration.ZERO, -1);
        }

        /** 200 with JSON. */
        public static Reply json(String body) {
            return of(200, body).header("Content-Type", "application/json");
        }

        public Reply header(String name, String value) {
            Map<String, String> more = new java.util.TreeMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body, before, cutAfter);
        }

        public Reply after(Duration delay) {
            return new Reply(status, headers, body, delay, cutAfter);
        }

        /** Promises the whole body, sends only so many bytes of it and closes the connection. */
        public Reply cutAfterBytes(int bytes) {
            return new Reply(status, headers, body, before, bytes);
        }
    }

    private StubServer(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public static StubServer start() {
        try {
            return new StubServer(HttpServer.create(loopback(), 0), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that speaks TLS. */
    public static StubServer start(SSLContext tls, boolean wantsClientCertificate) {
        try {
            HttpsServer server = HttpsServer.create(loopback(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls) {
                @Override
                public void configure(com.sun.net.httpserver.HttpsParameters parameters) {
                    javax.net.ssl.SSLParameters ssl = tls.getDefaultSSLParameters();
                    ssl.setNeedClientAuth(wantsClientCertificate);
                    parameters.setSSLParameters(ssl);
                }
            });
            return new StubServer(server, "https");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code http://127.0.0.1:PORT}. */
    public URI uri() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    /**
     * What to answer on a path, in turn; the last one is given again and again.
     *
     * @param path without a query string; or with one, which then counts more
     */
    public StubServer on(String path, Reply... replies) {
        script.put(path, new ArrayDeque<>(List.of(replies)));
        return this;
    }

    /** All requests so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** How many requests were being answered at the same time at most. */
    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostAtOnce.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> headers = new java.util.TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
            String path = exchange.getRequestURI().toString();
            requests.add(new Request(exchange.getRequestMethod(), path, body, headers));
            Reply reply = next(path, exchange.getRequestURI().getPath());
            if (reply == null) {
                reply = Reply.of(404, "nothing is scripted for " + path);
            }
            Thread.sleep(reply.before());
            answer(exchange, reply);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private @Nullable Reply next(String pathWithQuery, String path) {
        Deque<Reply> replies = script.getOrDefault(pathWithQuery, script.get(path));
        if (replies == null) {
            return null;
        }
        synchronized (replies) {
            return replies.size() > 1 ? replies.removeFirst() : replies.peekFirst();
        }
    }

    private static void answer(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body, 0, reply.cutAfter() < 0 ? body.length : reply.cutAfter());
            exchange.getResponseBody().flush();
        }
    }
}
