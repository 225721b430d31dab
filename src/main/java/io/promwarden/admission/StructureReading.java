package io.promwarden.admission;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.promwarden.admission.Structure.Bounds;
import io.promwarden.admission.Structure.ListType;
import io.promwarden.admission.Structure.Logic;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the {@code openAPIV3Schema} of a CRD. A CRD may come from anywhere: what is not as it should be is left out
 * and listed as not read, and never stops a run.
 */
final class StructureReading {

    private static final int DEEPEST = 100;
    private static final int LARGEST_PATTERN = 1000;

    private final Map<String, Pattern> patterns = new HashMap<>();

    /** The structure of a whole object, without the fields that {@link Metadata} and the API server itself care for. */
    Structure root(Map<?, ?> schema) {
        Map<Object, @Nullable Object> bare = new LinkedHashMap<>(schema);
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            Map<Object, @Nullable Object> others = new LinkedHashMap<>(properties);
            others.keySet().removeIf(Metadata.ROOT::contains);
            bare.put("properties", others);
        }
        bare.put(
                "required",
                words(schema.get("required")).stream()
                        .filter(name -> !Metadata.ROOT.contains(name))
                        .toList());
        return read(bare, 0);
    }

    private Structure read(Map<?, ?> schema, int depth) {
        List<String> unread = new ArrayList<>();
        if (depth > DEEPEST) {
            unread.add("a schema nested more than " + DEEPEST + " deep");
        }
        Map<?, ?> here = depth > DEEPEST ? Map.of("x-kubernetes-preserve-unknown-fields", true) : schema;
        Object additional = here.get("additionalProperties");
        boolean open = yes(here, "x-kubernetes-preserve-unknown-fields") || Boolean.TRUE.equals(additional);
        return new Structure(
                here.get("type") instanceof String type ? type : "",
                yes(here, "nullable"),
                yes(here, "x-kubernetes-int-or-string"),
                open || yes(here, "x-kubernetes-embedded-resource"),
                properties(here.get("properties"), depth),
                words(here.get("required")),
                additional instanceof Map<?, ?> values ? read(values, depth + 1) : null,
                here.get("items") instanceof Map<?, ?> entry ? read(entry, depth + 1) : null,
                here.get("default"),
                choices(here.get("enum")),
                pattern(here.get("pattern"), unread),
                here.get("format") instanceof String format ? format : "",
                bounds(here),
                listType(here.get("x-kubernetes-list-type")),
                List.copyOf(words(here.get("x-kubernetes-list-map-keys"))),
                new Logic(
                        all(here.get("anyOf"), depth),
                        all(here.get("oneOf"), depth),
                        all(here.get("allOf"), depth),
                        here.get("not") instanceof Map<?, ?> not ? read(not, depth + 1) : null),
                rules(here.get("x-kubernetes-validations"), unread),
                List.copyOf(unread));
    }

    private Map<String, Structure> properties(@Nullable Object node, int depth) {
        Map<String, Structure> properties = new LinkedHashMap<>();
        if (node instanceof Map<?, ?> map) {
            map.forEach((name, schema) -> {
                if (schema instanceof Map<?, ?> property) {
                    properties.put(String.valueOf(name), read(property, depth + 1));
                }
            });
        }
        return properties;
    }

    private List<Structure> all(@Nullable Object node, int depth) {
        List<Structure> all = new ArrayList<>();
        if (node instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof Map<?, ?> schema) {
                    all.add(read(schema, depth + 1));
                }
            }
        }
        return all;
    }

    /** The same few patterns stand in a CRD dozens of times. */
    private @Nullable Pattern pattern(@Nullable Object node, List<String> unread) {
        if (!(node instanceof String text)) {
            return null;
        }
        Pattern known = patterns.get(text);
        if (known != null) {
            return known;
        }
        try {
            if (text.length() > LARGEST_PATTERN) {
                throw new PatternSyntaxException("too long");
            }
            Pattern compiled = Pattern.compile(text);
            patterns.put(text, compiled);
            return compiled;
        } catch (PatternSyntaxException e) {
            unread.add("pattern " + text);
            return null;
        }
    }

    private static List<CelRule> rules(@Nullable Object node, List<String> unread) {
        List<CelRule> rules = new ArrayList<>();
        if (node instanceof List<?> list) {
            for (Object entry : list) {
                if (!(entry instanceof Map<?, ?> rule) || !(rule.get("rule") instanceof String text)) {
                    continue;
                }
                // A rule about a change has nothing to say of an object that comes to be.
                if (text.contains("oldSelf") && !yes(rule, "optionalOldSelf")) {
                    continue;
                }
                String message = rule.get("message") instanceof String said ? said : "";
                CelRule.read(text, message).ifPresentOrElse(rules::add, () -> unread.add(text));
            }
        }
        return rules;
    }

    private static Optional<List<Object>> choices(@Nullable Object node) {
        if (!(node instanceof List<?> list)) {
            return Optional.empty();
        }
        List<Object> choices = new ArrayList<>();
        list.forEach(choice -> {
            if (choice != null) {
                choices.add(choice);
            }
        });
        return Optional.of(choices);
    }

    private static Bounds bounds(Map<?, ?> schema) {
        return new Bounds(
                number(schema, "minimum"),
                yes(schema, "exclusiveMinimum"),
                number(schema, "maximum"),
                yes(schema, "exclusiveMaximum"),
                number(schema, "multipleOf"),
                count(schema, "minLength"),
                count(schema, "maxLength"),
                count(schema, "minItems"),
                count(schema, "maxItems"),
                count(schema, "minProperties"),
                count(schema, "maxProperties"));
    }

    private static ListType listType(@Nullable Object node) {
        return "set".equals(node) ? ListType.SET : "map".equals(node) ? ListType.MAP : ListType.ATOMIC;
    }

    private static Set<String> words(@Nullable Object node) {
        Set<String> words = new LinkedHashSet<>();
        if (node instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof String word) {
                    words.add(word);
                }
            }
        }
        return words;
    }

    private static boolean yes(Map<?, ?> schema, String key) {
        return Boolean.TRUE.equals(schema.get(key));
    }

    private static @Nullable BigDecimal number(Map<?, ?> schema, String key) {
        return schema.get(key) instanceof Number number ? Json.number(number) : null;
    }

    private static OptionalLong count(Map<?, ?> schema, String key) {
        return schema.get(key) instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }
}
