package io.promwarden.formats;

import io.promwarden.admission.Layer;
import io.promwarden.admission.Validation;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The records of {@code promwarden validate} as one JSON array, as docs/validate.md describes it. */
public final class ValidationJson {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ValidationJson() {}

    public static String text(List<Validation> records) {
        ArrayNode array = JSON.createArrayNode();
        records.forEach(record -> record(array.addObject(), record));
        return JSON.writeValueAsString(array);
    }

    private static void record(ObjectNode node, Validation record) {
        node.put("file", record.file());
        node.put("line", record.line());
        node.put("kind", record.kind().orElse(null));
        if (record.is(Validation.Outcome.UNREADABLE)) {
            node.putNull("namespace");
            node.putNull("name");
        } else {
            node.put("namespace", record.namespace());
            node.put("name", record.name());
        }
        node.put("prometheus", record.prometheus().orElse(null));
        node.put("verdict", record.verdict().map(Validation.Outcome::word).orElse(null));
        node.put("layer", record.layer().map(Layer::word).orElse(null));
        ArrayNode reasons = node.putArray("reasons");
        record.reasons()
                .forEach(reason -> reasons.addObject()
                        .put("code", reason.code())
                        .put("path", reason.path())
                        .put("message", reason.message()));
        ArrayNode dropped = node.putArray("dropped");
        record.dropped().forEach(dropped::add);
        ArrayNode findings = node.putArray("findings");
        record.findings()
                .forEach(note -> findings.addObject()
                        .put("check", note.check())
                        .put("severity", note.severity().word())
                        .put("path", note.path().orElse(null))
                        .put("message", note.message()));
    }
}
