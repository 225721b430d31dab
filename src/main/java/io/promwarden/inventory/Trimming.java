package io.promwarden.inventory;

import io.promwarden.finding.Redaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an object down to what {@link ObjectKind} allows. What is left may be stored and shown: URLs have lost their
 * credentials, request parameters their values, and of the annotations only those named here are kept.
 */
public final class Trimming {

    /** The annotations that are kept, of objects and of pod templates. */
    public static final Set<String> ANNOTATIONS = Set.of(
            "prometheus.io/scrape",
            "prometheus.io/port",
            "prometheus.io/path",
            "prometheus.io/scheme",
            "operator.prometheus.io/version",
            "promwarden.io/exempt");

    private static final Set<String> PATH_KEYS = Set.of("path", "prometheus.io/path", "metricsPath", "scrapePath");
    private static final Set<String> SECRET_KEYS = Set.of("params", "httpHeaders", "headers", "endpointParams");

    /** What a reference to a Secret's key is made of. */
    private static final Set<String> SELECTOR_KEYS = Set.of("name", "key", "optional");

    private Trimming() {}

    public static RawObject trim(ObjectKind kind, RawObject object) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        kept.put("apiVersion", kind.apiVersion());
        kept.put("kind", kind.kind());
        Map<String, @Nullable Object> metadata = metadata(object);
        if (kind == ObjectKind.PROMETHEUS) {
            // What tells it from one of the same name in another cluster.
            object.text("metadata", "uid").ifPresent(uid -> metadata.put("uid", uid));
        }
        kept.put("metadata", metadata);
        for (String field : kind.fields()) {
            keep(object.tree(), kept, field.split("\\."), 0);
        }
        return new RawObject(kept, object.position());
    }

    private static Map<String, @Nullable Object> metadata(RawObject object) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("name", object.name());
        if (!object.namespace().isEmpty()) {
            metadata.put("namespace", object.namespace());
        }
        if (object.has("metadata", "labels")) {
            metadata.put("labels", new LinkedHashMap<String, Object>(object.labels()));
        }
        Map<String, @Nullable Object> annotations = annotations(object.value("metadata", "annotations"));
        if (!annotations.isEmpty()) {
            metadata.put("annotations", annotations);
        }
        object.whole("metadata", "generation").ifPresent(generation -> metadata.put("generation", generation));
        List<Object> owners = new ArrayList<>();
        for (RawObject owner : object.objects("metadata", "ownerReferences")) {
            Map<String, Object> reference = new LinkedHashMap<>();
            owner.text("kind").ifPresent(kind -> reference.put("kind", kind));
            owner.text("name").ifPresent(name -> reference.put("name", name));
            reference.put("controller", owner.isTrue("controller"));
            owners.add(reference);
        }
        if (!owners.isEmpty()) {
            metadata.put("ownerReferences", owners);
        }
        return metadata;
    }

    private static Map<String, @Nullable Object> annotations(@Nullable Object all) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        if (all instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (ANNOTATIONS.contains(String.valueOf(key)) && value != null) {
                    kept.put(String.valueOf(key), clean(String.valueOf(key), value));
                }
            });
        }
        return kept;
    }

    private static void keep(Map<?, ?> from, Map<String, @Nullable Object> to, String[] path, int at) {
        boolean list = path[at].endsWith("[]");
        String key = list ? path[at].substring(0, path[at].length() - 2) : path[at];
        if (!from.containsKey(key)) {
            return;
        }
        Object value = from.get(key);
        boolean last = at == path.length - 1;
        if (list && value instanceof List<?> entries) {
            List<@Nullable Object> kept = listAt(to, key, entries.size());
            for (int i = 0; i < entries.size(); i++) {
                if (entries.get(i) instanceof Map<?, ?> entry && kept.get(i) instanceof Map<?, ?>) {
                    keep(entry, mapIn(kept, i), path, at + 1);
                }
            }
        } else if (last) {
            to.put(key, last(key, value));
        } else if (value instanceof Map<?, ?> map) {
            keep(map, mapAt(to, key), path, at + 1);
        }
    }

    private static @Nullable Object last(String key, @Nullable Object value) {
        return switch (key) {
            case "annotations" -> annotations(value);
            case "schema" -> withoutProse(value);
            default -> clean(key, value);
        };
    }

    /** A CRD's schema names fields and holds no value of any; its prose is most of its size. */
    private static @Nullable Object withoutProse(@Nullable Object schema) {
        if (schema instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> bare = new LinkedHashMap<>();
            map.forEach((key, value) -> {
                if (!(key.equals("description") && value instanceof String)) {
                    bare.put(String.valueOf(key), withoutProse(value));
                }
            });
            return bare;
        }
        if (schema instanceof List<?> list) {
            List<@Nullable Object> bare = new ArrayList<>(list.size());
            list.forEach(entry -> bare.add(withoutProse(entry)));
            return bare;
        }
        return schema;
    }

    @SuppressWarnings("unchecked") // only this class puts maps and lists into what it keeps
    private static Map<String, @Nullable Object> mapAt(Map<String, @Nullable Object> kept, String key) {
        return (Map<String, @Nullable Object>)
                java.util.Objects.requireNonNull(kept.computeIfAbsent(key, k -> new LinkedHashMap<>()));
    }

    @SuppressWarnings("unchecked") // as above
    private static List<@Nullable Object> listAt(Map<String, @Nullable Object> kept, String key, int size) {
        List<@Nullable Object> list = (List<@Nullable Object>)
                java.util.Objects.requireNonNull(kept.computeIfAbsent(key, k -> new ArrayList<>()));
        while (list.size() < size) {
            list.add(new LinkedHashMap<String, Object>());
        }
        return list;
    }

    @SuppressWarnings("unchecked") // as above
    private static Map<String, @Nullable Object> mapIn(List<@Nullable Object> list, int index) {
        return (Map<String, @Nullable Object>) java.util.Objects.requireNonNull(list.get(index));
    }

    /** The same shape without any text of its own. */
    private static @Nullable Object hidden(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> shape = new LinkedHashMap<>();
            map.forEach((key, inner) -> shape.put(String.valueOf(key), hidden(inner)));
            return shape;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> shape = new ArrayList<>(list.size());
            list.forEach(entry -> shape.add(hidden(entry)));
            return shape;
        }
        return value == null || value.equals("") ? value : "[redacted]";
    }

    /** Lists of selectors by header, of which each names a Secret and a key and holds no value; what is none of that is hidden. */
    private static @Nullable Object selectors(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return hidden(value);
        }
        Map<String, @Nullable Object> headers = new LinkedHashMap<>();
        map.forEach((header, list) -> {
            List<@Nullable Object> kept = new ArrayList<>();
            if (list instanceof List<?> entries) {
                for (Object entry : entries) {
                    kept.add(
                            entry instanceof Map<?, ?> selector && SELECTOR_KEYS.containsAll(selector.keySet())
                                    ? clean("", selector)
                                    : hidden(entry));
                }
            }
            headers.put(String.valueOf(header), list instanceof List ? kept : hidden(list));
        });
        return headers;
    }

    /** A value without credentials; keys stay, so that a reader sees what was there. */
    private static @Nullable Object clean(String key, @Nullable Object value) {
        if (SECRET_KEYS.contains(key)) {
            return hidden(value);
        }
        if (key.equals("proxyConnectHeader")) {
            return selectors(value);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> cleaned = new LinkedHashMap<>();
            map.forEach((k, v) -> cleaned.put(String.valueOf(k), clean(String.valueOf(k), v)));
            // A relabeling that sets a request parameter is one more way to write a token down.
            if (map.get("targetLabel") instanceof String label
                    && label.startsWith("__param_")
                    && cleaned.containsKey("replacement")) {
                cleaned.put("replacement", "[redacted]");
            }
            return cleaned;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> cleaned = new ArrayList<>(list.size());
            for (Object entry : list) {
                cleaned.add(clean(key, entry));
            }
            return cleaned;
        }
        if (value instanceof String text) {
            boolean path =
                    PATH_KEYS.contains(key) || key.toLowerCase(Locale.ROOT).endsWith("path");
            int query = path ? text.indexOf('?') : -1;
            return Redaction.text(query < 0 ? text : text.substring(0, query));
        }
        return value;
    }
}
