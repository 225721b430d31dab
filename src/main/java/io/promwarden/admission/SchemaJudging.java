package io.promwarden.admission;

import com.google.re2j.Pattern;
import io.promwarden.admission.Structure.Bounds;
import io.promwarden.admission.Structure.ListType;
import io.promwarden.admission.Structure.Logic;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a value, as {@link Shaping} left it, against the schema, and collects what the API server would refuse. */
final class SchemaJudging {

    /** What a trimmed object holds in place of a value that may be a secret: there is nothing to judge. */
    private static final String TAKEN_OUT = "[redacted]";

    private final List<Reason> violations;
    private final Set<String> notJudged;

    SchemaJudging(List<Reason> violations, Set<String> notJudged) {
        this.violations = violations;
        this.notJudged = notJudged;
    }

    void judge(@Nullable Object value, Structure structure, Place place) {
        if ((value == null && structure.nullable()) || TAKEN_OUT.equals(value)) {
            return;
        }
        notJudged.addAll(structure.unread());
        if (!typeFits(value, structure)) {
            String wanted = structure.intOrString() ? "a whole number or a string" : article(structure.type());
            refuse(place, structure, "must be " + wanted + ", but is " + article(Json.type(value)));
            return;
        }
        choices(value, structure, place);
        switch (value) {
            case String text -> text(text, structure, place);
            case Number number -> number(number, structure, place);
            case List<?> list -> list(list, structure, place);
            case Map<?, ?> map -> object(map, structure, place);
            case null -> {}
            default -> {}
        }
        if (!structure.logic().isEmpty()) {
            logic(value, structure, place);
        }
        for (CelRule rule : structure.rules()) {
            rule(rule, value, place);
        }
    }

    private static boolean typeFits(@Nullable Object value, Structure structure) {
        String type = Json.type(value);
        if (structure.intOrString()) {
            return type.equals("integer") || type.equals("string");
        }
        return structure.type().isEmpty()
                || structure.type().equals(type)
                || (structure.type().equals("number") && type.equals("integer"));
    }

    private void choices(@Nullable Object value, Structure structure, Place place) {
        if (structure.choices().isEmpty() || value == null) {
            return;
        }
        List<Object> choices = structure.choices().get();
        Object wanted = Json.comparable(value);
        if (choices.stream().noneMatch(choice -> Json.comparable(choice).equals(wanted))) {
            refuse(place, structure, place.shown(value) + " is none of " + Place.listed(choices));
        }
    }

    private void text(String text, Structure structure, Place place) {
        Bounds bounds = structure.bounds();
        long length = text.codePointCount(0, text.length());
        if (below(length, bounds.minLength())) {
            refuse(
                    place,
                    structure,
                    length == 0
                            ? "must not be empty"
                            : "must have " + bounds.minLength().getAsLong() + " characters or more");
        }
        if (above(length, bounds.maxLength())) {
            refuse(place, structure, "must have at most " + bounds.maxLength().getAsLong() + " characters");
        }
        Pattern pattern = structure.pattern();
        if (pattern != null && !pattern.matcher(text).find()) {
            refuse(place, structure, place.shown(text) + " " + Rules.mismatch(pattern.pattern()));
        }
        switch (Format.of(structure.format(), text)) {
            case WRONG -> refuse(place, structure, place.shown(text) + " is no " + structure.format());
            case NOT_JUDGED -> notJudged.add("format " + structure.format());
            case RIGHT -> {}
        }
    }

    private void number(Number number, Structure structure, Place place) {
        Bounds bounds = structure.bounds();
        BigDecimal value = Json.number(number);
        BigDecimal least = bounds.least();
        BigDecimal most = bounds.most();
        if (least != null && value.compareTo(least) < (bounds.aboveLeast() ? 1 : 0)) {
            String than = bounds.aboveLeast() ? "%s is not more than %s" : "%s is less than %s";
            refuse(place, structure, than.formatted(number, least.toPlainString()));
        }
        if (most != null && value.compareTo(most) > (bounds.belowMost() ? -1 : 0)) {
            String than = bounds.belowMost() ? "%s is not less than %s" : "%s is more than %s";
            refuse(place, structure, than.formatted(number, most.toPlainString()));
        }
        BigDecimal multipleOf = bounds.multipleOf();
        if (multipleOf != null
                && multipleOf.signum() != 0
                && value.remainder(multipleOf).signum() != 0) {
            refuse(place, structure, "%s is no multiple of %s".formatted(number, multipleOf.toPlainString()));
        }
        if (!Format.fits(structure.format(), value)) {
            refuse(place, structure, "%s is too large for %s".formatted(number, structure.format()));
        }
    }

