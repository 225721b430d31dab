package io.promwarden.http;

import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpAnswer.Unanswered;
import io.promwarden.http.HttpQuestion.Method;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One server over a connection of our own. It asks once: limits and repeated tries are {@link PoliteExchange}'s. Redirects
 * are handed back, never followed, so that a credential stays with its server.
 */
public final class DirectExchange implements Exchange, AutoCloseable {

    private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private final ServerConnection connection;
    private final TlsContext tls;
    private final @Nullable HttpClient client;

    public DirectExchange(ServerConnection connection) {
        this.connection = connection;
        this.tls = TlsContext.of(connection.tls());
        this.client = switch (tls) {
            case TlsContext.Usable usable -> newClient(usable);
            case TlsContext.Unusable unusable -> null;
        };
    }

    @Override
    public HttpAnswer ask(HttpQuestion question) {
        return switch (tls) {
            case TlsContext.Unusable unusable -> new Unanswered(unusable.reason(), false);
            case TlsContext.Usable usable ->
                switch (connection.authorization().present()) {
                    case Authorization.Missing missing -> new Unanswered(missing.reason(), false);
                    case Authorization.Nothing nothing -> send(usable, question, request(question));
                    case Authorization.Header header ->
                        send(usable, question, request(question).header("Authorization", header.value()));
                };
        };
    }

    @Override
    public void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }

    private HttpAnswer send(TlsContext.Usable usable, HttpQuestion question, HttpRequest.Builder request) {
        if (question.repeatable() && client != null) {
            return send(client, request.build(), question.timeout());
        }
        // A call that may be sent only once goes out on a connection of its own: a kept one that the server has closed
        // meanwhile would leave open whether the call arrived.
        HttpClient fresh = newClient(usable);
        try {
            return send(fresh, request.build(), question.timeout());
        } finally {
            fresh.shutdownNow();
        }
    }

    private HttpRequest.Builder request(HttpQuestion question) {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        if (question.document().isPresent()) {
            HttpQuestion.Document document = question.document().get();
            request.uri(connection.at(question.path(), ""))
                    .header("Content-Type", document.contentType())
                    .POST(BodyPublishers.ofString(document.text()));
            document.headers().forEach(header -> request.header(header.name(), header.value()));
        } else if (question.method() == Method.GET) {
            request.uri(connection.at(question.path(), question.encoded())).GET();
        } else {
            request.uri(connection.at(question.path(), ""))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(question.encoded()));
        }
        return request.header("User-Agent", "promwarden").timeout(question.timeout());
    }

    private HttpAnswer send(HttpClient with, HttpRequest request, Duration timeout) {
        CompletableFuture<HttpResponse<byte[]>> coming =
                with.sendAsync(request, info -> new CappedBody(connection.bodyCap(), info.headers()));
        try {
            return received(coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            coming.cancel(true);
            return Failure.late(timeout);
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            return new Unanswered("interrupted while waiting for the answer", true);
        } catch (ExecutionException e) {
            return new Failure(connection, timeout).of(e);
        }
    }

    private static Received received(HttpResponse<byte[]> response) {
        return new Received(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body(),
                RetryAfter.of(response.headers()));
    }

    private HttpClient newClient(TlsContext.Usable usable) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connection.connectTimeout())
                .sslContext(usable.context())
                .executor(THREADS)
                .build();
    }
}
