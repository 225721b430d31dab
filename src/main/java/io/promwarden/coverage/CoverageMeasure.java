package io.promwarden.coverage;

import io.promwarden.answer.Answer;
import io.promwarden.finding.NotRun;
import io.promwarden.finding.Subject;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.EndpointSlice;
import io.promwarden.inventory.Indexed;
import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.Service;
import io.promwarden.inventory.Workload;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.RememberedServer;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Servers;
import io.promwarden.observation.TargetsSeen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Measures which Services and workloads are scraped, by the targets that Prometheus really has. What could not be looked
 * at is not measured; it is never covered.
 */
public final class CoverageMeasure {

    private static final String WHAT = "coverage";

    private final String cluster;
    private final TargetsSeen targets;
    private final Covering covering;
    private final List<String> gaps;
    private final Map<String, Set<ServerId>> replicas = new HashMap<>();
    private final Function<Subject, Optional<String>> exempt;
    private final Map<String, Pod> pods = new HashMap<>();
    private final Map<String, List<Pod>> podsByOwner = new HashMap<>();
    private final Map<String, List<EndpointSlice>> slices = new HashMap<>();
    private final Map<String, List<TargetsSeen.Seen>> probes;

    private CoverageMeasure(
            String cluster,
            Servers<MetricsServer> servers,
            List<String> gaps,
            Function<Subject, Optional<String>> exempt) {
        this.cluster = cluster;
        this.targets = TargetsSeen.of(servers);
        this.covering = new Covering(servers.answering());
        this.gaps = Stream.concat(gaps.stream(), targets.gaps().stream()).toList();
        this.exempt = exempt;
        this.probes = Sightings.probes(targets);
        targets.answered()
                .forEach(id -> replicas.computeIfAbsent(id.shard(), key -> new TreeSet<>())
                        .add(id));
    }

    /**
     * Measures one cluster.
     *
     * @param inventory empty when the job names only URLs: there is then nothing to measure, and that is no error
     * @param exempt why a subject need not be scraped, if somebody said so
     */
    public static Coverage measure(
            String cluster,
            Optional<ClusterInventory> inventory,
            Servers<MetricsServer> servers,
            Function<Subject, Optional<String>> exempt) {
        if (inventory.isEmpty()) {
            return new Coverage(cluster, List.of(), List.of());
        }
        Servers<MetricsServer> remembered = new Servers<>(
                servers.answering().stream()
                        .<MetricsServer>map(RememberedServer::of)
                        .toList(),
                servers.unreached());
        return new CoverageMeasure(cluster, remembered, agents(inventory.get(), servers), exempt)
                .measure(inventory.get(), servers.isEmpty());
    }

    /** Agents scrape, too, but few of them can be asked. */
    private static List<String> agents(ClusterInventory inventory, Servers<MetricsServer> servers) {
        Set<String> owners = new HashSet<>();
        servers.answering().forEach(server -> owners.add(server.id().owner()));
        servers.unreached().forEach(unreached -> owners.add(unreached.id().owner()));
        return inventory.prometheuses().value().orElse(List.of()).stream()
                .filter(PrometheusObject::agent)
                .filter(agent -> !owners.contains(agent.meta().key()))
                .map(agent -> "PrometheusAgent " + agent.meta().key() + " can't be asked for its targets")
                .toList();
    }

    private Coverage measure(ClusterInventory inventory, boolean noServer) {
        List<NotRun> notRun = new ArrayList<>();
        gaps.forEach(gap -> notRun.add(new NotRun(cluster, WHAT, gap)));
        if (noServer) {
            notRun.add(new NotRun(cluster, WHAT, "no Prometheus server was found to ask"));
        }
        missing(inventory.services(), "services", notRun);
        missing(inventory.workloads(), "workloads", notRun);
        missing(inventory.pods(), "pods", notRun);
        missing(inventory.endpointSlices(), "endpointslices", notRun);
        Optional<String> blind = noServer
                ? Optional.of("no Prometheus server was found to ask")
                : inventory.pods().reason().map(why -> "pods: " + why);
        index(inventory);
        List<Coverage.Entry> entries = new ArrayList<>();
        for (Workload workload : inventory.workloads().value().orElse(List.of())) {
            entries.add(workload(workload, blind));
        }
        inventory.services().value().map(Indexed::all).orElse(List.of()).stream()
                .filter(service -> !service.type().equals("ExternalName"))
                .forEach(service -> entries.add(service(service, inventory, blind)));
        entries.sort(Comparator.comparing(Coverage.Entry::namespace)
                .thenComparing(Coverage.Entry::kind)
                .thenComparing(Coverage.Entry::name));
        return new Coverage(cluster, entries, notRun.stream().distinct().toList());
    }

    private void missing(Answer<?> answer, String what, List<NotRun> notRun) {
        answer.reason().ifPresent(why -> notRun.add(new NotRun(cluster, WHAT, what + ": " + why)));
    }