    private void list(List<?> list, Structure structure, Place place) {
        Bounds bounds = structure.bounds();
        if (below(list.size(), bounds.minItems())) {
            refuse(place, structure, "must have " + bounds.minItems().getAsLong() + " entries or more");
        }
        if (above(list.size(), bounds.maxItems())) {
            refuse(place, structure, "must have at most " + bounds.maxItems().getAsLong() + " entries");
        }
        if (structure.listType() != ListType.ATOMIC) {
            repeated(list, structure, place);
        }
        Structure items = structure.items();
        if (items != null) {
            for (int i = 0; i < list.size(); i++) {
                judge(list.get(i), items, place.entry(i));
            }
        }
    }

    private void repeated(List<?> list, Structure structure, Place place) {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            Object entry = list.get(i);
            if (TAKEN_OUT.equals(entry)) {
                continue;
            }
            Object identity = Json.comparable(entry);
            String what = structure.listType() == ListType.SET ? place.shown(entry) : "";
            if (structure.listType() == ListType.MAP) {
                if (!(entry instanceof Map<?, ?> map)) {
                    continue;
                }
                List<Object> keys = new ArrayList<>();
                structure.listKeys().forEach(key -> keys.add(Json.comparable(map.get(key))));
                if (keys.contains(TAKEN_OUT)) {
                    continue;
                }
                identity = keys;
                what = "the " + String.join(", ", structure.listKeys()) + " " + place.keys(map, structure.listKeys());
            }
            if (!seen.add(identity)) {
                refuse(place.entry(i), structure, what + " stands in this list twice");
            }
        }
    }

    private void object(Map<?, ?> map, Structure structure, Place place) {
        Bounds bounds = structure.bounds();
        if (below(map.size(), bounds.minProperties())) {
            refuse(place, structure, "must have " + bounds.minProperties().getAsLong() + " fields or more");
        }
        if (above(map.size(), bounds.maxProperties())) {
            refuse(
                    place,
                    structure,
                    "must have at most " + bounds.maxProperties().getAsLong() + " fields");
        }
        for (String name : structure.required()) {
            if (!map.containsKey(name)) {
                Structure missing = structure.field(name);
                refuse(place.field(name), missing == null ? structure : missing, "is required");
            }
        }
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            Structure field = structure.field(name);
            if (field != null) {
                judge(value, field, place.field(name));
            }
        });
    }

    private void logic(@Nullable Object value, Structure structure, Place place) {
        Logic logic = structure.logic();
        for (Structure part : logic.allOf()) {
            judge(value, part, place);
        }
        if (!logic.anyOf().isEmpty() && fitting(value, logic.anyOf(), place) == 0) {
            refuse(place, structure, "fits none of the forms that it may have");
        }
        if (!logic.oneOf().isEmpty() && fitting(value, logic.oneOf(), place) != 1) {
            refuse(place, structure, "must fit exactly one of the forms that it may have");
        }
        Structure not = logic.not();
        if (not != null && fits(value, not, place)) {
            refuse(place, structure, "has a form that it may not have");
        }
    }

    private int fitting(@Nullable Object value, List<Structure> forms, Place place) {
        int fitting = 0;
        for (Structure form : forms) {
            fitting += fits(value, form, place) ? 1 : 0;
        }
        return fitting;
    }

    private boolean fits(@Nullable Object value, Structure form, Place place) {
        List<Reason> against = new ArrayList<>();
        new SchemaJudging(against, notJudged).judge(value, form, place);
        return against.isEmpty();
    }

    private void rule(CelRule rule, @Nullable Object value, Place place) {
        switch (rule.holds(value)) {
            case TRUE -> {}
            case FALSE -> violations.add(new Reason(Rules.of(rule), place.path(), rule.message()));
            // The API server refuses what its rule fails on; what else is wrong here may be the cause.
            case FAILED -> {
                if (violations.isEmpty()) {
                    violations.add(
                            new Reason(Rules.of(rule), place.path(), "the rule can't be evaluated: " + rule.text()));
                }
            }
        }
    }

    private void refuse(Place place, Structure structure, String message) {
        violations.add(new Reason(Rules.of(place, structure), place.path(), message));
    }

    private static boolean below(long count, OptionalLong least) {
        return least.isPresent() && count < least.getAsLong();
    }

    private static boolean above(long count, OptionalLong most) {
        return most.isPresent() && count > most.getAsLong();
    }

    private static String article(String type) {
        return switch (type) {
            case "object" -> "a mapping";
            case "array" -> "a list";
            case "string" -> "a string";
            case "boolean" -> "true or false";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "null" -> "null";
            default -> "of the type " + type;
        };
    }
}
