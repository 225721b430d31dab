package io.promwarden.capture;

import io.promwarden.finding.Redaction;
import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpQuestion;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * One question and its answer in a file that a person can read: a JSON body as JSON, any other body line by line.
 */
final class AnswerFile {

    private final JsonMapper mapper;

    AnswerFile(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Writes an answer that has been cut down already. */
    void write(OutputStream file, HttpQuestion question, HttpAnswer answer) {
        try (JsonGenerator to = mapper.writerWithDefaultPrettyPrinter().createGenerator(file)) {
            to.writeStartObject();
            to.writeName("question");
            writeQuestion(to, question);
            switch (answer) {
                case HttpAnswer.Unanswered unanswered -> to.writeStringProperty("unanswered", unanswered.reason());
                case HttpAnswer.Received received -> {
                    to.writeName("status");
                    to.writeNumber(received.status());
                    to.writeStringProperty("contentType", received.contentType());
                    writeBody(to, question, received);
                }
            }
            to.writeEndObject();
        }
    }

    private static void writeQuestion(JsonGenerator to, HttpQuestion question) {
        to.writeStartObject();
        to.writeStringProperty("path", question.path());
        to.writeName("parameters");
        to.writeStartArray();
        for (HttpQuestion.Parameter parameter : question.parameters()) {
            to.writeStartObject();
            to.writeStringProperty(parameter.name(), Redaction.text(parameter.value()));
            to.writeEndObject();
        }
        to.writeEndArray();
        to.writeEndObject();
    }

    private void writeBody(JsonGenerator to, HttpQuestion question, HttpAnswer.Received received) {
        if (received.body().length == 0) {
            return;
        }
        if (AllowList.find(question.path()).orElse(null) instanceof AllowList.Kept.Json) {
            to.writeName("json");
            try (JsonParser body = mapper.createParser(received.body())) {
                body.nextToken();
                to.copyCurrentStructureExact(body);
            }
            return;
        }
        to.writeName("lines");
        to.writeStartArray();
        received.text().lines().forEach(to::writeString);
        to.writeEndArray();
    }

    /**
     * Reads an answer back.
     *
     * @throws JacksonException if it is no answer
     */
    Optional<HttpAnswer> read(InputStream file) {
        int status = 0;
        String contentType = "";
        byte[] body = {};
        try (JsonParser from = mapper.createParser(file)) {
            if (from.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (from.nextToken() != JsonToken.END_OBJECT) {
                String name = from.currentName();
                from.nextToken();
                switch (name) {
                    case "unanswered" -> {
                        return Optional.of(new HttpAnswer.Unanswered(from.getString(), false));
                    }
                    case "status" -> status = from.getIntValue();
                    case "contentType" -> contentType = from.getString();
                    case "json" -> body = json(from);
                    case "lines" -> body = lines(from);
                    default -> from.skipChildren();
                }
            }
        }
        return status == 0 ? Optional.empty() : Optional.of(new HttpAnswer.Received(status, contentType, body));
    }

    private byte[] json(JsonParser from) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator to = mapper.createGenerator(body)) {
            to.copyCurrentStructureExact(from);
        }
        return body.toByteArray();
    }

    private static byte[] lines(JsonParser from) {
        StringBuilder text = new StringBuilder();
        while (from.nextToken() == JsonToken.VALUE_STRING) {
            text.append(from.getString()).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
