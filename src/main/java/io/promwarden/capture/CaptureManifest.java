package io.promwarden.capture;

import io.promwarden.answer.Answer;
import io.promwarden.observation.ServerId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code capture.json} says: when the capture was recorded, by what, and which clusters and servers there were. */
record CaptureManifest(Instant recordedAt, String recordedBy, List<Cluster> clusters) {

    /** The newest format that this program writes and reads. */
    static final int FORMAT = 1;

    private static final String KIND = "promwarden-capture";

    /**
     * One cluster.
     *
     * @param kubernetes empty for a cluster that the job names URLs of only; else the API server's version
     */
    record Cluster(String name, Optional<Answer<String>> kubernetes, List<CapturedServer> servers) {
        Cluster {
            servers = List.copyOf(servers);
        }
    }

    CaptureManifest {
        clusters = List.copyOf(clusters);
    }

    byte[] json(JsonMapper mapper) {
        ObjectNode root = mapper.createObjectNode();
        root.put("kind", KIND);
        root.put("format", FORMAT);
        root.put("recordedAt", recordedAt.toString());
        root.put("recordedBy", recordedBy);
        ArrayNode list = root.putArray("clusters");
        for (Cluster cluster : clusters) {
            ObjectNode node = list.addObject().put("name", cluster.name());
            cluster.kubernetes().ifPresent(version -> {
                ObjectNode kubernetes = node.putObject("kubernetes");
                version.value().ifPresent(known -> kubernetes.put("version", known));
                version.reason().ifPresent(reason -> kubernetes.put("unknown", reason));
            });
            ArrayNode servers = node.putArray("servers");
            for (CapturedServer server : cluster.servers()) {
                ObjectNode entry = servers.addObject()
                        .put("kind", server.kind().word())
                        .put("owner", server.id().owner())
                        .put("instance", server.id().instance());
                server.unreachable().ifPresent(reason -> entry.put("unreachable", reason));
            }
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    /** Unknown, in words for whoever named the folder, if this is no capture that can be replayed. */
    static Answer<CaptureManifest> parse(JsonMapper mapper, byte[] json, String place) {
        JsonNode root;
        try {
            root = mapper.readTree(json);
        } catch (JacksonException e) {
            return Answer.unknown(place + ": not JSON (line " + e.getLocation().getLineNr()
                    + "); the capture is damaged, record it again");
        }
        if (!root.path("kind").asString("").equals(KIND)) {
            return Answer.unknown(place + ": not a Promwarden capture (kind is not " + KIND
                    + "); name the folder that promwarden capture --out wrote");
        }
        int format = root.path("format").asInt(0);
        if (format > FORMAT) {
            return Answer.unknown(place + ": format " + format + " was written by a newer Promwarden ("
                    + root.path("recordedBy").asString("?") + ") and this one reads up to " + FORMAT
                    + "; use that version, or record the capture again with this one");
        }
        try {
            return Answer.known(new CaptureManifest(
                    Instant.parse(root.path("recordedAt").asString("")),
                    root.path("recordedBy").asString(""),
                    clusters(root.path("clusters"))));
        } catch (DateTimeException e) {
            return Answer.unknown(place + ": recordedAt is no time (" + e.getMessage()
                    + "); the capture is damaged, record it again");
        } catch (IllegalArgumentException e) {
            return Answer.unknown(place + ": " + e.getMessage() + "; the capture is damaged, record it again");
        }
    }

    private static List<Cluster> clusters(JsonNode list) {
        List<Cluster> clusters = new ArrayList<>();
        for (JsonNode node : list) {
            String name = required(node, "name");
            JsonNode kubernetes = node.path("kubernetes");
            Optional<Answer<String>> version = Optional.empty();
            if (kubernetes.isObject()) {
                String unknown = kubernetes.path("unknown").asString("");
                version = Optional.of(
                        unknown.isBlank()
                                ? Answer.known(kubernetes.path("version").asString(""))
                                : Answer.unknown(unknown));
            }
            List<CapturedServer> servers = new ArrayList<>();
            for (JsonNode entry : node.path("servers")) {
                servers.add(server(name, entry));
            }
            clusters.add(new Cluster(name, version, servers));
        }
        return clusters;
    }

    private static CapturedServer server(String cluster, JsonNode entry) {
        String word = required(entry, "kind");
        CapturedServer.Kind kind = CapturedServer.Kind.find(word)
                .orElseThrow(() -> new IllegalArgumentException("no kind of server: " + word));
        ServerId id = new ServerId(cluster, required(entry, "owner"), required(entry, "instance"));
        String unreachable = entry.path("unreachable").asString("");
        return new CapturedServer(kind, id, unreachable.isBlank() ? Optional.empty() : Optional.of(unreachable));
    }

    private static String required(JsonNode node, String field) {
        String text = node.path(field).asString("");
        if (text.isBlank()) {
            throw new IllegalArgumentException("a " + field + " is missing");
        }
        return text;
    }
}
