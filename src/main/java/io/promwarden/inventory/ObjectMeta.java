package io.promwarden.inventory;

import java.util.Map;

/** What every kept object has. Annotations are those of {@link Trimming} only. */
public record ObjectMeta(String namespace, String name, Map<String, String> labels, Map<String, String> annotations) {

    public ObjectMeta {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    public static ObjectMeta of(RawObject object) {
        return new ObjectMeta(object.namespace(), object.name(), object.labels(), object.annotations());
    }

    /** {@code namespace/name}: unique among objects of one kind. */
    public String key() {
        return namespace + "/" + name;
    }
}
