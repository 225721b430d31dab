package io.promwarden.capture;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.Trimming;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** The objects of one kind in a file, as the list that an API server would give, or why there are none. */
final class ObjectsFile {

    private static final TypeReference<Map<String, @Nullable Object>> TREE = new TypeReference<>() {};

    private final JsonMapper mapper;
    private final ObjectReader reader;

    ObjectsFile(JsonMapper mapper) {
        this.mapper = mapper;
        this.reader = mapper.readerFor(TREE).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    byte[] json(RawObject trimmed) {
        return mapper.writeValueAsBytes(trimmed.tree());
    }

    /** Writes a list; each object comes as {@link #json} made it. */
    void write(OutputStream file, ObjectKind kind, Answer<List<byte[]>> objects) {
        try (JsonGenerator to = mapper.writerWithDefaultPrettyPrinter().createGenerator(file)) {
            to.writeStartObject();
            to.writeStringProperty("apiVersion", kind.apiVersion());
            to.writeStringProperty("kind", kind.kind() + "List");
            switch (objects) {
                case Answer.Unknown<List<byte[]>> unknown -> to.writeStringProperty("unknown", unknown.why());
                case Answer.Known<List<byte[]>> known -> {
                    to.writeName("items");
                    to.writeStartArray();
                    for (byte[] object : known.known()) {
                        try (JsonParser from = mapper.createParser(object)) {
                            from.nextToken();
                            to.copyCurrentStructureExact(from);
                        }
                    }
                    to.writeEndArray();
                }
            }
            to.writeEndObject();
        }
    }

    /**
     * Reads a list, object after object, and trims each again: a capture may have been written by hand.
     *
     * @throws tools.jackson.core.JacksonException if it is no JSON
     */
    <T> Answer<List<T>> read(InputStream file, ObjectKind kind, Function<RawObject, T> keep, String place) {
        List<T> objects = new ArrayList<>();
        boolean list = false;
        try (JsonParser from = mapper.createParser(file)) {
            if (from.nextToken() != JsonToken.START_OBJECT) {
                return Answer.unknown(place + " is no list of objects; record the capture again");
            }
            while (from.nextToken() != JsonToken.END_OBJECT) {
                String name = from.currentName();
                JsonToken value = from.nextToken();
                if (name.equals("unknown") && value == JsonToken.VALUE_STRING) {
                    return Answer.unknown(from.getString());
                }
                if (name.equals("items") && value == JsonToken.START_ARRAY) {
                    list = true;
                    while (from.nextToken() == JsonToken.START_OBJECT) {
                        RawObject object = RawObject.of(reader.readValue(from));
                        objects.add(keep.apply(Trimming.trim(kind, object)));
                    }
                } else {
                    from.skipChildren();
                }
            }
        }
        return list
                ? Answer.known(List.copyOf(objects))
                : Answer.unknown(place + " has no items; record the capture again");
    }
}
