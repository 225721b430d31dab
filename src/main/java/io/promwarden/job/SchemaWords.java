package io.promwarden.job;

import com.networknt.schema.Error;
import io.promwarden.job.SchemaCheck.Place;
import io.promwarden.job.YamlNode.Mark;
import io.promwarden.job.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A schema's complaint in the words of a person. Values are never repeated, words of an enumeration apart. */
record SchemaWords(Mark at, String message, String remedy) {

    static SchemaWords of(Error error, Place place, JsonNode schema) {
        String what = place.path().isEmpty() ? "the file" : Echo.quoted(place.path());
        Mark value = place.node().at();
        return switch (error.getKeyword()) {
            case "additionalProperties" -> unknownKey(error.getProperty(), place, schema);
            case "required" ->
                new SchemaWords(
                        place.key(),
                        (place.path().isEmpty() ? "the file" : what) + " lacks the key "
                                + Echo.quoted(error.getProperty()),
                        "Add `" + error.getProperty() + "`"
                                + description(schema.path("properties").path(error.getProperty())));
            case "type" -> type(what, place, schema);
            case "enum" -> word(place, schema);
            case "minItems" -> new SchemaWords(value, what + " is an empty list", "Add an entry, or remove the key.");
            case "minProperties" -> new SchemaWords(value, what + " says nothing", known(schema));
            case "maxProperties" ->
                new SchemaWords(
                        value, what + " must have one key only", "Make each an entry of the list: - key: value.");
            case "uniqueItems" -> new SchemaWords(value, what + " names something twice", "Remove the repetition.");
            case "minLength" -> new SchemaWords(value, what + " is empty", "Give it a value, or remove the key.");
            case "minimum", "maximum" ->
                new SchemaWords(
                        value,
                        what + " is out of range",
                        "Write a whole number from " + schema.path("minimum").asString() + " to "
                                + schema.path("maximum").asString() + ".");
            default ->
                new SchemaWords(
                        value,
                        what + " is not well formed",
                        "It should be: " + schema.path("description").asString("see docs/jobs.md"));
        };
    }

    private static SchemaWords unknownKey(String key, Place place, JsonNode schema) {
        Mark at = Fields.of(place.node())
                .map(fields -> fields.key(key))
                .orElse(place.node().at());
        String where = place.path().isEmpty() ? "" : " in " + Echo.quoted(place.path());
        return new SchemaWords(at, "unknown key " + Echo.quoted(key) + where, meant(key, keys(schema)) + known(schema));
    }

    private static SchemaWords type(String what, Place place, JsonNode schema) {
        JsonNode type = schema.path("type");
        List<String> wanted = new ArrayList<>();
        if (type.isArray()) {
            type.forEach(one -> wanted.add(one.asString()));
        } else {
            wanted.add(type.asString());
        }
        String nouns = wanted.stream()
                .filter(word -> !word.equals("null"))
                .map(SchemaWords::noun)
                .collect(Collectors.joining(" or "));
        String message =
                what + " must be " + nouns + ", but it is " + place.node().noun();
        return new SchemaWords(place.node().at(), message, shape(wanted, place.node(), schema));
    }

    private static String shape(List<String> wanted, YamlNode node, JsonNode schema) {
        boolean scalar = node instanceof Scalar;
        if (wanted.contains("string") && node instanceof Scalar written && written.kind() != YamlNode.Kind.EMPTY) {
            boolean quotable = wanted.size() == 1
                    && written.text().matches(schema.path("pattern").asString(".*"));
            return quotable
                    ? "Put quotes around it."
                    : "Write " + schema.path("description").asString("text");
        }
        if (wanted.contains("array")) {
            return "Write each entry in a line of its own, with a hyphen in front.";
        }
        if (wanted.contains("object")) {
            return scalar ? "Write its keys below it, indented; {} stands for none." : "Write keys, without hyphens.";
        }
        if (wanted.contains("integer")) {
            return "Write digits alone, without quotes, units or separators.";
        }
        return wanted.contains("boolean")
                ? "Write true or false, without quotes."
                : "Give it a value, or remove the key.";
    }

    private static String noun(String type) {
        return switch (type) {
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            default -> "a map of keys";
        };
    }

    private static SchemaWords word(Place place, JsonNode schema) {
        List<String> words = new ArrayList<>();
        schema.path("enum").forEach(word -> words.add(word.asString()));
        String all = "Allowed: " + String.join(", ", words) + ".";
        if (!(place.node() instanceof Scalar scalar)) {
            return new SchemaWords(place.node().at(), Echo.quoted(place.path()) + " must be a word", all);
        }
        if (place.path().matches("steps\\[[0-9]+\\]")) {
            return step(scalar, words);
        }
        String message = "unknown word " + Echo.quoted(scalar.text()) + " for " + Echo.quoted(place.path());
        return new SchemaWords(scalar.at(), message, meant(scalar.text(), words) + all);
    }

    private static SchemaWords step(Scalar written, List<String> withoutSettings) {
        if (written.text().equals("deliver")) {
            return new SchemaWords(
                    written.at(),
                    "`deliver` needs its channels",
                    "Write - deliver: and below it channels: with one entry or more.");
        }
        List<String> words = new ArrayList<>(withoutSettings);
        words.add("deliver");
        return new SchemaWords(
                written.at(),
                "unknown step " + Echo.quoted(written.text()),
                meant(written.text(), words) + "Steps: " + String.join(", ", words) + ".");
    }

    private static String meant(String written, List<String> words) {
        return Echo.meant(written, words)
                .map(word -> "Did you mean `" + word + "`? ")
                .orElse("");
    }

    private static List<String> keys(JsonNode schema) {
        return List.copyOf(schema.path("properties").propertyNames());
    }

    private static String known(JsonNode schema) {
        List<String> keys = keys(schema);
        return keys.isEmpty() ? "No key is allowed here." : "Known here: " + String.join(", ", keys) + ".";
    }

    private static String description(JsonNode schema) {
        String text = schema.path("description").asString("");
        return text.isEmpty() ? "." : ": " + text;
    }
}
