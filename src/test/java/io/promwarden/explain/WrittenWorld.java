package io.promwarden.explain;

import io.promwarden.admission.Admission;
import io.promwarden.admission.ControllerRules;
import io.promwarden.admission.CrdSchemas;
import io.promwarden.admission.OperatorVersion;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import io.promwarden.manifests.ManifestData;
import io.promwarden.manifests.ManifestReader;
import io.promwarden.manifests.ManifestSource;
import io.promwarden.manifests.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A world written down as one file of manifests. Its first lines say what is expected of each chain: {@code # expect:
 * servicemonitor/cart[0] port-unknown false fix}; the words after the code are whether it is scraped, {@code fix}, {@code
 * warning}, or the outcome of a link, such as {@code addresses=unknown}. All Secrets and ConfigMaps of the world are in it,
 * unless a line ends with the word for a world that lacks some.
 */
record WrittenWorld(String name, List<Expected> expected, List<RawObject> objects, boolean complete) {

    static final Path FOLDER = Path.of("src/test/resources/explain");

    /** What is expected of one chain. */
    record Expected(String chain, String code, List<String> more) {

        static Expected parse(String line) {
            List<String> words = List.of(line.trim().split(" +"));
            return new Expected(words.get(0), words.get(1), words.subList(2, words.size()));
        }
    }

    static Stream<WrittenWorld> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(WrittenWorld::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WrittenWorld read(Path file) {
        try {
            String text = Files.readString(file);
            Manifests read = ManifestReader.parse(file.getFileName().toString(), text);
            if (!read.problems().isEmpty()) {
                throw new IllegalArgumentException(file + ": " + read.problems());
            }
            List<Expected> expected = text.lines()
                    .filter(line -> line.startsWith("# expect: "))
                    .map(line -> Expected.parse(line.substring("# expect: ".length())))
                    .toList();
            return new WrittenWorld(
                    FOLDER.relativize(file).toString().replace(".yaml", ""),
                    expected,
                    read.objects().stream().map(WrittenWorld::placed).toList(),
                    expected.stream().noneMatch(one -> one.more().contains("incomplete")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawObject placed(RawObject object) {
        return ObjectKind.find(object.apiVersion(), object.kind())
                .map(kind -> ManifestSource.placed(kind, object, "default"))
                .orElse(object);
    }

    /** The code that the folder is named after; empty for the healthy ones. */
    Optional<Code> code() {
        return Code.find(name.substring(0, name.indexOf('/')));
    }

    WrittenWorld with(List<RawObject> changed) {
        return new WrittenWorld(name, expected, changed, complete);
    }

    Explainer explainer() {
        ClusterInventory declared = ClusterInventory.read("test", new ManifestSource(objects, "default"));
        Admission admission = new Admission(
                CrdSchemas.essentials(),
                new ControllerRules(OperatorVersion.newest()),
                new ManifestData(objects, "default", complete));
        return new Explainer(new World(
                declared,
                admission::judge,
                Optional.of(PrometheusObject.assumed(Optional.empty(), Set.of())),
                Optional.empty()));
    }

    /** Every chain of the world by its name, e.g. {@code servicemonitor/cart[0]}. */
    Map<String, Chain> chains() {
        Explainer explainer = explainer();
        List<Monitor> monitors = explainer.monitors().toList();
        Map<String, Chain> chains = new TreeMap<>();
        for (Monitor monitor : monitors) {
            explainer.explain(monitor).forEach(chain -> chains.put(title(chain), chain));
        }
        return chains;
    }

    static String title(Chain chain) {
        String index =
                chain.endpoint().isPresent() ? String.valueOf(chain.endpoint().getAsInt()) : "-";
        return chain.monitor().kind().kind().toLowerCase(Locale.ROOT) + "/"
                + chain.monitor().meta().name() + "[" + index + "]";
    }

    /** The world after a patch, as {@code kubectl patch --type merge} would leave it. */
    WrittenWorld patched(PatchFix fix) {
        List<RawObject> changed = new ArrayList<>();
        boolean found = false;
        for (RawObject object : objects) {
            PatchFix.Target target = fix.target();
            boolean meant = object.kind().equals(target.kind())
                    && object.apiVersion().equals(target.apiVersion())
                    && object.name().equals(target.name())
                    && object.namespace().equals(target.namespace());
            found |= meant;
            changed.add(meant ? RawObject.of(MergePatch.apply(object.tree(), fix.patch())) : object);
        }
        if (!found) {
            throw new IllegalArgumentException("no " + fix.target().title() + " in " + name);
        }
        return with(changed);
    }

    @Override
    public String toString() {
        return name;
    }
}
