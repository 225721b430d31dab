package io.promwarden.formats;

import io.promwarden.answer.Answer;
import io.promwarden.retention.PlanDocument;
import io.promwarden.retention.SealedPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file of a plan, as docs/plan.md describes it: the document, and the SHA-256 of its content. The hash is that of the
 * document as JSON without white space and with sorted keys, so that formatting does not count and everything else does.
 */
public final class PlanJson {

    /** What the file is called beside a report. */
    public static final String FILE_NAME = "plan.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final JsonMapper COMPACT = JsonMapper.builder().build();

    private PlanJson() {}

    /** With its hash. */
    public static SealedPlan seal(PlanDocument document) {
        return new SealedPlan(document, hash(JSON.valueToTree(document)));
    }

    /** The file's content. */
    public static byte[] write(SealedPlan plan) {
        ObjectNode root = JSON.createObjectNode();
        root.put("sha256", plan.sha256());
        root.set("plan", JSON.valueToTree(plan.document()));
        // By way of a String: half a surrogate pair ends Jackson's writer of bytes.
        return (JSON.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a file; unknown, with the reason, if it is none, or is not as it was written. */
    public static Answer<SealedPlan> read(byte[] content) {
        try {
            JsonNode root = JSON.readTree(new String(content, StandardCharsets.UTF_8));
            JsonNode plan = root.path("plan");
            if (!root.isObject() || !plan.isObject() || !root.path("sha256").isString() || root.size() != 2) {
                return Answer.unknown("it is no plan: it must hold sha256 and plan, and nothing else");
            }
            if (!plan.path("format").isInt() || plan.path("format").asInt() != PlanDocument.FORMAT) {
                return Answer.unknown("its format is " + plan.path("format") + ", and this version reads "
                        + PlanDocument.FORMAT + " only: make the plan anew");
            }
            String hash = hash(plan);
            if (!hash.equals(root.path("sha256").asString())) {
                return Answer.unknown("it was altered: its content has the SHA-256 " + hash + ", and it says "
                        + root.path("sha256").asString());
            }
            PlanDocument document = JSON.treeToValue(plan, PlanDocument.class);
            Optional<String> odd = document.contradiction();
            if (odd.isPresent()) {
                return Answer.unknown("it is no plan: " + odd.get());
            }
            return canonical(JSON.valueToTree(document)).equals(canonical(plan))
                    ? Answer.known(new SealedPlan(document, hash))
                    : Answer.unknown("it holds what this version would not have written: make the plan anew");
        } catch (JacksonException | IllegalArgumentException e) {
            return Answer.unknown("it cannot be read: " + firstLine(e));
        }
    }

    private static String firstLine(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static String hash(JsonNode plan) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(canonical(plan).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String canonical(JsonNode node) {
        return COMPACT.writeValueAsString(sorted(node));
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode sorted = COMPACT.createObjectNode();
            Map<String, JsonNode> fields = new TreeMap<>();
            object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            fields.forEach((name, value) -> sorted.set(name, sorted(value)));
            return sorted;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode sorted = COMPACT.createArrayNode();
            array.forEach(element -> sorted.add(sorted(element)));
            return sorted;
        }
        return node;
    }
}
