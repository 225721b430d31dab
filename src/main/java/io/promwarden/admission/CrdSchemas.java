package io.promwarden.admission;

import io.promwarden.admission.SchemaResult.UnknownField;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The schema layer by CRDs: compiled once, asked for any number of objects. A kind whose CRD is not among them is judged by
 * {@link EssentialSchemas}.
 */
public final class CrdSchemas implements Schemas {

    /** The kinds that are judged here. */
    public static final List<ObjectKind> KINDS =
            List.of(ObjectKind.SERVICE_MONITOR, ObjectKind.POD_MONITOR, ObjectKind.PROBE, ObjectKind.SCRAPE_CONFIG);

    private final Map<ObjectKind, Structure> known;
    private final Map<ObjectKind, Structure> essential;

    private CrdSchemas(Map<ObjectKind, Structure> known, Map<ObjectKind, Structure> essential) {
        this.known = known;
        this.essential = essential;
    }

    /** By these CRDs; what is no CRD of the four kinds is passed over, and of several for one kind the first counts. */
    public static CrdSchemas of(List<RawObject> crds) {
        Map<ObjectKind, Structure> known = new EnumMap<>(ObjectKind.class);
        for (RawObject crd : crds) {
            for (ObjectKind kind : KINDS) {
                if (crd.text("spec", "names", "kind").orElse("").equals(kind.kind())
                        && crd.text("spec", "group").orElse("").equals(kind.group())
                        && !known.containsKey(kind)) {
                    schema(crd, kind.version()).ifPresent(found -> known.put(kind, new StructureReading().root(found)));
                }
            }
        }
        return new CrdSchemas(known, Essentials.ALL);
    }

    /** By what is known of the kinds without any CRD. */
    public static CrdSchemas essentials() {
        return of(List.of());
    }

    /** Compiled when they are first asked for, and once. */
    private static final class Essentials {
        static final Map<ObjectKind, Structure> ALL = EssentialSchemas.all();
    }

    private static Optional<Map<?, ?>> schema(RawObject crd, String version) {
        for (RawObject one : crd.objects("spec", "versions")) {
            if (one.text("name").orElse("").equals(version)
                    && one.value("schema", "openAPIV3Schema") instanceof Map<?, ?> schema) {
                return Optional.of(schema);
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean essentialsOnly(ObjectKind kind) {
        return !known.containsKey(kind);
    }

    @Override
    public SchemaResult admit(ObjectKind kind, RawObject object) {
        Structure root = known.getOrDefault(kind, essential.get(kind));
        if (root == null) {
            throw new IllegalArgumentException(kind + " is none of the four kinds");
        }
        List<Reason> violations = new ArrayList<>();
        List<UnknownField> unknown = new ArrayList<>();
        Set<String> notJudged = new LinkedHashSet<>(root.unread());
        Map<String, @Nullable Object> admitted = new LinkedHashMap<>();
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        object.tree().forEach((key, value) -> {
            switch (key) {
                case "apiVersion", "kind" -> admitted.put(key, value);
                case "metadata" -> admitted.put(key, Metadata.admitted(value, violations, unknown));
                // What a client sends as status is thrown away, and what the cluster says there is evidence.
                case "status" -> admitted.put(key, value);
                default -> body.put(key, value);
            }
        });
        if (new Shaping(unknown).shaped(body, root, "") instanceof Map<?, ?> shaped) {
            shaped.forEach((key, value) -> admitted.put(String.valueOf(key), value));
        }
        new SchemaJudging(violations, notJudged).judge(admitted, root, Place.ROOT);
        return new SchemaResult(
                new RawObject(admitted, object.position()), violations, unknown, List.copyOf(notJudged));
    }
}
