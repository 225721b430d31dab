package io.promwarden.check;

import io.promwarden.finding.CheckId;
import io.promwarden.finding.Subject;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.ObjectMeta;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.Workload;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every exemption that holds in one cluster: those of the job, and those that objects carry as annotations. */
public final class ExemptionBook {

    /** What exempts a Service or workload from the coverage ratio. */
    public static final CheckId COVERAGE = new CheckId("coverage", "uncovered");

    static final String ANNOTATION = "promwarden.io/exempt";

    private static final List<ObjectKind> MONITORS =
            List.of(ObjectKind.SERVICE_MONITOR, ObjectKind.POD_MONITOR, ObjectKind.PROBE, ObjectKind.SCRAPE_CONFIG);

    /** An annotation that could not be read, or not in full. */
    record Problem(Subject subject, String text) {}

    private final List<Exemption> ofJob;
    private final Map<Subject, Set<Exemption>> byObject = new HashMap<>();
    private final Set<Problem> problems = new LinkedHashSet<>();

    private ExemptionBook(List<Exemption> ofJob) {
        this.ofJob = ofJob;
    }

    /** The book of a cluster; the job's exemptions for other clusters are left out. */
    public static ExemptionBook of(String cluster, Optional<ClusterInventory> inventory, List<Exemption> ofJob) {
        ExemptionBook book = new ExemptionBook(ofJob.stream()
                .filter(exemption -> exemption.cluster().map(cluster::equals).orElse(true))
                .toList());
        inventory.ifPresent(declared -> book.readAnnotations(cluster, declared));
        return book;
    }

    /** An exemption that covers the finding on this day, if there is one. */
    public Optional<Exemption> find(CheckId check, Subject subject, LocalDate today) {
        return covering(check, subject)
                .filter(exemption -> !exemption.expired(today))
                .findFirst();
    }

    /** Exemptions that cover a finding, were it not for their date. */
    Stream<Exemption> covering(CheckId check, Subject subject) {
        return Stream.concat(byObject.getOrDefault(subject, Set.of()).stream(), ofJob.stream())
                .filter(exemption -> exemption.covers(check, subject));
    }

    /** All of them. */
    Stream<Exemption> all() {
        return Stream.concat(byObject.values().stream().flatMap(Set::stream), ofJob.stream());
    }

    Set<Problem> problems() {
        return problems;
    }

    private void readAnnotations(String cluster, ClusterInventory declared) {
        for (ObjectKind kind : MONITORS) {
            declared.monitors(kind).value().orElse(List.of()).stream()
                    .map(Monitor::meta)
                    .forEach(meta -> read(cluster, kind.kind(), meta));
        }
        declared.prometheuses()
                .value()
                .orElse(List.of())
                .forEach(object -> read(cluster, object.kind().kind(), object.meta()));
        declared.alertmanagers()
                .value()
                .orElse(List.of())
                .forEach(object -> read(cluster, ObjectKind.ALERTMANAGER.kind(), object.meta()));
        declared.services()
                .value()
                .ifPresent(services ->
                        services.all().forEach(service -> read(cluster, ObjectKind.SERVICE.kind(), service.meta())));
        for (Workload workload : declared.workloads().value().orElse(List.of())) {
            read(cluster, workload.kind(), workload.meta());
            read(cluster, workload.kind(), workload.meta(), workload.podAnnotations());
        }
        declared.pods()
                .value()
                .ifPresent(pods -> pods.all().stream()
                        .filter(pod -> pod.owner().isEmpty())
                        .map(Pod::meta)
                        .forEach(meta -> read(cluster, ObjectKind.POD.kind(), meta)));
    }

    private void read(String cluster, String kind, ObjectMeta meta) {
        read(cluster, kind, meta, meta.annotations());
    }

    private void read(String cluster, String kind, ObjectMeta meta, Map<String, String> annotations) {
        String text = annotations.get(ANNOTATION);
        if (text == null) {
            return;
        }
        Subject subject = new Subject(cluster, kind, meta.namespace(), meta.name());
        ExemptionText read = ExemptionText.parse(text, subject, "annotation of " + subject.text());
        read.exemptions()
                .forEach(exemption -> byObject.computeIfAbsent(subject, key -> new LinkedHashSet<>())
                        .add(exemption));
        read.problems().stream().map(problem -> new Problem(subject, problem)).forEach(problems::add);
    }
}
