package io.promwarden.wiring;

import io.promwarden.admission.CrdSchemas;
import io.promwarden.admission.OperatorVersion;
import io.promwarden.admission.Schemas;
import io.promwarden.admission.Validation;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import io.promwarden.manifests.ManifestFiles;
import io.promwarden.manifests.ManifestReader;
import io.promwarden.manifests.Manifests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads what {@code promwarden validate} was given, and has each world judged. */
public final class ValidateExecution {

    private final ValidateRequest request;
    private final InputStream standardInput;
    private final Clock clock;

    public ValidateExecution(ValidateRequest request, InputStream standardInput, Clock clock) {
        this.request = request;
        this.standardInput = standardInput;
        this.clock = clock;
    }

    /**
     * Judges everything.
     *
     * @throws IOException if a path is not there
     */
    public Validated run() throws IOException {
        List<Manifests.Problem> crdProblems = new ArrayList<>();
        List<RawObject> crds = crds(crdProblems);
        Map<String, Manifests> files = files();
        Set<String> essentialsOnly = new TreeSet<>();
        boolean assumed = false;
        List<Validation> records = new ArrayList<>();
        Schemas shared = CrdSchemas.of(crds);
        OperatorVersion operator = OperatorVersion.of(crds).orElseGet(OperatorVersion::newest);
        List<Map<String, Manifests>> worlds = new ArrayList<>();
        if (request.each()) {
            files.forEach((name, manifests) -> worlds.add(Map.of(name, manifests)));
        } else {
            worlds.add(files);
        }
        for (Map<String, Manifests> one : worlds) {
            List<RawObject> objects = one.values().stream()
                    .flatMap(file -> file.objects().stream())
                    .toList();
            List<RawObject> own =
                    objects.stream().filter(ValidateExecution::isCrd).toList();
            List<RawObject> all = new ArrayList<>(crds);
            all.addAll(own);
            // Compiling a CRD costs more than judging many objects by it.
            Schemas schemas = own.isEmpty() ? shared : CrdSchemas.of(all);
            ValidatedWorld world = new ValidatedWorld(
                    request,
                    objects,
                    all,
                    schemas,
                    own.isEmpty() ? operator : OperatorVersion.of(all).orElse(operator),
                    clock);
            one.forEach((name, manifests) -> records.addAll(world.records(name, manifests)));
            essentialsOnly.addAll(world.essentialsOnly());
            assumed |= world.assumed();
        }
        return new Validated(records, List.copyOf(essentialsOnly), assumed, crdProblems);
    }

    private List<RawObject> crds(List<Manifests.Problem> problems) throws IOException {
        List<RawObject> crds = new ArrayList<>();
        if (request.crds().isPresent()) {
            for (Path file : ManifestFiles.below(request.crds().get())) {
                Manifests read = ManifestReader.read(file);
                read.objects().stream().filter(ValidateExecution::isCrd).forEach(crds::add);
                problems.addAll(read.problems());
            }
        }
        return crds;
    }

    private Map<String, Manifests> files() throws IOException {
        Map<String, Manifests> files = new LinkedHashMap<>();
        for (String path : new LinkedHashSet<>(request.paths())) {
            if (path.equals(ValidateRequest.STANDARD_INPUT)) {
                files.put(path, standardInput());
                continue;
            }
            for (Path file : ManifestFiles.below(Path.of(path))) {
                files.computeIfAbsent(file.toString(), name -> ManifestReader.read(file));
            }
        }
        return files;
    }

    private Manifests standardInput() throws IOException {
        byte[] bytes = standardInput.readAllBytes();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
            return ManifestReader.parse(ValidateRequest.STANDARD_INPUT, text);
        } catch (CharacterCodingException e) {
            return new Manifests(
                    List.of(),
                    List.of(new Manifests.Problem(
                            new io.promwarden.inventory.Position(ValidateRequest.STANDARD_INPUT, 1, 1),
                            "it is not UTF-8")));
        }
    }

    private static boolean isCrd(RawObject object) {
        return object.kind().equals(ObjectKind.CUSTOM_RESOURCE_DEFINITION.kind());
    }
}
