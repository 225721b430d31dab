package io.promwarden.demo;

import io.promwarden.inventory.RawObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What the generator itself asks the servers that it started, to know when the world has settled. */
final class PrometheusApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final URI server;

    PrometheusApi(URI server) {
        this.server = server;
    }

    List<RawObject> targets() throws IOException, InterruptedException {
        return read("/api/v1/targets?state=active").objects("data", "activeTargets");
    }

    List<RawObject> alerts() throws IOException, InterruptedException {
        return read("/api/v1/alerts").objects("data", "alerts");
    }

    List<RawObject> rules() throws IOException, InterruptedException {
        return read("/api/v1/rules").objects("data", "groups").stream()
                .flatMap(group -> group.objects("rules").stream())
                .toList();
    }

    /** The only value of an instant query; 0 where there is none. */
    double value(String expression) throws IOException, InterruptedException {
        List<RawObject> result = read("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .objects("data", "result");
        return result.isEmpty()
                ? 0
                : Double.parseDouble(result.getFirst().words("value").getLast());
    }

    static RawObject read(URI uri) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri).build());
    }

    static RawObject post(URI uri, Object document) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(document)))
                .build());
    }

    private RawObject read(String path) throws IOException, InterruptedException {
        return read(URI.create(server + path));
    }

    private static RawObject send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(request.uri() + ": " + response.statusCode() + " " + response.body());
        }
        Object answer = JSON.readValue(response.body(), Object.class);
        return RawObject.of(Tree.of("answer", answer instanceof List ? Tree.of("list", answer) : answer))
                .object("answer")
                .orElseThrow();
    }
}
