package io.promwarden.capture;

import io.promwarden.answer.Answer;
import io.promwarden.finding.Redaction;
import io.promwarden.inventory.ReferencedData.Reference;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One question about Secrets or ConfigMaps and its answer: yes, no, or why nobody could look. Never a value. */
record ReferenceFile(JsonMapper mapper) {

    void write(OutputStream file, String question, List<Reference> about, Answer<Boolean> answer) {
        try (JsonGenerator to = mapper.writerWithDefaultPrettyPrinter().createGenerator(file)) {
            to.writeStartObject();
            to.writeStringProperty("question", question);
            to.writeName("about");
            to.writeStartArray();
            about.forEach(reference -> to.writeString(reference.text()));
            to.writeEndArray();
            switch (answer) {
                case Answer.Known<Boolean> known -> to.writeBooleanProperty("answer", known.known());
                case Answer.Unknown<Boolean> unknown ->
                    to.writeStringProperty("unknown", Redaction.text(unknown.why()));
            }
            to.writeEndObject();
        }
    }

    /**
     * Reads an answer back.
     *
     * @throws JacksonException if it is no JSON
     */
    Answer<Boolean> read(InputStream file) {
        JsonNode root = mapper.readTree(file);
        if (root.path("answer").isBoolean()) {
            return Answer.known(root.path("answer").booleanValue());
        }
        String why = root.path("unknown").asString("");
        return Answer.unknown(why.isBlank() ? ReplayedCluster.NOT_IN_THE_CAPTURE : why);
    }
}
