package io.promwarden.wiring;

import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.Position;
import io.promwarden.inventory.RawObject;
import io.promwarden.manifests.ManifestFiles;
import io.promwarden.manifests.ManifestReader;
import io.promwarden.manifests.Manifests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The manifests that a command is given: files, folders and standard input. */
final class ManifestInput {

    static final String STANDARD_INPUT = "-";

    private ManifestInput() {}

    /**
     * What the paths hold, by file.
     *
     * @throws IOException if a path is not there
     */
    static Map<String, Manifests> files(List<String> paths, InputStream standardInput) throws IOException {
        Map<String, Manifests> files = new LinkedHashMap<>();
        for (String path : new LinkedHashSet<>(paths)) {
            if (path.equals(STANDARD_INPUT)) {
                files.put(path, read(standardInput));
                continue;
            }
            for (Path file : ManifestFiles.below(Path.of(path))) {
                files.computeIfAbsent(file.toString(), name -> ManifestReader.read(file));
            }
        }
        return files;
    }

    /** The worlds that the files make: all of them one, or each its own. */
    static List<Map<String, Manifests>> worlds(Map<String, Manifests> files, boolean each) {
        return each
                ? files.entrySet().stream()
                        .map(file -> Map.of(file.getKey(), file.getValue()))
                        .toList()
                : List.of(files);
    }

    /**
     * The CRDs in a file or folder.
     *
     * @param problems gets what could not be read
     * @throws IOException if the path is not there
     */
    static List<RawObject> crds(Path path, List<Manifests.Problem> problems) throws IOException {
        List<RawObject> crds = new ArrayList<>();
        for (Path file : ManifestFiles.below(path)) {
            Manifests read = ManifestReader.read(file);
            read.objects().stream().filter(ManifestInput::isCrd).forEach(crds::add);
            problems.addAll(read.problems());
        }
        return crds;
    }

    static boolean isCrd(RawObject object) {
        return object.kind().equals(ObjectKind.CUSTOM_RESOURCE_DEFINITION.kind());
    }

    private static Manifests read(InputStream standardInput) throws IOException {
        byte[] bytes = standardInput.readAllBytes();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return ManifestReader.parse(STANDARD_INPUT, text);
        } catch (CharacterCodingException e) {
            return new Manifests(
                    List.of(), List.of(new Manifests.Problem(new Position(STANDARD_INPUT, 1, 1), "it is not UTF-8")));
        }
    }
}
