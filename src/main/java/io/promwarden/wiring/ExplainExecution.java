package io.promwarden.wiring;

import io.promwarden.admission.Admission;
import io.promwarden.admission.ControllerRules;
import io.promwarden.admission.CrdSchemas;
import io.promwarden.admission.OperatorVersion;
import io.promwarden.answer.Answer;
import io.promwarden.batch.ClusterWorld;
import io.promwarden.explain.Chain;
import io.promwarden.explain.Explainer;
import io.promwarden.explain.Running;
import io.promwarden.explain.World;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.ReferencedData;
import io.promwarden.manifests.ManifestData;
import io.promwarden.manifests.ManifestSource;
import io.promwarden.manifests.Manifests;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.RememberedServer;
import io.promwarden.observation.Servers;
import io.promwarden.observation.TargetsSeen;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Judges the chains of one object, or of all, in files, a capture or live clusters. Read-only. */
public final class ExplainExecution {

    private static final Pattern OPERATOR_POOL = Pattern.compile("^(serviceMonitor|podMonitor|probe|scrapeConfig)/");
    private static final Set<String> MONITORS = Set.of("ServiceMonitor", "PodMonitor", "Probe", "ScrapeConfig");

    private final ExplainRequest request;
    private final InputStream standardInput;
    private final Clock clock;
    private final List<Chain> chains = new ArrayList<>();
    private final List<Manifests.Problem> problems = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private boolean found;

    public ExplainExecution(ExplainRequest request, InputStream standardInput, Clock clock) {
        this.request = request;
        this.standardInput = standardInput;
        this.clock = clock;
        this.found = request.object().isEmpty();
    }

    /**
     * Judges.
     *
     * @return unknown, with the reason, if there is nothing that could be looked at
     * @throws IOException if a path is not there
     */
    public Answer<Explained> run() throws IOException {
        Optional<String> problem = switch (request.from()) {
            case ExplainRequest.From.Files files -> {
                files(files);
                yield Optional.empty();
            }
            case ExplainRequest.From.Clusters clusters -> clusters(clusters);
        };
        return problem.<Answer<Explained>>map(Answer::unknown)
                .orElseGet(() -> Answer.known(new Explained(chains, found, problems, List.copyOf(notes))));
    }

    private void files(ExplainRequest.From.Files from) throws IOException {
        List<RawObject> crds =
                from.crds().isPresent() ? ManifestInput.crds(from.crds().get(), problems) : List.of();
        Map<String, Manifests> files = ManifestInput.files(from.paths(), standardInput);
        CrdSchemas shared = CrdSchemas.of(crds);
        for (Map<String, Manifests> one : ManifestInput.worlds(files, from.each())) {
            List<RawObject> objects = one.values().stream()
                    .flatMap(file -> file.objects().stream())
                    .toList();
            one.values().forEach(file -> problems.addAll(file.problems()));
            List<RawObject> all = new ArrayList<>(crds);
            objects.stream().filter(ManifestInput::isCrd).forEach(all::add);
            Admission admission = new Admission(
                    all.size() == crds.size() ? shared : CrdSchemas.of(all),
                    new ControllerRules(OperatorVersion.of(all).orElseGet(OperatorVersion::newest)),
                    new ManifestData(objects, from.namespace(), from.complete()));
            ClusterInventory declared = versioned(
                    ClusterInventory.read("manifests", new ManifestSource(objects, from.namespace())),
                    from.prometheusVersion());
            PrometheusObject assumed = PrometheusObject.assumed(from.prometheusVersion(), scrapeClasses(objects));
            if (declared.prometheuses().value().filter(List::isEmpty).isPresent()) {
                notes.add("prometheus: none was given, so one is assumed that selects everything");
            }
            explain(new Explainer(new World(declared, admission::judge, Optional.of(assumed), Optional.empty())));
        }
    }

    private static Set<String> scrapeClasses(List<RawObject> objects) {
        Set<String> classes = new TreeSet<>();
        objects.forEach(object -> object.text("spec", "scrapeClass").ifPresent(classes::add));
        return classes;
    }

    private static ClusterInventory versioned(ClusterInventory declared, Optional<String> version) {
        return version.map(text -> declared.withPrometheuses(declared.prometheuses()
                        .map(all -> all.stream()
                                .map(one -> one.withDefaultVersion(text))
                                .toList())))
                .orElse(declared);
    }

