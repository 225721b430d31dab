package io.promwarden.demo;

import io.promwarden.inventory.RawObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The demo cluster in one night.
 *
 * @param objects all that Kubernetes holds
 * @param unpermitted namespaces in which Prometheus has no Role, so that its service discovery sees nothing there
 * @param leftOut monitors that the operator leaves out of the configuration
 */
record World(
        int night,
        List<String> nodes,
        List<App> apps,
        List<RawObject> objects,
        Set<String> unpermitted,
        Set<String> leftOut) {

    private static final String NIGHT = "demo/night";

    /** Reads the description under {@code src/demo/world}. */
    static World read(Path folder, int night) {
        RawObject description = documents(folder.resolve("apps.yaml")).getFirst();
        List<String> nodes = description.words("nodes");
        List<RawObject> objects = new ArrayList<>();
        RawObject namespaces = description.object("namespaces").orElseThrow();
        for (String name : namespaces.tree().keySet()) {
            Map<String, String> labels = new LinkedHashMap<>(namespaces.texts(name));
            labels.put("kubernetes.io/metadata.name", name);
            objects.add(Tree.object("v1", "Namespace", Tree.of("metadata", Tree.of("name", name, "labels", labels))));
        }
        List<App> apps = description.objects("apps").stream()
                .filter(entry -> entry.whole("night").orElse((long) night) == night)
                .map(entry -> App.of(entry, nodes.size()))
                .toList();
        AppObjects expansion = new AppObjects(nodes);
        apps.forEach(app -> objects.addAll(expansion.expand(app)));
        for (String file : List.of("stack.yaml", "shop.yaml", "rules.yaml", "dashboards.yaml")) {
            documents(folder.resolve(file)).stream()
                    .filter(object -> Optional.ofNullable(object.annotations().get(NIGHT))
                            .map(only -> only.equals(String.valueOf(night)))
                            .orElse(true))
                    .map(World::withoutNight)
                    .forEach(objects::add);
        }
        Set<String> unpermitted = Set.copyOf(description.words("unpermitted"));
        objects.addAll(AccessObjects.of(
                "kps-prometheus", "monitoring", namespaces.tree().keySet(), unpermitted));
        return new World(
                night, nodes, apps, List.copyOf(objects), unpermitted, Set.copyOf(description.words("leftOut")));
    }

    List<RawObject> of(String kind) {
        return objects.stream().filter(object -> object.kind().equals(kind)).toList();
    }

    RawObject one(String kind) {
        List<RawObject> all = of(kind);
        if (all.size() != 1) {
            throw new IllegalStateException(all.size() + " objects of kind " + kind);
        }
        return all.getFirst();
    }

    private static RawObject withoutNight(RawObject object) {
        if (!object.annotations().containsKey(NIGHT)) {
            return object;
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>(object.tree());
        Map<String, @Nullable Object> metadata =
                new LinkedHashMap<>(object.object("metadata").orElseThrow().tree());
        Map<String, String> annotations = new LinkedHashMap<>(object.annotations());
        annotations.remove(NIGHT);
        metadata.put("annotations", annotations);
        tree.put("metadata", metadata);
        return RawObject.of(tree);
    }

    /** The documents of a YAML file. */
    static List<RawObject> documents(Path file) {
        List<RawObject> documents = new ArrayList<>();
        try {
            for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(Files.readString(file))) {
                if (document instanceof Map<?, ?> map) {
                    documents.add(RawObject.of(Tree.of("document", map))
                            .object("document")
                            .orElseThrow());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }
}
