package io.promwarden.manifests;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.InventorySource;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.Trimming;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Objects from files, offered as if a cluster had them: trimmed alike, and with the namespace that they'd land in. */
public final class ManifestSource implements InventorySource {

    private final Map<ObjectKind, List<RawObject>> byKind = new LinkedHashMap<>();

    /**
     * A source of these objects; kinds that no run reads are left out.
     *
     * @param namespace where an object without a namespace is put, as with {@code kubectl apply -n}
     */
    public ManifestSource(List<RawObject> objects, String namespace) {
        for (RawObject given : objects) {
            RawObject object = MirroredEndpoints.isEndpoints(given) ? MirroredEndpoints.slice(given) : given;
            ObjectKind.find(object.apiVersion(), object.kind())
                    .ifPresent(kind -> byKind.computeIfAbsent(kind, key -> new ArrayList<>())
                            .add(placed(kind, object, namespace)));
        }
    }

    @Override
    public <T> Answer<List<T>> list(ObjectKind kind, Function<RawObject, T> keep) {
        List<T> kept = new ArrayList<>();
        for (RawObject object : byKind.getOrDefault(kind, List.of())) {
            kept.add(keep.apply(Trimming.trim(kind, object)));
        }
        return Answer.known(List.copyOf(kept));
    }

    /** The object as it lands in a cluster: in this namespace, unless it names one or has none. */
    public static RawObject placed(ObjectKind kind, RawObject object, String namespace) {
        if (!kind.namespaced() || !object.namespace().isEmpty()) {
            return object;
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>(object.tree());
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        if (object.value("metadata") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> metadata.put(String.valueOf(key), value));
        }
        metadata.put("namespace", namespace);
        tree.put("metadata", metadata);
        return new RawObject(tree, object.position());
    }
}
