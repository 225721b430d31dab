package io.promwarden.explain;

import io.promwarden.admission.Reason;
import io.promwarden.admission.Selection;
import io.promwarden.admission.Verdict;
import io.promwarden.inventory.AccessRules;
import io.promwarden.inventory.Container;
import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** For each code the change that may mend it. Whether it does is judged by whoever asks. */
final class Changes {

    private static final Pattern RULE = Pattern.compile("relabelings\\[(\\d+)]|relabelingConfigs\\[(\\d+)]");
    private static final Pattern ENDPOINT = Pattern.compile("^spec\\.(?:endpoints|podMetricsEndpoints)\\[(\\d+)]");
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    /** Kubernetes' own, which it may write anew. */
    private static final Pattern BUILT_IN = Pattern.compile("system:.*|cluster-admin|admin|edit|view");

    private final World world;
    private final Backends backends;
    private final Selection selection;

    Changes(World world, Backends backends) {
        this.world = world;
        this.backends = backends;
        this.selection = new Selection(
                world.prometheuses(), world.declared().namespaces().value().orElse(List.of()));
    }

    Optional<Change> of(Chain chain) {
        Monitor monitor = chain.monitor();
        Link broken = chain.broken().orElseThrow();
        return switch (chain.code().orElseThrow()) {
            case NOTHING_DECLARED -> declare(monitor);
            case NOT_SELECTED -> label(monitor).or(() -> select(monitor));
            case NAMESPACE_NOT_SELECTED -> lookIn(monitor);
            case REJECTED_BY_OPERATOR -> prometheus(chain).flatMap(one -> accept(monitor, one));
            case PROMETHEUS_PAUSED ->
                prometheus(chain)
                        .map(one ->
                                Change.of(one, "Let the operator manage the Prometheus again.", spec("paused", false)));
            case SERVICE_IN_OTHER_NAMESPACE, POD_IN_OTHER_NAMESPACE ->
                prometheus(chain).flatMap(one -> reach(monitor, one));
            case NO_MATCHING_SERVICE -> prometheus(chain).flatMap(one -> matchService(monitor, one));
            case NO_MATCHING_POD -> prometheus(chain).flatMap(one -> matchPod(monitor, one));
            case PORT_UNKNOWN, TARGET_PORT_UNDECLARED -> port(chain);
            case NO_ENDPOINTS -> prometheus(chain).flatMap(one -> endpoints(chain, one));
            case DROPPED_BY_RELABELING -> relabel(chain, broken);
            case RBAC_MISSING -> prometheus(chain).flatMap(one -> permit(monitor, one));
            case PODS_NOT_RUNNING,
                    CONFIG_NOT_LOADED,
                    CONNECTION_REFUSED,
                    TIMEOUT,
                    NAME_RESOLUTION,
                    TLS_FAILURE,
                    UNAUTHORIZED,
                    PATH_NOT_FOUND,
                    HTTP_ERROR,
                    NOT_AN_EXPOSITION,
                    SAMPLE_LIMIT,
                    BODY_SIZE_LIMIT,
                    LABEL_LIMIT,
                    ALL_SAMPLES_DROPPED,
                    STALE -> Optional.empty();
        };
    }

    private Optional<PrometheusObject> prometheus(Chain chain) {
        return world.prometheuses().stream()
                .filter(one -> chain.prometheus().filter(one.title()::equals).isPresent())
                .findFirst();
    }

    private Optional<Change> declare(Monitor monitor) {
        if (monitor.kind() == ObjectKind.SERVICE_MONITOR) {
            List<String> names = services(monitor, monitor.targetNamespaces()).stream()
                    .flatMap(service -> service.ports().stream())
                    .map(Service.Port::name)
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .toList();
            return metrics(names)
                    .map(name -> Change.of(
                            monitor, "Name the port to scrape.", spec("endpoints", List.of(Map.of("port", name)))));
        }
        if (monitor.kind() == ObjectKind.POD_MONITOR) {
            List<String> names = containers(monitor, monitor.targetNamespaces()).stream()
                    .flatMap(container -> container.ports().stream())
                    .map(Container.Port::name)
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .toList();
            return metrics(names)
                    .map(name -> Change.of(
                            monitor,
                            "Name the port to scrape.",
                            spec("podMetricsEndpoints", List.of(Map.of("port", name)))));
        }
        return Optional.empty();
    }

