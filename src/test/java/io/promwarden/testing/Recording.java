package io.promwarden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real servers' answers in a file, one JSON object a line. {@code mvn verify -Dpromwarden.record=true} writes them anew
 * from the servers that the integration tests run; read the difference like code.
 */
public final class Recording {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Recording() {}

    /** Writes what a proxy recorded, if this run is to record. */
    public static void save(String name, List<RecordingProxy.Recorded> recorded) {
        if (!Boolean.getBoolean("promwarden.record")) {
            return;
        }
        // In the order of the paths and one line each: two recordings of the same are easy to compare.
        Map<String, String> lines = new TreeMap<>();
        for (RecordingProxy.Recorded one : recorded) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("path", one.path());
            line.put("status", one.status());
            line.put("contentType", one.contentType());
            line.put("answer", withoutThisMachine(one.answer()));
            lines.put(one.path(), JSON.writeValueAsString(line));
        }
        try {
            Files.createDirectories(file(name).getParent());
            Files.writeString(file(name), lines.values().stream().collect(Collectors.joining("\n", "", "\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that gives the recorded answers. */
    public static StubServer replay(String name) {
        StubServer server = StubServer.start();
        try {
            for (String line : Files.readAllLines(file(name))) {
                JsonNode one = JSON.readTree(line);
                server.on(
                        one.path("path").asString(),
                        StubServer.Reply.of(
                                        one.path("status").asInt(),
                                        one.path("answer").asString())
                                .header("Content-Type", one.path("contentType").asString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return server;
    }

    private static String withoutThisMachine(String answer) {
        return answer.replaceAll(System.getProperty("java.io.tmpdir") + "/junit-[0-9]+", "/srv")
                .replaceAll("(\"globalUrl\":\"https?://)[^:/\"]+", "$1here");
    }

    private static Path file(String name) {
        return Path.of("src/test/resources/recorded", name + ".jsonl");
    }
}