    private void index(ClusterInventory inventory) {
        for (Pod pod : inventory.pods().value().map(Indexed::all).orElse(List.of())) {
            pods.put(pod.meta().key(), pod);
            pod.owner()
                    .filter(owner -> pod.running())
                    .ifPresent(owner -> podsByOwner
                            .computeIfAbsent(
                                    owner.kind() + " " + pod.meta().namespace() + "/" + owner.name(),
                                    key -> new ArrayList<>())
                            .add(pod));
        }
        for (EndpointSlice slice : inventory.endpointSlices().value().orElse(List.of())) {
            slices.computeIfAbsent(slice.meta().namespace() + "/" + slice.serviceName(), key -> new ArrayList<>())
                    .add(slice);
        }
    }

    private Coverage.Entry workload(Workload workload, Optional<String> blind) {
        EntryDraft draft = new EntryDraft(
                workload.meta().namespace(), workload.kind(), workload.meta().name());
        if (blind.isPresent()) {
            return draft.notMeasured(blind.get());
        }
        List<Pod> running =
                podsByOwner.getOrDefault(workload.kind() + " " + workload.meta().key(), List.of());
        running.forEach(pod -> look(draft, pod));
        return judged(draft, workload.replicas() == 0 ? "scaled to zero" : "none of its pods runs");
    }

    private Coverage.Entry service(Service service, ClusterInventory inventory, Optional<String> blind) {
        EntryDraft draft = new EntryDraft(
                service.meta().namespace(), "Service", service.meta().name());
        if (blind.isPresent()) {
            return draft.notMeasured(blind.get());
        }
        Optional<String> noSlices = inventory.endpointSlices().reason();
        if (noSlices.isPresent() && service.selector().isEmpty()) {
            return draft.notMeasured("endpointslices: " + noSlices.get());
        }
        if (noSlices.isPresent()) {
            LabelSelector selector = new LabelSelector(service.selector(), List.of());
            inventory
                    .pods()
                    .value()
                    .ifPresent(
                            all -> all.select(Optional.of(Set.of(service.meta().namespace())), selector)
                                    .filter(Pod::running)
                                    .forEach(pod -> look(draft, pod)));
        } else {
            endpoints(service, draft);
        }
        probes.getOrDefault(service.meta().key(), List.of()).stream()
                .filter(TargetsSeen.Seen::up)
                .forEach(probe -> draft.probedBy(Covering.name(probe.target())));
        return judged(draft, "no endpoint");
    }

    private void endpoints(Service service, EntryDraft draft) {
        Map<String, Pod> behind = new LinkedHashMap<>();
        Map<String, Set<Integer>> outside = new LinkedHashMap<>();
        for (EndpointSlice slice : slices.getOrDefault(service.meta().key(), List.of())) {
            for (EndpointSlice.Endpoint endpoint : slice.endpoints()) {
                Pod pod = pods.get(
                        service.meta().namespace() + "/" + endpoint.podName().orElse(""));
                if (pod != null) {
                    behind.put(pod.meta().name(), pod);
                    continue;
                }
                for (String address : endpoint.addresses()) {
                    slice.ports()
                            .forEach(port -> outside.computeIfAbsent(address, key -> new HashSet<>())
                                    .add(port.port()));
                }
            }
        }
        behind.values().stream().filter(pod -> !pod.finished()).forEach(pod -> look(draft, pod));
        outside.forEach((address, ports) -> {
            List<TargetsSeen.Seen> seen = Sightings.at(targets, address, ports);
            draft.add(address, Unit.of(seen, replicas));
            seen.forEach(one -> draft.coveredBy(covering.by(one), Covering.name(one.target())));
        });
    }

    private void look(EntryDraft draft, Pod pod) {
        List<TargetsSeen.Seen> seen = Sightings.at(targets, pod);
        draft.add(pod.meta().name(), Unit.of(seen, replicas));
        for (TargetsSeen.Seen one : seen) {
            draft.coveredBy(covering.by(one), Covering.name(one.target()));
            if (Covering.sidecar(pod, one.target())) {
                draft.sidecar();
            }
        }
    }

    private Coverage.Entry judged(EntryDraft draft, String idle) {
        Coverage.Entry entry = draft.judged(idle);
        if (!EnumSet.of(Coverage.State.PARTLY, Coverage.State.DOWN, Coverage.State.UNCOVERED)
                .contains(entry.state())) {
            return entry;
        }
        Optional<String> reason = exempt.apply(new Subject(cluster, entry.kind(), entry.namespace(), entry.name()));
        if (reason.isPresent()) {
            return draft.in(Coverage.State.EXEMPT, reason.get());
        }
        return gaps.isEmpty() ? entry : draft.in(Coverage.State.NOT_MEASURED, gaps.get(0));
    }
}
