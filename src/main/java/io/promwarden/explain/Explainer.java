package io.promwarden.explain;

import io.promwarden.admission.Selection;
import io.promwarden.admission.Verdict;
import io.promwarden.answer.Answer;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import io.promwarden.observation.ServerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Judges chains in one world. Holds indexes of it: made once, asked for many monitors. */
public final class Explainer {

    static final List<ObjectKind> KINDS =
            List.of(ObjectKind.SERVICE_MONITOR, ObjectKind.POD_MONITOR, ObjectKind.PROBE, ObjectKind.SCRAPE_CONFIG);

    private final World world;
    private final Selection selection;
    private final Backends backends;
    private final Optional<RunningLinks> running;

    public Explainer(World world) {
        this(world, new Backends(world.declared(), world.running().isEmpty()));
    }

    /** A world of which only monitors, Prometheus objects or namespaces differ from one whose backends are known. */
    Explainer(World world, Backends backends) {
        this.world = world;
        this.selection = new Selection(
                world.prometheuses(), world.declared().namespaces().value().orElse(List.of()));
        this.backends = backends;
        this.running = world.running().map(one -> new RunningLinks(one, world.prometheuses()));
    }

    /** All monitors of the four kinds; a kind that could not be read has none. */
    public Stream<Monitor> monitors() {
        return KINDS.stream().flatMap(kind -> world.declared().monitors(kind).value().orElse(List.of()).stream());
    }

    /** One chain for each endpoint of the monitor, one for an object without any. */
    public List<Chain> explain(Monitor monitor) {
        return judge(monitor).stream().map(this::mended).toList();
    }

    private Chain mended(Chain chain) {
        return chain.broken().isPresent() ? chain.with(new Mending(world, backends).fix(chain)) : chain;
    }

