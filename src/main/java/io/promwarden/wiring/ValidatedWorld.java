package io.promwarden.wiring;

import io.promwarden.admission.Admission;
import io.promwarden.admission.ControllerRules;
import io.promwarden.admission.CrdSchemas;
import io.promwarden.admission.OperatorVersion;
import io.promwarden.admission.Schemas;
import io.promwarden.admission.Validating;
import io.promwarden.admission.Validation;
import io.promwarden.admission.Validation.Note;
import io.promwarden.catalog.Catalog;
import io.promwarden.check.Check;
import io.promwarden.check.CheckResults;
import io.promwarden.check.CheckRunner;
import io.promwarden.check.Evidence;
import io.promwarden.finding.CheckId;
import io.promwarden.finding.Fact;
import io.promwarden.finding.Finding;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.ObjectMeta;
import io.promwarden.inventory.Position;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import io.promwarden.manifests.ManifestData;
import io.promwarden.manifests.ManifestSource;
import io.promwarden.manifests.Manifests;
import io.promwarden.observation.Servers;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The objects that {@code promwarden validate} takes to be all there is, and what is to be said of them. */
final class ValidatedWorld {

    private static final String EXEMPT = "promwarden.io/exempt";

    private final String namespace;
    private final boolean assumed;
    private final Validating validating;
    private final Map<String, List<Note>> notes = new HashMap<>();
    private final Set<String> essentialsOnly = new TreeSet<>();
    private final Set<String> exemptFields = new HashSet<>();
    private final Schemas schemas;

    ValidatedWorld(
            ValidateRequest request,
            List<RawObject> objects,
            List<RawObject> crds,
            Schemas schemas,
            OperatorVersion operator,
            Clock clock) {
        this.namespace = request.namespace();
        this.schemas = schemas;
        List<PrometheusObject> prometheuses = new ArrayList<>();
        List<ObjectMeta> namespaces = new ArrayList<>();
        Set<String> scrapeClasses = new TreeSet<>();
        for (RawObject object : objects) {
            Optional<ObjectKind> kind = ObjectKind.find(object.apiVersion(), object.kind());
            if (kind.filter(Set.of(ObjectKind.PROMETHEUS, ObjectKind.PROMETHEUS_AGENT)::contains)
                    .isPresent()) {
                prometheuses.add(prometheus(kind.get(), object, request.prometheusVersion()));
            } else if (kind.filter(ObjectKind.NAMESPACE::equals).isPresent()) {
                namespaces.add(ObjectMeta.of(object));
            }
            object.text("spec", "scrapeClass").ifPresent(scrapeClasses::add);
        }
        this.assumed = prometheuses.isEmpty();
        if (assumed) {
            prometheuses.add(PrometheusObject.assumed(request.prometheusVersion(), scrapeClasses));
        }
        Admission admission = new Admission(
                schemas, new ControllerRules(operator), new ManifestData(objects, namespace, request.complete()));
        this.validating = new Validating(admission, prometheuses, namespaces);
        // Fields are judged here by the whole object, where the check sees a trimmed one; it still says what is
        // exempted.
        boolean exemptions =
                objects.stream().anyMatch(object -> object.annotations().containsKey(EXEMPT));
        List<Check<?>> checks = Catalog.all().stream()
                .filter(Check::readsSubjectOnly)
                .filter(check -> exemptions || !fieldUnknown(check.id()))
                .toList();
        if (!checks.isEmpty()) {
            inspect(checks, objects, crds, clock);
        }
    }

    boolean assumed() {
        return assumed;
    }

    Set<String> essentialsOnly() {
        return essentialsOnly;
    }

    /** The records of one file of this world, in its order. */
    List<Validation> records(String file, Manifests manifests) {
        List<Validation> records = new ArrayList<>();
        for (RawObject object : manifests.objects()) {
            ObjectKind.find(object.apiVersion(), object.kind()).ifPresent(kind -> {
                RawObject placed = ManifestSource.placed(kind, object, namespace);
                String key = key(kind.kind(), placed.namespace(), placed.name());
                List<Note> found = notes.remove(key);
                if (CrdSchemas.KINDS.contains(kind)) {
                    if (schemas.essentialsOnly(kind)) {
                        essentialsOnly.add(kind.kind());
                    }
                    List<Validation> judged = validating.of(Monitor.of(kind, placed));
                    records.addAll(with(found, exemptFields.contains(key) ? withoutFindings(judged) : judged));
                } else if (found != null) {
                    records.add(other(file, kind, placed, found));
                }
            });
        }
        for (Manifests.Problem problem : manifests.problems()) {
            records.add(Validation.unreadable(file, problem.position().line(), problem.message()));
        }
        records.sort(Comparator.comparingInt(Validation::line));
        return records;
    }

    /** One exemption takes all unknown fields of an object. */
    private static List<Validation> withoutFindings(List<Validation> records) {
        records.set(0, records.getFirst().withFindings(List.of()));
        return records;
    }

    private static List<Validation> with(@Nullable List<Note> found, List<Validation> records) {
        if (found != null) {
            List<Note> all = new ArrayList<>(records.getFirst().findings());
            all.addAll(found);
            records.set(0, records.getFirst().withFindings(all));
        }
        return records;
    }

    private static Validation other(String file, ObjectKind kind, RawObject object, List<Note> found) {
        return new Validation(
                file,
                object.position().map(Position::line).orElse(1),
                Optional.of(kind.kind()),
                object.namespace(),
                object.name(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                found);
    }

    private void inspect(List<Check<?>> checks, List<RawObject> objects, List<RawObject> crds, Clock clock) {
        List<RawObject> all = new ArrayList<>(objects);
        all.addAll(crds);
        Evidence evidence = new Evidence(
                "manifests",
                Optional.of(ClusterInventory.read("manifests", new ManifestSource(all, namespace))),
                Servers.none(),
                Servers.none(),
                clock.instant());
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        CheckResults results = new CheckRunner(checks).run(evidence, List.of(), today, () -> false);
        for (Finding finding : results.findings()) {
            if (!fieldUnknown(finding.check())) {
                notes.computeIfAbsent(key(finding), key -> new ArrayList<>()).add(note(finding));
            }
        }
        results.exempted().stream()
                .map(CheckResults.Exempted::finding)
                .filter(finding -> fieldUnknown(finding.check()))
                .forEach(finding -> exemptFields.add(key(finding)));
    }

    private static boolean fieldUnknown(CheckId check) {
        return check.toString().equals(Validating.FIELD_UNKNOWN);
    }

    private static String key(Finding finding) {
        return key(
                finding.subject().kind(),
                finding.subject().namespace(),
                finding.subject().name());
    }

    /** A check that reads the subject only names the field by a fact of that name. */
    private static Note note(Finding finding) {
        Optional<String> path = finding.evidence().stream()
                .filter(fact -> fact.name().equals("field"))
                .map(Fact::value)
                .findFirst();
        return new Note(finding.check().toString(), finding.severity(), path, finding.message());
    }

    private PrometheusObject prometheus(ObjectKind kind, RawObject object, Optional<String> version) {
        PrometheusObject declared = PrometheusObject.of(kind, ManifestSource.placed(kind, object, namespace));
        return version.map(declared::withDefaultVersion).orElse(declared);
    }

    private static String key(String kind, String namespace, String name) {
        return kind + "/" + namespace + "/" + name;
    }
}
