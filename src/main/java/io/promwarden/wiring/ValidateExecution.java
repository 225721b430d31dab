package io.promwarden.wiring;

import io.promwarden.admission.CrdSchemas;
import io.promwarden.admission.OperatorVersion;
import io.promwarden.admission.Schemas;
import io.promwarden.admission.Validation;
import io.promwarden.inventory.RawObject;
import io.promwarden.manifests.Manifests;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
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
        List<RawObject> crds =
                request.crds().isPresent() ? ManifestInput.crds(request.crds().get(), crdProblems) : List.of();
        Map<String, Manifests> files = ManifestInput.files(request.paths(), standardInput);
        Set<String> essentialsOnly = new TreeSet<>();
        boolean assumed = false;
        List<Validation> records = new ArrayList<>();
        Schemas shared = CrdSchemas.of(crds);
        OperatorVersion operator = OperatorVersion.of(crds).orElseGet(OperatorVersion::newest);
        for (Map<String, Manifests> one : ManifestInput.worlds(files, request.each())) {
            List<RawObject> objects = one.values().stream()
                    .flatMap(file -> file.objects().stream())
                    .toList();
            List<RawObject> own = objects.stream().filter(ManifestInput::isCrd).toList();
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
}
