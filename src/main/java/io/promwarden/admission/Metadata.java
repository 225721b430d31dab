package io.promwarden.admission;

import io.promwarden.admission.SchemaResult.UnknownField;
import io.promwarden.label.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the API server asks of every object's {@code metadata}, whatever the CRD says. */
final class Metadata {

    /** The fields of an object's root that no CRD describes. */
    static final Set<String> ROOT = Set.of("apiVersion", "kind", "metadata", "status");

    private static final Set<String> FIELDS = Set.of(
            "name",
            "generateName",
            "namespace",
            "selfLink",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "labels",
            "annotations",
            "ownerReferences",
            "finalizers",
            "managedFields");

    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern NAME_PART = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_PART = 63;

    private Metadata() {}

    static @Nullable Object admitted(@Nullable Object metadata, List<Reason> violations, List<UnknownField> unknown) {
        if (!(metadata instanceof Map<?, ?> given)) {
            violations.add(new Reason(Rules.METADATA, "metadata", "must be a mapping"));
            return metadata;
        }
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            String field = String.valueOf(key);
            if (FIELDS.contains(field)) {
                kept.put(field, value);
            } else {
                unknown.add(new UnknownField("metadata." + field, Nearest.to(field, FIELDS)));
            }
        });
        name(kept, violations);
        texts("labels", kept.get("labels"), violations);
        texts("annotations", kept.get("annotations"), violations);
        return kept;
    }

    private static void name(Map<String, @Nullable Object> metadata, List<Reason> violations) {
        Object name = metadata.get("name");
        if (name == null || "".equals(name)) {
            if (metadata.get("generateName") == null) {
                refuse("metadata.name", "is required", violations);
            }
            return;
        }
        if (!(name instanceof String text)) {
            refuse("metadata.name", "must be a string", violations);
        } else if (text.length() > LONGEST_NAME || !SUBDOMAIN.matcher(text).matches()) {
            refuse(
                    "metadata.name",
                    Place.ROOT.shown(text) + " must be small letters, digits, '-' and '.', with a letter or digit at"
                            + " each end",
                    violations);
        }
    }

    private static void texts(String field, @Nullable Object value, List<Reason> violations) {
        String path = "metadata." + field;
        if (value == null) {
            return;
        }
        if (!(value instanceof Map<?, ?> map)) {
            refuse(path, "must be a mapping", violations);
            return;
        }
        map.forEach((key, entry) -> {
            String name = String.valueOf(key);
            if (entry != null && !(entry instanceof String)) {
                refuse(path + "." + name, "must be a string: put it in quotes", violations);
            } else if (!key(name)) {
                refuse(path, Place.ROOT.shown(name) + " is no key that a label or annotation may have", violations);
            } else if (field.equals("labels") && entry instanceof String text && !labelValue(text)) {
                refuse(path + "." + name, Place.ROOT.shown(text) + " is no value that a label may have", violations);
            }
        });
    }

    private static boolean key(String key) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        String part = key.substring(slash + 1);
        boolean prefixFits = slash < 0
                || (prefix.length() <= LONGEST_NAME && SUBDOMAIN.matcher(prefix).matches());
        return prefixFits
                && part.length() <= LONGEST_PART
                && NAME_PART.matcher(part).matches();
    }

    private static boolean labelValue(String value) {
        return value.isEmpty()
                || (value.length() <= LONGEST_PART && NAME_PART.matcher(value).matches());
    }

    private static void refuse(String path, String message, List<Reason> violations) {
        violations.add(new Reason(Rules.METADATA, path, message));
    }
}