    /** The only port, or the only one that is called after metrics. */
    private static Optional<String> metrics(List<String> names) {
        if (names.size() == 1) {
            return Optional.of(names.get(0));
        }
        List<String> called =
                names.stream().filter(name -> name.contains("metrics")).toList();
        return called.size() == 1 ? Optional.of(called.get(0)) : Optional.empty();
    }

    /** The labels are the monitor's own to change, where a Prometheus looks into its namespace at all. */
    private Optional<Change> label(Monitor monitor) {
        return selection.choices(monitor).stream()
                .filter(choice -> choice.namespace() != Selection.Fit.NO)
                .filter(choice ->
                        choice.prometheus().monitorSelector(monitor.kind()).isPresent())
                .map(choice -> Mending.lacking(
                        choice.prometheus().monitorSelector(monitor.kind()).orElseThrow(),
                        monitor.meta().labels()))
                .min(Comparator.comparingInt(Map::size))
                .map(lacking -> Change.of(
                        monitor,
                        "Give the monitor the labels that its Prometheus wants.",
                        Map.of("metadata", Map.of("labels", lacking))));
    }

    private Optional<Change> select(Monitor monitor) {
        return selection.prometheuses().stream()
                .filter(one -> one.monitorSelector(monitor.kind()).isEmpty())
                .findFirst()
                .map(one -> {
                    Map<String, @Nullable Object> spec = new LinkedHashMap<>();
                    spec.put(field(monitor) + "Selector", Map.of());
                    return Change.of(
                            one,
                            "Let the Prometheus select this kind: a selector that is left out selects nothing, {} everything.",
                            Map.of("spec", spec));
                });
    }

    private Optional<Change> lookIn(Monitor monitor) {
        String home = monitor.meta().namespace();
        for (Selection.Choice choice : selection.choices(monitor)) {
            if (!choice.labels()) {
                continue;
            }
            PrometheusObject prometheus = choice.prometheus();
            Optional<LabelSelector> wanted = prometheus.monitorNamespaceSelector(monitor.kind());
            if (wanted.isEmpty() || byName(wanted.get())) {
                Set<String> names = new LinkedHashSet<>(wanted.map(Changes::names)
                        .orElse(List.of(prometheus.meta().namespace())));
                names.add(home);
                Map<String, @Nullable Object> selector = new LinkedHashMap<>();
                selector.put("matchLabels", null);
                selector.put(
                        "matchExpressions",
                        List.of(Map.of("key", NAME_LABEL, "operator", "In", "values", List.copyOf(names))));
                if (wanted.isEmpty()) {
                    selector.remove("matchLabels");
                }
                return Optional.of(Change.of(
                        prometheus,
                        "Let the Prometheus look in namespace " + home + ".",
                        spec(field(monitor) + "NamespaceSelector", selector)));
            }
            Optional<Change> labelled = world.declared().namespaces().value().orElse(List.of()).stream()
                    .filter(namespace -> namespace.name().equals(home))
                    .findFirst()
                    .map(namespace -> Change.of(
                            Mending.raw(namespace),
                            "Give the namespace the labels by which the Prometheus selects namespaces.",
                            Map.of(
                                    "metadata",
                                    Map.of("labels", Mending.lacking(wanted.get(), selection.labelsOf(home))))));
            if (labelled.isPresent()) {
                return labelled;
            }
        }
        return Optional.empty();
    }

    private static boolean byName(LabelSelector selector) {
        return selector.matchLabels().keySet().stream().allMatch(NAME_LABEL::equals)
                && selector.matchExpressions().stream()
                        .allMatch(one ->
                                one.key().equals(NAME_LABEL) && one.operator().equals("In"))
                && selector.matchLabels().size() + selector.matchExpressions().size() == 1;
    }

    private static List<String> names(LabelSelector selector) {
        return selector.matchExpressions().isEmpty()
                ? List.copyOf(selector.matchLabels().values())
                : selector.matchExpressions().get(0).values();
    }

    private Optional<Change> accept(Monitor monitor, PrometheusObject prometheus) {
        Verdict verdict = world.verdicts().apply(monitor, prometheus);
        if (verdict.reasons().isEmpty()) {
            return Optional.empty();
        }
        Reason reason = verdict.reasons().get(0);
        return switch (reason.code()) {
            case "CLASS" ->
                Optional.of(Change.of(
                        monitor,
                        "Leave the scrape class out, or declare it on the Prometheus.",
                        spec("scrapeClass", null)));
            case "TIMEOUT" -> timeout(monitor, prometheus, reason);
            case "SCHEMA", "PORT" -> portAsText(monitor, reason);
            default -> Optional.empty();
        };
    }