    private Optional<String> clusters(ExplainRequest.From.Clusters from) {
        RunRequest run = new RunRequest(
                from.definition(),
                from.where(),
                "mem:",
                java.nio.file.Path.of(""),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                from.environment());
        return switch (LookedAt.open(run, clock)) {
            case Answer.Unknown<LookedAt> unknown -> Optional.of(unknown.why());
            case Answer.Known<LookedAt> known -> {
                try (LookedAt lookedAt = known.known()) {
                    yield look(lookedAt);
                }
            }
        };
    }

    private Optional<String> look(LookedAt lookedAt) {
        List<String> wanted = lookedAt.clusters().stream()
                .filter(name -> request.cluster().map(name::equals).orElse(true))
                .toList();
        if (wanted.isEmpty()) {
            return Optional.of("no cluster " + request.cluster().orElse("") + "; there are "
                    + String.join(", ", lookedAt.clusters()));
        }
        for (String name : wanted) {
            ClusterWorld cluster = lookedAt.world().cluster(name);
            if (cluster.inventory().isEmpty()) {
                notes.add(name + ": the job does not look at Kubernetes there");
                continue;
            }
            explain(cluster, lookedAt.world().observedAt());
            request.object().ifPresent(object -> alsoTargets(cluster, object));
        }
        return Optional.empty();
    }

    private void explain(ClusterWorld cluster, Instant at) {
        ClusterInventory declared = cluster.inventory().orElseThrow();
        List<RawObject> crds = declared.crds().value().orElse(List.of());
        ReferencedData references = cluster.references();
        Admission admission = new Admission(
                CrdSchemas.of(crds),
                new ControllerRules(OperatorVersion.of(crds).orElseGet(OperatorVersion::newest)),
                references);
        Servers<MetricsServer> servers = new Servers<>(
                cluster.metrics().answering().stream()
                        .<MetricsServer>map(RememberedServer::of)
                        .toList(),
                cluster.metrics().unreached());
        Running running = new Running(
                servers,
                at,
                (server, expression) -> servers.answering().stream()
                        .filter(one -> one.id().equals(server))
                        .findFirst()
                        .map(one -> one.query(expression, at))
                        .orElseGet(() -> Answer.unknown(server.text() + " was not reached")));
        Explainer explainer =
                new Explainer(new World(declared, admission::judge, Optional.empty(), Optional.of(running)));
        for (ObjectKind kind : CrdSchemas.KINDS) {
            explainer.unread(kind).ifPresent(why -> notes.add(cluster.name() + ": " + kind.plural() + ": " + why));
        }
        explain(explainer);
    }

    private void explain(Explainer explainer) {
        if (request.object().isEmpty()) {
            explainer.monitors().forEach(monitor -> chains.addAll(explainer.explain(monitor)));
            return;
        }
        Chain.Matched object = request.object().get();
        if (!MONITORS.contains(object.kind())) {
            found |= explainer.knows(object);
            chains.addAll(explainer.whoScrapes(object.kind(), object.namespace(), object.name()));
            return;
        }
        List<Monitor> named = explainer
                .monitors()
                .filter(monitor -> monitor.kind().kind().equals(object.kind())
                        && monitor.meta().namespace().equals(object.namespace())
                        && monitor.meta().name().equals(object.name()))
                .toList();
        found |= !named.isEmpty();
        named.forEach(monitor -> chains.addAll(explainer.explain(monitor)));
    }

    /** Jobs that no monitor stands behind may scrape a pod or a workload as well: annotations, static configuration. */
    private void alsoTargets(ClusterWorld cluster, Chain.Matched object) {
        if (MONITORS.contains(object.kind())) {
            return;
        }
        TargetsSeen seen = TargetsSeen.of(cluster.metrics());
        cluster
                .inventory()
                .flatMap(declared -> declared.pods().value())
                .map(pods -> pods.in(object.namespace()))
                .orElse(List.of())
                .stream()
                .filter(pod -> isOrOwns(object, pod))
                .flatMap(pod -> seen.atPod(pod.meta().namespace(), pod.meta().name()).stream())
                .filter(one -> !OPERATOR_POOL.matcher(one.target().scrapePool()).find())
                .forEach(one -> notes.add(object.text() + " is also a target of the job "
                        + one.target().scrapePool()
                        + " of " + one.server().text() + ", which no monitor stands behind ("
                        + one.target().health().name().toLowerCase(Locale.ROOT) + ")"));
    }

    private static boolean isOrOwns(Chain.Matched object, Pod pod) {
        return object.kind().equals("Pod")
                ? pod.meta().name().equals(object.name())
                : pod.owner()
                        .filter(owner -> owner.kind().equals(object.kind())
                                && owner.name().equals(object.name()))
                        .isPresent();
    }
}
