package io.promwarden.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.promwarden.http.Exchange;
import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpAnswer.Unanswered;
import io.promwarden.http.HttpQuestion;
import io.promwarden.http.HttpQuestion.Method;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An API server over fabric8's client, which knows the credentials of a kubeconfig or a service account. Each question
 * is asked once: no retries, no redirects (the client's own habit is to follow them, token and all), a cap on bodies.
 */
final class ApiServer implements Exchange, AutoCloseable {

    private final Config config;
    private final QuietClientFactory factory = new QuietClientFactory();
    private final HttpClient client;
    private final String base;
    private final String place;
    private final long bodyCap;

    /**
     * An API server.
     *
     * @throws KubernetesClientException if the configuration can't be used, e.g. a certificate that can't be read
     */
    ApiServer(Config config, long bodyCap) {
        this.config = config;
        this.client = factory.newBuilder(config).build();
        String master = config.getMasterUrl();
        this.base = master.endsWith("/") ? master.substring(0, master.length() - 1) : master;
        this.place = URI.create(base).getAuthority();
        this.bodyCap = bodyCap;
    }

    @Override
    public HttpAnswer ask(HttpQuestion question) {
        boolean changes = question.method() == Method.POST && !question.repeatable();
        if (!changes) {
            return send(client, question);
        }
        // A kept connection that was closed meanwhile would leave open whether the call arrived.
        try (HttpClient fresh = factory.newBuilder(config).build()) {
            return send(fresh, question);
        }
    }

    private HttpAnswer send(HttpClient with, HttpQuestion question) {
        BodyCollector body = new BodyCollector(bodyCap);
        long deadline = System.nanoTime() + question.timeout().toNanos();
        CompletableFuture<HttpResponse<AsyncBody>> coming;
        try {
            coming = with.consumeBytes(request(with, question), body);
        } catch (UnreadableTokenException e) {
            return new Unanswered(e.reason(), false);
        }
        @Nullable AsyncBody streaming = null;
        try {
            HttpResponse<AsyncBody> response = coming.get(left(deadline), TimeUnit.NANOSECONDS);
            streaming = response.body();
            streaming.consume();
            streaming.done().get(left(deadline), TimeUnit.NANOSECONDS);
            return new Received(response.code(), header(response, "Content-Type"), body.bytes(), retryAfter(response));
        } catch (TimeoutException e) {
            abandon(coming, streaming);
            return new Unanswered("no whole answer from " + place + " within " + words(question.timeout()), true);
        } catch (InterruptedException e) {
            abandon(coming, streaming);
            Thread.currentThread().interrupt();
            return new Unanswered("interrupted while waiting for " + place, true);
        } catch (ExecutionException e) {
            abandon(coming, streaming);
            return new ApiFailure(place, words(question.timeout())).of(e);
        }
    }

    private HttpRequest request(HttpClient with, HttpQuestion question) {
        if (question.document().isPresent()) {
            throw new IllegalArgumentException("no document is ever sent to an API server");
        }
        String encoded = question.encoded();
        boolean get = question.method() == Method.GET;
        HttpRequest.Builder request = with.newHttpRequestBuilder()
                .uri(URI.create(base + question.path() + (get && !encoded.isEmpty() ? "?" + encoded : "")))
                .header("User-Agent", "promwarden")
                .timeout(question.timeout().toMillis(), TimeUnit.MILLISECONDS);
        return get
                ? request.header("Accept", "application/json, */*;q=0.5").build()
                : request.post("application/x-www-form-urlencoded", encoded).build();
    }

    private static void abandon(CompletableFuture<HttpResponse<AsyncBody>> coming, @Nullable AsyncBody streaming) {
        coming.cancel(true);
        if (streaming != null) {
            streaming.cancel();
        }
    }

    private static long left(long deadline) {
        return Math.max(1, deadline - System.nanoTime());
    }

    private static String header(HttpResponse<?> response, String name) {
        String value = response.header(name);
        return value == null ? "" : value;
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        String seconds = header(response, "Retry-After");
        return seconds.matches("[0-9]{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
                : Optional.empty();
    }

    private static String words(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    @Override
    public void close() {
        client.close();
    }
}
