package io.promwarden.job;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import io.promwarden.job.YamlNode.Entry;
import io.promwarden.job.YamlNode.Mapping;
import io.promwarden.job.YamlNode.Mark;
import io.promwarden.job.YamlNode.Scalar;
import io.promwarden.job.YamlNode.Sequence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Holds a document against its JSON schema, and says in which line and in whose words it fails. */
final class SchemaCheck {

    /** What the reader itself says in better words, whenever the schema sees it. */
    private static final Set<String> SAID_BY_READER = Set.of("dependencies");

    /** Keywords about a single value: the reader's words win where it has said something about the same value. */
    private static final Set<String> ABOUT_VALUES = Set.of("pattern", "minLength", "minimum", "maximum");

    private final JsonNode root;
    private final Schema schema;

    /** The schema lies beside this class. */
    SchemaCheck(String resource) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
        this.schema = registry.getSchema(text(resource), InputFormat.JSON);
        this.root = schema.getSchemaNode();
    }

    void check(YamlNode document, Problems problems) {
        for (Error error : schema.validate(json(document))) {
            if (SAID_BY_READER.contains(error.getKeyword())) {
                continue;
            }
            Place place = place(document, error);
            if (ABOUT_VALUES.contains(error.getKeyword())
                    && problems.has(place.node().at())) {
                continue;
            }
            SchemaWords words = SchemaWords.of(error, place, parent(error));
            problems.add(words.at(), words.message(), words.remedy());
        }
    }

    /**
     * Where an error stands.
     *
     * @param path e.g. {@code clusters[0].prometheus}; empty for the whole document
     * @param key where the value's key stands; the value itself, for a list's entry
     */
    record Place(YamlNode node, String path, Mark key) {}

    private static Place place(YamlNode document, Error error) {
        YamlNode node = document;
        Mark key = document.at();
        StringBuilder path = new StringBuilder();
        NodePath location = error.getInstanceLocation();
        for (int i = 0; i < location.getNameCount(); i++) {
            Object step = location.getElement(i);
            Entry entry = node instanceof Mapping map ? map.entries().get(step.toString()) : null;
            if (entry != null) {
                node = entry.value();
                key = entry.key();
                path.append(path.isEmpty() ? "" : ".").append(step);
            } else if (node instanceof Sequence list && step instanceof Number index) {
                node = list.entries().get(index.intValue());
                key = node.at();
                path.append('[').append(index).append(']');
            }
        }
        return new Place(node, path.toString(), key);
    }

    /** The part of the schema that holds the keyword that failed. */
    private JsonNode parent(Error error) {
        NodePath path = error.getSchemaLocation().getFragment();
        JsonNode here = root;
        for (int i = 0; i < path.getNameCount() - 1; i++) {
            Object step = path.getElement(i);
            here = step instanceof Number index ? here.path(index.intValue()) : here.path(step.toString());
        }
        return here;
    }

    private static JsonNode json(YamlNode node) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (node) {
            case Mapping map -> {
                ObjectNode object = json.objectNode();
                map.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
                yield object;
            }
            case Sequence list -> {
                ArrayNode array = json.arrayNode();
                List<YamlNode> entries = new ArrayList<>(list.entries());
                entries.forEach(entry -> array.add(json(entry)));
                yield array;
            }
            case Scalar scalar ->
                switch (scalar.kind()) {
                    case TEXT -> json.stringNode(scalar.text());
                    case WHOLE -> json.numberNode(Long.parseLong(scalar.text()));
                    case DECIMAL -> json.numberNode(new BigDecimal(scalar.text()));
                    case FLAG -> json.booleanNode(scalar.text().equalsIgnoreCase("true"));
                    case EMPTY -> json.nullNode();
                };
        };
    }

    private static String text(String resource) {
        try (InputStream in = SchemaCheck.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the build left out " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource + " of this program", e);
        }
    }
}