    private static Optional<Change> portAsText(Monitor monitor, Reason reason) {
        Matcher endpoint = ENDPOINT.matcher(reason.path());
        if (!endpoint.find() || !reason.path().endsWith(".port")) {
            return Optional.empty();
        }
        int index = Integer.parseInt(endpoint.group(1));
        return monitor.endpoints()
                .get(index)
                .whole("port")
                .flatMap(number -> monitor.kind() == ObjectKind.POD_MONITOR
                        ? endpoint(monitor, index, "Give the number as portNumber.", entry -> {
                            entry.remove("port");
                            entry.put("portNumber", number);
                        })
                        : endpoint(
                                monitor,
                                index,
                                "Use the name of the port.",
                                entry -> entry.put("port", number.toString())));
    }

    private static Optional<Change> timeout(Monitor monitor, PrometheusObject prometheus, Reason reason) {
        String global = prometheus.raw().text("spec", "scrapeInterval").orElse("30s");
        String text = "Make the timeout no longer than the interval.";
        Matcher endpoint = ENDPOINT.matcher(reason.path());
        if (endpoint.find()) {
            int index = Integer.parseInt(endpoint.group(1));
            String interval = monitor.endpoints()
                    .get(index)
                    .text("interval")
                    .filter(one -> !one.isEmpty())
                    .orElse(global);
            return endpoint(monitor, index, text, entry -> entry.put("scrapeTimeout", interval));
        }
        String field = monitor.kind() == ObjectKind.PROBE ? "interval" : "scrapeInterval";
        String interval =
                monitor.raw().text("spec", field).filter(one -> !one.isEmpty()).orElse(global);
        return Optional.of(Change.of(monitor, text, spec("scrapeTimeout", interval)));
    }

    /** A role that the account has already learns what it lacks; a new binding is nothing that a patch can make. */
    private Optional<Change> permit(Monitor monitor, PrometheusObject prometheus) {
        Draft draft = new Draft(monitor, prometheus);
        AccessRules.Account account = PermittedLink.account(draft);
        List<Optional<String>> places = PermittedLink.places(draft);
        return world.declared()
                .access()
                .value()
                .flatMap(access -> places.stream()
                        .flatMap(place -> access.rolesOf(account, place).stream()
                                .filter(role -> !BUILT_IN.matcher(role.name()).matches())
                                .map(role -> permit(role, PermittedLink.lacking(draft, access, place))))
                        .findFirst());
    }

    private static Change permit(RawObject role, List<PermittedLink.Resource> lacking) {
        List<@Nullable Object> rules = new ArrayList<>();
        role.objects("rules").forEach(rule -> rules.add(rule.tree()));
        lacking.stream()
                .map(PermittedLink.Resource::group)
                .distinct()
                .forEach(group -> rules.add(Map.of(
                        "apiGroups",
                        List.of(group),
                        "resources",
                        lacking.stream()
                                .filter(one -> one.group().equals(group))
                                .map(PermittedLink.Resource::name)
                                .toList(),
                        "verbs",
                        PermittedLink.VERBS)));
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        patch.put("rules", rules);
        String text = role.kind().equals("ClusterRole")
                ? "Let Prometheus list and watch what its service discovery needs, wherever this ClusterRole is bound; a Role"
                        + " and a RoleBinding in the one namespace permit less."
                : "Let Prometheus list and watch what its service discovery needs.";
        return Change.of(role, text, patch);
    }

