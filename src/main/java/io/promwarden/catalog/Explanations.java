package io.promwarden.catalog;

import io.promwarden.admission.Admission;
import io.promwarden.admission.ControllerRules;
import io.promwarden.admission.CrdSchemas;
import io.promwarden.admission.OperatorVersion;
import io.promwarden.check.Evidence;
import io.promwarden.check.Need;
import io.promwarden.check.Question;
import io.promwarden.explain.Chain;
import io.promwarden.explain.Code;
import io.promwarden.explain.Explainer;
import io.promwarden.explain.LinkName;
import io.promwarden.explain.Running;
import io.promwarden.explain.World;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.RawObject;
import io.promwarden.observation.Target;
import io.promwarden.observation.TargetsSeen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The chain of every monitor's endpoints, as {@code promwarden explain} judges it: judged once, however many checks ask. */
public final class Explanations {

    /** What has to be known before a broken link is a finding. */
    public static final Set<Need> NEEDS =
            Set.of(Need.PROMETHEUSES, Need.NAMESPACES, Need.SERVICES, Need.ENDPOINT_SLICES, Need.PODS, Need.WORKLOADS);

    /** What later links are judged by; a link that lacks its answer is unknown, which is no finding. */
    public static final Set<Need> WANTS =
            Set.of(Need.ACCESS_RULES, Need.CRDS, Need.TARGETS, Need.CONFIGURATION, Need.RUNTIME_INFO);

    private final Explainer explainer;
    private final boolean judged;
    private final IdentityHashMap<Monitor, List<Chain>> chains = new IdentityHashMap<>();
    private final Map<String, List<TargetsSeen.Seen>> pools = new HashMap<>();
    private final Map<String, Set<String>> poolsByUrl = new HashMap<>();
    private final Map<String, Monitor> monitors = new HashMap<>();

    private Explanations(Evidence evidence) {
        List<RawObject> crds = evidence.declared().crds().value().orElse(List.of());
        Admission admission = new Admission(
                CrdSchemas.of(crds),
                new ControllerRules(OperatorVersion.of(crds).orElseGet(OperatorVersion::newest)),
                evidence.references());
        Optional<Running> running = evidence.metrics().isEmpty()
                ? Optional.empty()
                : Optional.of(new Running(
                        evidence.metrics(),
                        evidence.at(),
                        (server, expression) -> evidence.answer(new Question(server, expression))));
        explainer = new Explainer(new World(evidence.declared(), admission::judge, Optional.empty(), running));
        for (TargetsSeen.Seen seen : evidence.targets().all()) {
            Target target = seen.target();
            pools.computeIfAbsent(target.scrapePool(), key -> new ArrayList<>()).add(seen);
            boolean asksForParts =
                    target.discovered().byName().keySet().stream().anyMatch(name -> name.startsWith("__param_"));
            if (!asksForParts) {
                poolsByUrl
                        .computeIfAbsent(seen.server() + " " + url(target), key -> new TreeSet<>())
                        .add(target.scrapePool());
            }
        }
        explainer.monitors().forEach(monitor -> monitors.put(monitor.poolPrefix(), monitor));
        judged = readable(evidence);
    }

    public static Explanations of(Evidence evidence) {
        return evidence.derived(Explanations.class, Explanations::new);
    }

    /** One chain for each endpoint. What they ask of servers has to be asked before. */
    public List<Chain> chains(Monitor monitor) {
        synchronized (chains) {
            return chains.computeIfAbsent(monitor, explainer::explain);
        }
    }

    /** What has to be asked before the monitor's chains can be judged to their end. */
    public List<Question> questions(Monitor monitor) {
        return explainer.questions(monitor).stream()
                .map(question -> new Question(question.getKey(), question.getValue()))
                .toList();
    }

    /** The active targets of a chain's endpoint, whichever server has them. */
    public List<TargetsSeen.Seen> targets(Chain chain) {
        return pools.getOrDefault(pool(chain), List.of());
    }

    /** A target that another scrape pool has, too. */
    public record Shared(String pool, String url) {}

    /** Other scrape pools of the same server with a target of this endpoint, an example of each. */
    public List<Shared> shared(Chain chain) {
        String own = pool(chain);
        Map<String, String> others = new TreeMap<>();
        for (TargetsSeen.Seen seen : targets(chain)) {
            String url = url(seen.target());
            poolsByUrl.getOrDefault(seen.server() + " " + url, Set.of()).forEach(pool -> others.putIfAbsent(pool, url));
        }
        others.remove(own);
        return others.entrySet().stream()
                .map(entry -> new Shared(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The scrape pool of a chain's endpoint. */
    public String pool(Chain chain) {
        String prefix = chain.monitor().poolPrefix();
        return prefix.endsWith("/") ? prefix + chain.endpoint().orElse(0) : prefix;
    }

    private static String url(Target target) {
        return target.scheme() + "://" + target.address() + target.path();
    }

    /** All targets of a monitor. */
    public List<TargetsSeen.Seen> targets(Monitor monitor) {
        String prefix = monitor.poolPrefix();
        if (!prefix.endsWith("/")) {
            return pools.getOrDefault(prefix, List.of());
        }
        List<TargetsSeen.Seen> all = new ArrayList<>();
        for (int i = 0; i < monitor.endpoints().size(); i++) {
            all.addAll(pools.getOrDefault(prefix + i, List.of()));
        }
        return all;
    }

    /** True if some server has one of the monitor's scrape pools: something else than the operator may read monitors. */
    public boolean known(Monitor monitor) {
        String prefix = monitor.poolPrefix();
        return pools.keySet().stream()
                .anyMatch(pool -> prefix.endsWith("/") ? pool.startsWith(prefix) : pool.equals(prefix));
    }

    /** True if every target of the scrape pool fails, for which {@code monitor/not-scraped} has a finding. */
    public boolean reportsFailure(String pool) {
        if (!judged) {
            return false;
        }
        int slash = pool.lastIndexOf('/');
        Monitor whole = monitors.get(pool);
        Monitor monitor = whole == null && slash > 0 ? monitors.get(pool.substring(0, slash + 1)) : whole;
        if (monitor == null) {
            return false;
        }
        return chains(monitor).stream()
                .filter(chain -> chain.code()
                        .map(Code::link)
                        .filter(LinkName.SCRAPED::equals)
                        .isPresent())
                .flatMap(chain -> targets(chain).stream())
                .anyMatch(seen -> seen.target().scrapePool().equals(pool));
    }

    private static boolean readable(Evidence evidence) {
        ClusterInventory declared = evidence.declared();
        return !declared.prometheuses().value().orElse(List.of()).isEmpty()
                && List.of(
                                declared.namespaces(),
                                declared.services(),
                                declared.endpointSlices(),
                                declared.pods(),
                                declared.workloads(),
                                declared.serviceMonitors(),
                                declared.podMonitors(),
                                declared.probes(),
                                declared.scrapeConfigs())
                        .stream()
                        .allMatch(answer -> answer.reason().isEmpty());
    }
}
