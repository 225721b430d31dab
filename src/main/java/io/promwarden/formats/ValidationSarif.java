package io.promwarden.formats;

import io.promwarden.admission.Reason;
import io.promwarden.admission.Validation;
import io.promwarden.finding.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The same records as SARIF 2.1.0, which code review shows beside the lines: what is refused, unreadable or found. */
public final class ValidationSarif {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final ArrayNode results;
    private final ArrayNode rules;
    private final Map<String, Integer> known = new LinkedHashMap<>();

    private ValidationSarif(ArrayNode results, ArrayNode rules) {
        this.results = results;
        this.rules = rules;
    }

    public static String text(List<Validation> records, String version) {
        ObjectNode root = JSON.createObjectNode();
        root.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        root.put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "promwarden");
        driver.put("version", version);
        ArrayNode rules = driver.putArray("rules");
        run.put("columnKind", "unicodeCodePoints");
        ValidationSarif sarif = new ValidationSarif(run.putArray("results"), rules);
        records.forEach(sarif::add);
        return JSON.writeValueAsString(root);
    }

    private void add(Validation record) {
        for (Reason reason : record.reasons()) {
            String level = switch (record.verdict().orElse(Validation.Outcome.ACCEPTED)) {
                case REJECTED, UNREADABLE -> "error";
                case ACCEPTED, NOT_SELECTED, UNKNOWN -> "note";
            };
            result(record, reason.code(), level, at(reason.path()) + reason.message());
        }
        for (Validation.Note note : record.findings()) {
            result(record, note.check(), level(note.severity()), at(note.path().orElse("")) + note.message());
        }
    }

    private void result(Validation record, String rule, String level, String message) {
        int index = known.computeIfAbsent(rule, id -> {
            rules.addObject().put("id", id);
            return known.size();
        });
        ObjectNode result = results.addObject();
        result.put("ruleId", rule);
        result.put("ruleIndex", index);
        result.put("level", level);
        result.putObject("message").put("text", record.subject() + ": " + message);
        ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
        place.putObject("artifactLocation").put("uri", uri(record.file()));
        place.putObject("region").put("startLine", Math.max(1, record.line()));
    }

    /** A relative reference, as code review wants it. */
    private static String uri(String file) {
        try {
            return new java.net.URI(null, null, file.replace('\\', '/'), null).getRawPath();
        } catch (java.net.URISyntaxException e) {
            return "unnamed";
        }
    }

    private static String at(String path) {
        return path.isEmpty() ? "" : path + ": ";
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }
}