    private Optional<Change> reach(Monitor monitor, PrometheusObject prometheus) {
        if (Reach.of(monitor, prometheus).ignored()) {
            return Optional.of(Change.of(
                    prometheus, "Let monitors look in other namespaces.", spec("ignoreNamespaceSelectors", false)));
        }
        Set<String> homes = new TreeSet<>();
        if (monitor.kind() == ObjectKind.SERVICE_MONITOR) {
            services(monitor, Optional.empty())
                    .forEach(service -> homes.add(service.meta().namespace()));
        } else if (backends.bare()) {
            backends.templates()
                    .matching(OperatorSelector.of(monitor), Optional.empty())
                    .forEach(workload -> homes.add(workload.meta().namespace()));
        } else {
            backends.pods().value().stream()
                    .flatMap(all -> all.matching(OperatorSelector.of(monitor), Optional.empty()).stream())
                    .forEach(pod -> homes.add(pod.meta().namespace()));
        }
        Set<String> names = new LinkedHashSet<>(monitor.raw().words("spec", "namespaceSelector", "matchNames"));
        names.addAll(homes);
        return Optional.of(Change.of(
                monitor,
                "Name the namespace in the monitor's namespaceSelector.",
                spec("namespaceSelector", Map.of("matchNames", List.copyOf(names)))));
    }

    private Optional<Change> matchService(Monitor monitor, PrometheusObject prometheus) {
        LabelSelector selector = monitor.selector().orElse(new LabelSelector(Map.of(), List.of()));
        return backends.services()
                .value()
                .flatMap(all -> NearServices.nearest(
                        selector, all.in(Reach.of(monitor, prometheus).namespaces()).stream()))
                .map(near -> near.there().isPresent()
                        ? Change.of(
                                monitor,
                                "Select the label that the Service has.",
                                spec(
                                        "selector",
                                        Map.of(
                                                "matchLabels",
                                                Map.of(near.key(), near.there().get()))))
                        : Change.of(
                                Mending.raw(near.service()),
                                "Label the Service: a ServiceMonitor selects by the Service's own labels.",
                                Map.of("metadata", Map.of("labels", Map.of(near.key(), near.wanted())))));
    }

    private Optional<Change> matchPod(Monitor monitor, PrometheusObject prometheus) {
        LabelSelector selector = monitor.selector().orElse(new LabelSelector(Map.of(), List.of()));
        return PodLinks.nearLabels(selector, backends, Reach.of(monitor, prometheus))
                .map(labels -> Change.of(
                        monitor,
                        "Select the labels that the pods have.",
                        spec("selector", Map.of("matchLabels", labels))));
    }

    private Optional<Change> port(Chain chain) {
        Monitor monitor = chain.monitor();
        int index = chain.endpoint().orElse(0);
        Optional<WantedPort> wanted =
                WantedPort.of(monitor.kind(), monitor.endpoints().get(index));
        Optional<Reach> reach = prometheus(chain).map(one -> Reach.of(monitor, one));
        if (wanted.isEmpty() || reach.isEmpty()) {
            return Optional.empty();
        }
        if (monitor.kind() == ObjectKind.POD_MONITOR) {
            List<Container> containers = containers(monitor, reach.get().namespaces());
            return NearPorts.meant(wanted.get(), containers, true)
                    .flatMap(port -> endpoint(monitor, index, "Name a port that the containers declare.", entry -> {
                        entry.keySet().removeAll(List.of("port", "portNumber", "targetPort"));
                        if (port.name().isEmpty()) {
                            entry.put("portNumber", (long) port.number());
                        } else {
                            entry.put("port", port.name());
                        }
                    }));
        }
        List<Service> services = services(monitor, reach.get().namespaces());
        Optional<String> name = NearPorts.meant(wanted.get(), services);
        if (wanted.get().ofService() && name.isPresent()) {
            return endpoint(
                    monitor, index, "Use the name of the Service's port.", entry -> entry.put("port", name.get()));
        }
        List<Container> containers = services.stream()
                .flatMap(service -> backends.containersOf(service, false).stream())
                .toList();
        return NearPorts.meant(wanted.get(), containers, !wanted.get().ofService())
                .or(() -> NearPorts.behindUnnamed(services, containers))
                .flatMap(port -> endpoint(monitor, index, "Use a port that the containers declare.", entry -> {
                    entry.remove("port");
                    entry.put("targetPort", port.name().isEmpty() ? (Object) (long) port.number() : port.name());
                }))
                .or(() ->
                        name.flatMap(found -> endpoint(monitor, index, "Use the name of the Service's port.", entry -> {
                            entry.remove("targetPort");
                            entry.put("port", found);
                        })));
    }

