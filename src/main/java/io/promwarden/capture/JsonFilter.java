package io.promwarden.capture;

import io.promwarden.finding.Redaction;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Copies a JSON document token by token, and of it only what a shape names: no tree of a large answer is built. */
final class JsonFilter {

    private final JsonMapper mapper;

    JsonFilter(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** The part of the document that the shape names; empty if it is no whole JSON document. */
    Optional<byte[]> filter(byte[] json, Shape shape) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(json.length / 2 + 64);
        try (JsonParser from = mapper.createParser(json);
                JsonGenerator to = mapper.createGenerator(kept)) {
            if (from.nextToken() == null) {
                return Optional.empty();
            }
            copy(from, to, shape);
            if (from.nextToken() != null) {
                return Optional.empty();
            }
        } catch (JacksonException e) {
            return Optional.empty();
        }
        return Optional.of(kept.toByteArray());
    }

    /** Copies the value that the parser stands on, and leaves the parser at its last token. */
    private static void copy(JsonParser from, JsonGenerator to, Shape shape) {
        switch (shape) {
            case Shape.Text text -> copyText(from, to);
            case Shape.Configuration configuration -> copyConfiguration(from, to);
            case Shape.LabelPair pair -> copyPair(from, to);
            case Shape.ObjectOr either ->
                copy(from, to, from.currentToken() == JsonToken.START_OBJECT ? either.object() : either.simple());
            case Shape.Items items -> copyItems(from, to, items);
            case Shape.Fields fields ->
                copyObject(from, to, name -> fields.byName().get(name));
            case Shape.Values values -> copyObject(from, to, name -> values.each());
            case Shape.LabelSet labels -> copyLabels(from, to, labels.sort());
        }
    }

    /** Which shape a field has; null drops it. */
    private interface FieldShapes {
        @Nullable
        Shape of(String name);
    }

    private static void copyText(JsonParser from, JsonGenerator to) {
        JsonToken token = from.currentToken();
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            from.skipChildren();
            to.writeNull();
        } else if (token == JsonToken.VALUE_STRING) {
            to.writeString(Redaction.text(from.getString()));
        } else {
            to.copyCurrentEventExact(from);
        }
    }

    private static void copyPair(JsonParser from, JsonGenerator to) {
        String text = from.currentToken() == JsonToken.VALUE_STRING ? from.getString() : "";
        int equals = text.indexOf('=');
        if (equals < 0) {
            from.skipChildren();
            to.writeNull();
            return;
        }
        String name = text.substring(0, equals);
        CapturedLabels.value(CapturedLabels.Sort.FINAL, name, text.substring(equals + 1))
                .ifPresentOrElse(value -> to.writeString(name + "=" + value), to::writeNull);
    }

    private static void copyConfiguration(JsonParser from, JsonGenerator to) {
        if (from.currentToken() == JsonToken.VALUE_STRING) {
            to.writeString(CapturedConfiguration.reduce(from.getString()));
        } else {
            from.skipChildren();
            to.writeNull();
        }
    }

    private static void copyItems(JsonParser from, JsonGenerator to, Shape.Items items) {
        if (from.currentToken() != JsonToken.START_ARRAY) {
            from.skipChildren();
            to.writeNull();
            return;
        }
        to.writeStartArray();
        while (from.nextToken() != JsonToken.END_ARRAY) {
            copy(from, to, items.each());
        }
        to.writeEndArray();
    }

    private static void copyObject(JsonParser from, JsonGenerator to, FieldShapes shapes) {
        if (from.currentToken() != JsonToken.START_OBJECT) {
            from.skipChildren();
            to.writeNull();
            return;
        }
        to.writeStartObject();
        while (from.nextToken() != JsonToken.END_OBJECT) {
            String name = from.currentName();
            from.nextToken();
            Shape shape = shapes.of(name);
            if (shape == null) {
                from.skipChildren();
            } else {
                to.writeName(name);
                copy(from, to, shape);
            }
        }
        to.writeEndObject();
    }

    private static void copyLabels(JsonParser from, JsonGenerator to, CapturedLabels.Sort sort) {
        if (from.currentToken() != JsonToken.START_OBJECT) {
            from.skipChildren();
            to.writeNull();
            return;
        }
        to.writeStartObject();
        while (from.nextToken() != JsonToken.END_OBJECT) {
            String name = from.currentName();
            if (from.nextToken() == JsonToken.VALUE_STRING) {
                CapturedLabels.value(sort, name, from.getString())
                        .ifPresent(value -> to.writeStringProperty(name, value));
            } else {
                from.skipChildren();
            }
        }
        to.writeEndObject();
    }
}