    /** The chains without their fixes. */
    List<Chain> judge(Monitor monitor) {
        boolean endpoints = monitor.kind() == ObjectKind.SERVICE_MONITOR || monitor.kind() == ObjectKind.POD_MONITOR;
        int count = endpoints ? monitor.endpoints().size() : StaticLinks.declaresTargets(monitor) ? 1 : 0;
        if (count == 0) {
            return List.of(new Chain(
                    monitor,
                    OptionalInt.empty(),
                    Optional.empty(),
                    List.of(Link.broken(Code.NOTHING_DECLARED, nothing(monitor))),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty()));
        }
        List<Chain> chains = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            chains.add(furthest(monitor, i));
        }
        return chains;
    }

    private static String nothing(Monitor monitor) {
        return switch (monitor.kind()) {
            case SERVICE_MONITOR -> "spec.endpoints is empty";
            case POD_MONITOR -> "spec.podMetricsEndpoints is empty";
            case PROBE -> "spec.targets names no target";
            default -> "spec names neither a static target nor a service discovery";
        };
    }

    private Chain furthest(Monitor monitor, int endpoint) {
        List<Draft> drafts = selection.choices(monitor).stream()
                .map(choice -> draft(monitor, endpoint, choice))
                .toList();
        if (drafts.isEmpty()) {
            String why = world.declared().prometheuses().reason().orElse("no Prometheus object is declared");
            Link link = world.declared().prometheuses().reason().isPresent()
                    ? Link.unknown(LinkName.SELECTED, why)
                    : Link.broken(Code.NOT_SELECTED, why);
            return new Chain(
                    monitor,
                    OptionalInt.of(endpoint),
                    Optional.empty(),
                    List.of(Link.ok(LinkName.DECLARED, "endpoint " + endpoint), link),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty());
        }
        Draft best = drafts.get(0);
        for (Draft draft : drafts) {
            best = draft.progress() > best.progress() ? draft : best;
        }
        Draft chosen = best;
        boolean selected =
                chosen.links().stream().anyMatch(link -> link.name() == LinkName.SELECTED && !link.isBroken());
        return new Chain(
                monitor,
                OptionalInt.of(endpoint),
                selected ? Optional.of(chosen.prometheus().title()) : Optional.empty(),
                chosen.links(),
                drafts.stream()
                        .filter(draft -> draft != chosen)
                        .sorted(Comparator.comparingInt(Draft::progress).reversed())
                        .limit(5)
                        .map(Explainer::elsewhere)
                        .toList(),
                chosen.matched(),
                warnings(chosen, endpoint),
                Optional.empty());
    }

    private static String elsewhere(Draft draft) {
        String title =
                draft.prometheus().kind().kind() + " " + draft.prometheus().title();
        if (!draft.isBroken()) {
            return title + " gets as far";
        }
        Link last = draft.links().get(draft.links().size() - 1);
        return title + ": " + last.code().map(Code::word).orElse("") + ": " + String.join("; ", last.evidence());
    }

    private Draft draft(Monitor monitor, int endpoint, Selection.Choice choice) {
        Draft draft = new Draft(monitor, choice.prometheus());
        draft.add(Link.ok(LinkName.DECLARED, "endpoint " + endpoint));
        draft.add(selected(monitor, choice));
        if (!draft.isBroken()) {
            draft.add(accepted(monitor, choice.prometheus()));
        }
        if (!draft.isBroken()) {
            draft.add(
                    choice.prometheus().raw().isTrue("spec", "paused")
                            ? Link.broken(
                                    Code.PROMETHEUS_PAUSED,
                                    choice.prometheus().kind().kind() + " "
                                            + choice.prometheus().title() + " has paused: true")
                            : Link.ok(LinkName.MANAGED, "its Prometheus is not paused"));
        }
        if (!draft.isBroken()) {
            targets(draft, endpoint);
        }
        if (!draft.isBroken()) {
            running(draft, endpoint);
        }
        return draft;
    }

    private static Link selected(Monitor monitor, Selection.Choice choice) {
        return switch (choice.picked()) {
            case YES ->
                Link.ok(
                        LinkName.SELECTED,
                        choice.prometheus().isAssumed()
                                ? "no Prometheus is declared: one that selects everything is assumed"
                                : choice.prometheus().kind().kind() + " "
                                        + choice.prometheus().title());
            case UNKNOWN -> Link.unknown(LinkName.SELECTED, choice.why());
            case NO ->
                Link.broken(
                        choice.labels() ? Code.NAMESPACE_NOT_SELECTED : Code.NOT_SELECTED,
                        List.of(
                                choice.prometheus().kind().kind() + " "
                                        + choice.prometheus().title() + " " + choice.why(),
                                "the " + monitor.kind().kind() + " has "
                                        + Words.labels(monitor.meta().labels()) + " and is in namespace "
                                        + monitor.meta().namespace()));
        };
    }

    private Link accepted(Monitor monitor, PrometheusObject prometheus) {
        Verdict verdict = world.verdicts().apply(monitor, prometheus);
        List<String> reasons = verdict.reasons().stream()
                .map(reason -> reason.code() + (reason.path().isEmpty() ? "" : " at " + reason.path()) + ": "
                        + reason.message())
                .toList();
        return switch (verdict.outcome()) {
            case ACCEPTED ->
                Link.ok(
                        LinkName.ACCEPTED,
                        verdict.dropped().isEmpty()
                                ? List.of("the operator takes it")
                                : List.of("the operator takes it without " + String.join(", ", verdict.dropped())));
            case UNKNOWN -> Link.unknown(LinkName.ACCEPTED, String.join("; ", reasons));
            case REJECTED -> {
                List<String> evidence = new ArrayList<>();
                verdict.layer().ifPresent(layer -> evidence.add("layer: " + layer.word()));
                evidence.addAll(reasons);
                yield Link.broken(Code.REJECTED_BY_OPERATOR, evidence);
            }
        };
    }

    private void targets(Draft draft, int endpoint) {
        Monitor monitor = draft.monitor();
        switch (monitor.kind()) {
            case SERVICE_MONITOR, POD_MONITOR -> {
                draft.add(PermittedLink.judge(draft, world.declared().access()));
                if (draft.isBroken()) {
                    return;
                }
                RawObject declared = monitor.endpoints().get(endpoint);
                String list = monitor.kind() == ObjectKind.POD_MONITOR ? "podMetricsEndpoints" : "endpoints";
                String relabelings = "spec." + list + "[" + endpoint + "].relabelings";
                if (monitor.kind() == ObjectKind.SERVICE_MONITOR) {
                    new ServiceLinks(backends, draft, declared).judge(relabelings);
                } else {
                    new PodLinks(backends, draft, declared).judge(relabelings);
                }
            }
            default -> StaticLinks.judge(draft);
        }
    }

    private void running(Draft draft, int endpoint) {
        if (running.isEmpty()) {
            for (LinkName name : List.of(LinkName.LOADED, LinkName.SCRAPED, LinkName.SAMPLES)) {
                draft.add(Link.unknown(name, "no Prometheus was asked"));
            }
            return;
        }
        running.get()
                .judge(
                        draft.prometheus(),
                        pool(draft.monitor(), endpoint),
                        draft.links(),
                        renames(draft.monitor(), endpoint))
                .forEach(draft::add);
    }

    private static boolean renames(Monitor monitor, int endpoint) {
        RawObject from = switch (monitor.kind()) {
            case SERVICE_MONITOR, POD_MONITOR -> monitor.endpoints().get(endpoint);
            default -> monitor.raw().object("spec").orElse(monitor.raw());
        };
        return from.isTrue("honorLabels") || !from.objects("metricRelabelings").isEmpty();
    }

    static String pool(Monitor monitor, int endpoint) {
        String prefix = monitor.poolPrefix();
        return prefix.endsWith("/") ? prefix + endpoint : prefix;
    }

    private List<String> warnings(Draft draft, int endpoint) {
        if (draft.isBroken()) {
            return List.of();
        }
        List<String> warnings = new ArrayList<>(draft.warnings());
        if (running.isEmpty()) {
            return warnings;
        }
        Set<String> others = running.get().twice(draft.prometheus(), pool(draft.monitor(), endpoint));
        if (!others.isEmpty()) {
            warnings.add("scraped-twice: the scrape pools " + String.join(", ", others) + " have the same target");
        }
        return warnings;
    }

    /** What has to be asked of which server before the monitor's samples can be judged. */
    public List<Map.Entry<ServerId, String>> questions(Monitor monitor) {
        if (running.isEmpty()) {
            return List.of();
        }
        int count = monitor.kind() == ObjectKind.SERVICE_MONITOR || monitor.kind() == ObjectKind.POD_MONITOR
                ? monitor.endpoints().size()
                : 1;
        List<Map.Entry<ServerId, String>> questions = new ArrayList<>();
        for (PrometheusObject prometheus : selection.pickedBy(monitor)) {
            for (int i = 0; i < count; i++) {
                questions.addAll(running.get().questions(prometheus, pool(monitor, i)));
            }
        }
        return questions;
    }

    /** The chains through which a Service, pod or workload is scraped, or would be if they held. */
    public List<Chain> whoScrapes(String kind, String namespace, String name) {
        Set<Chain.Matched> wanted = backends.reachedBy(new Chain.Matched(kind, namespace, name));
        return monitors()
                .flatMap(monitor -> judge(monitor).stream())
                .filter(chain -> chain.matched().stream().anyMatch(wanted::contains)
                        || (chain.matched().isEmpty()
                                && backends.matchedBy(chain.monitor()).anyMatch(wanted::contains)))
                .map(this::mended)
                .toList();
    }

    /** True if the world has this Service, pod or workload. */
    public boolean knows(Chain.Matched object) {
        return backends.has(object);
    }

    /** Why the monitors of a kind could not be read. */
    public Optional<String> unread(ObjectKind kind) {
        return switch (world.declared().monitors(kind)) {
            case Answer.Unknown<List<Monitor>> unknown -> Optional.of(unknown.why());
            case Answer.Known<List<Monitor>> known -> Optional.empty();
        };
    }
}