    private Optional<Change> endpoints(Chain chain, PrometheusObject prometheus) {
        Monitor monitor = chain.monitor();
        if (monitor.kind() != ObjectKind.SERVICE_MONITOR) {
            return Optional.empty();
        }
        List<Service> services = services(monitor, Reach.of(monitor, prometheus).namespaces());
        if (services.stream().anyMatch(backends::onlyBySlices)) {
            return Optional.of(Change.of(
                    monitor,
                    "Discover EndpointSlices: the Service's endpoints were made by hand.",
                    spec("serviceDiscoveryRole", "EndpointSlice")));
        }
        return services.stream()
                .filter(service -> !service.selector().isEmpty()
                        && backends.podsOf(service).isEmpty())
                .flatMap(service -> NearServices.nearPodLabels(service, backends).stream()
                        .map(labels -> Change.of(
                                Mending.raw(service),
                                "Let the Service select the labels that the pods have.",
                                spec("selector", labels))))
                .findFirst();
    }

    private static Optional<Change> relabel(Chain chain, Link broken) {
        Monitor monitor = chain.monitor();
        List<Integer> rules = new ArrayList<>();
        for (String said : broken.evidence()) {
            Matcher rule = RULE.matcher(said);
            if (said.startsWith("spec.") && rule.find()) {
                rules.add(Integer.valueOf(rule.group(1) == null ? rule.group(2) : rule.group(1)));
            }
        }
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        String text = "Take out the rule that drops the targets.";
        return switch (monitor.kind()) {
            case PROBE ->
                Optional.of(Change.of(
                        monitor,
                        text,
                        spec(
                                "targets",
                                Map.of(
                                        "staticConfig",
                                        left(
                                                "relabelingConfigs",
                                                monitor.raw()
                                                        .value("spec", "targets", "staticConfig", "relabelingConfigs"),
                                                rules)))));
            case SERVICE_MONITOR, POD_MONITOR ->
                endpoint(monitor, chain.endpoint().orElse(0), text, entry -> {
                    Map<String, @Nullable Object> left = left("relabelings", entry.get("relabelings"), rules);
                    entry.putAll(left);
                    entry.values().removeIf(value -> value == null);
                });
            default ->
                Optional.of(Change.of(
                        monitor,
                        text,
                        Map.of("spec", left("relabelings", monitor.raw().value("spec", "relabelings"), rules))));
        };
    }

    /** The list without these entries; null where none is left. */
    private static Map<String, @Nullable Object> left(String field, @Nullable Object list, List<Integer> without) {
        List<@Nullable Object> rest = new ArrayList<>();
        if (list instanceof List<?> all) {
            for (int i = 0; i < all.size(); i++) {
                if (!without.contains(i)) {
                    rest.add(all.get(i));
                }
            }
        }
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        patch.put(field, rest.isEmpty() ? null : rest);
        return patch;
    }

    /** A merge patch replaces a list whole, so all entries are in it. */
    private static Optional<Change> endpoint(
            Monitor monitor, int index, String text, Consumer<Map<String, @Nullable Object>> edit) {
        String field = monitor.kind() == ObjectKind.POD_MONITOR ? "podMetricsEndpoints" : "endpoints";
        List<Map<String, @Nullable Object>> entries = new ArrayList<>();
        for (RawObject one : monitor.endpoints()) {
            entries.add(new LinkedHashMap<>(one.tree()));
        }
        edit.accept(entries.get(index));
        return Optional.of(Change.of(monitor, text, spec(field, entries)));
    }

    private List<Service> services(Monitor monitor, Optional<Set<String>> namespaces) {
        return backends.services()
                .value()
                .map(all -> all.matching(OperatorSelector.of(monitor), namespaces))
                .orElse(List.of());
    }

    private List<Container> containers(Monitor monitor, Optional<Set<String>> namespaces) {
        OperatorSelector selector = OperatorSelector.of(monitor);
        return backends.bare()
                ? backends.templates().matching(selector, namespaces).stream()
                        .flatMap(one -> one.containers().stream())
                        .toList()
                : backends.pods().value().stream()
                        .flatMap(all -> all.matching(selector, namespaces).stream())
                        .flatMap(pod -> pod.containers().stream())
                        .toList();
    }

    private static String field(Monitor monitor) {
        String kind = monitor.kind().kind();
        return kind.substring(0, 1).toLowerCase(Locale.ROOT) + kind.substring(1);
    }

    private static Map<String, @Nullable Object> spec(String field, @Nullable Object value) {
        Map<String, @Nullable Object> spec = new LinkedHashMap<>();
        spec.put(field, value);
        return Map.of("spec", spec);
    }
}
