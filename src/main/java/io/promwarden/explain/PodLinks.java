package io.promwarden.explain;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.Container;
import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Pod;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.Service;
import io.promwarden.inventory.Workload;
import io.promwarden.label.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** From a PodMonitor's selector to the targets that its relabelings see. */
final class PodLinks {

    private static final Set<String> UNKNOWABLE = Set.of(
            "__meta_kubernetes_pod_uid",
            "__meta_kubernetes_pod_host_ip",
            "__meta_kubernetes_pod_controller_",
            "__meta_kubernetes_pod_container_init",
            "__meta_kubernetes_pod_container_id",
            "__meta_kubernetes_pod_annotation",
            "__meta_kubernetes_node_",
            "__meta_kubernetes_namespace_label",
            "__meta_kubernetes_namespace_annotation",
            "__scrape_timeout__",
            "__tmp_hash");

    private static final Set<String> UNKNOWABLE_IN_FILES = Set.of(
            "__address__",
            "pod",
            "__meta_kubernetes_pod_name",
            "__meta_kubernetes_pod_ip",
            "__meta_kubernetes_pod_node_name",
            "__meta_kubernetes_pod_phase",
            "__meta_kubernetes_pod_ready");

    private final Backends backends;
    private final Draft draft;
    private final RawObject endpoint;
    private final Optional<WantedPort> wanted;

    PodLinks(Backends backends, Draft draft, RawObject endpoint) {
        this.backends = backends;
        this.draft = draft;
        this.endpoint = endpoint;
        this.wanted = WantedPort.of(draft.monitor().kind(), endpoint);
    }

    void judge(String relabelings) {
        switch (backends.pods()) {
            case Answer.Unknown<Catch<Pod>> unknown -> draft.add(Link.unknown(LinkName.MATCHED, unknown.why()));
            case Answer.Known<Catch<Pod>> known -> {
                if (backends.bare()) {
                    templates(relabelings);
                } else {
                    pods(known.known(), relabelings);
                }
            }
        }
    }

    private void pods(Catch<Pod> all, String relabelings) {
        OperatorSelector selector = OperatorSelector.of(draft.monitor());
        List<Pod> pods = all.matching(selector, draft.reach().namespaces());
        if (pods.isEmpty()) {
            unmatched(all.matching(selector, Optional.empty()).stream()
                    .map(pod -> pod.meta().key())
                    .toList());
            return;
        }
        draft.matched(pods.stream()
                .map(pod -> new Chain.Matched(
                        "Pod", pod.meta().namespace(), pod.meta().name()))
                .toList());
        draft.add(Link.ok(
                LinkName.MATCHED,
                Words.several("pod", pods.stream().map(pod -> pod.meta().key()).toList())));
        List<Container> containers =
                pods.stream().flatMap(pod -> pod.containers().stream()).toList();
        List<Pod> with = pods.stream()
                .filter(pod -> wanted.isEmpty() || wanted.get().declaredBy(pod.containers()))
                .toList();
        if (!port(with.isEmpty(), pods.size() - with.size(), containers)) {
            return;
        }
        boolean runningOnly = !Boolean.FALSE.equals(endpoint.value("filterRunning"));
        List<Pod> scrapable = with.stream()
                .filter(pod -> !pod.ip().isEmpty() && !(runningOnly && pod.finished()))
                .toList();
        if (scrapable.isEmpty()) {
            List<String> evidence = new ArrayList<>();
            with.stream()
                    .limit(5)
                    .forEach(pod -> evidence.add("pod " + pod.meta().key() + " is " + pod.phase()
                            + (pod.ip().isEmpty() ? " and has no address" : "")));
            draft.add(Link.broken(Code.PODS_NOT_RUNNING, evidence));
            return;
        }
        List<String> evidence = new ArrayList<>();
        evidence.add(Words.several("address", scrapable.stream().map(Pod::ip).toList()));
        if (scrapable.size() < with.size()) {
            evidence.add((with.size() - scrapable.size()) + " pods have ended or have no address");
        }
        draft.add(Link.ok(LinkName.ADDRESSES, evidence));
        List<Candidate> targets = new ArrayList<>();
        scrapable.forEach(pod -> each(
                pod.containers(), (container, port) -> targets.add(candidates().ofPod(pod, container, port))));
        relabeling(relabelings, targets, UNKNOWABLE);
    }

    private void templates(String relabelings) {
        OperatorSelector selector = OperatorSelector.of(draft.monitor());
        List<Workload> workloads =
                backends.templates().matching(selector, draft.reach().namespaces());
        if (workloads.isEmpty()) {
            unmatched(backends.templates().matching(selector, Optional.empty()).stream()
                    .map(workload -> workload.meta().key())
                    .toList());
            return;
        }
        draft.matched(workloads.stream()
                .map(workload -> new Chain.Matched(
                        workload.kind(),
                        workload.meta().namespace(),
                        workload.meta().name()))
                .toList());
        draft.add(Link.ok(
                LinkName.MATCHED,
                Words.several(
                        "pod template",
                        workloads.stream()
                                .map(workload ->
                                        workload.kind() + " " + workload.meta().key())
                                .toList())));
        List<Container> containers =
                workloads.stream().flatMap(one -> one.containers().stream()).toList();
        List<Workload> with = workloads.stream()
                .filter(one -> wanted.isEmpty() || wanted.get().declaredBy(one.containers()))
                .toList();
        if (!port(with.isEmpty(), workloads.size() - with.size(), containers)) {
            return;
        }
        draft.add(Link.unknown(LinkName.ADDRESSES, "the files hold no pods"));
        List<Candidate> targets = new ArrayList<>();
        with.forEach(workload -> each(
                workload.containers(),
                (container, port) -> targets.add(candidates().ofTemplate(workload, container, port))));
        Set<String> unknowable = new TreeSet<>(UNKNOWABLE);
        unknowable.addAll(UNKNOWABLE_IN_FILES);
        relabeling(relabelings, targets, unknowable);
    }

    private boolean port(boolean none, int without, List<Container> containers) {
        if (wanted.isEmpty()) {
            draft.add(Link.ok(LinkName.PORT, "no port is named, so every declared port counts"));
            return true;
        }
        WantedPort port = wanted.get();
        if (none) {
            Code code = port.key().equals("targetPort") ? Code.TARGET_PORT_UNDECLARED : Code.PORT_UNKNOWN;
            draft.add(Link.broken(code, NearPorts.ofContainers(port, containers)));
            return false;
        }
        List<String> evidence = new ArrayList<>();
        evidence.add(port.text());
        if (without > 0) {
            evidence.add(without + " of what it matches declare no such port");
        }
        draft.add(Link.ok(LinkName.PORT, evidence));
        return true;
    }

    private void relabeling(String path, List<Candidate> targets, Set<String> unknowable) {
        draft.add(new RelabelingLink(draft.prometheus(), draft.scrapeClass(), endpoint.objects("relabelings"), path)
                .judge(targets, unknowable));
    }

    /** What becomes a target of a pod: a port each, or the pod itself where a container declares none. */
    private interface Making {
        void of(Optional<Container> container, Optional<Container.Port> port);
    }

    private void each(List<Container> containers, Making making) {
        for (Container container : containers) {
            List<Container.Port> ports = wanted.map(one -> one.ports(container)).orElse(container.ports());
            ports.forEach(port -> making.of(Optional.of(container), Optional.of(port)));
            if (wanted.isEmpty() && container.ports().isEmpty()) {
                making.of(Optional.of(container), Optional.empty());
            }
        }
    }

    private void unmatched(List<String> elsewhere) {
        LabelSelector selector = draft.monitor().selector().orElse(new LabelSelector(Map.of(), List.of()));
        List<String> evidence = new ArrayList<>();
        evidence.add("selector " + selector.text() + ", looked for in "
                + draft.reach().text());
        if (!elsewhere.isEmpty()) {
            evidence.add("it matches " + Words.several("pod", elsewhere));
            if (draft.reach().ignored()) {
                evidence.add("its Prometheus has ignoreNamespaceSelectors: true");
            }
            draft.add(Link.broken(Code.POD_IN_OTHER_NAMESPACE, evidence));
            return;
        }
        near(selector).ifPresent(near -> evidence.add("there are pods with " + Words.labels(near)));
        if (!backends.bare()) {
            backends
                    .templates()
                    .matching(
                            OperatorSelector.of(draft.monitor()), draft.reach().namespaces())
                    .stream()
                    .findFirst()
                    .ifPresent(workload ->
                            evidence.add(workload.kind() + " " + workload.meta().key()
                                    + " would have such pods, and has none (replicas: " + workload.replicas() + ")"));
        }
        Optional<Service> service = backends.services().value().stream()
                .flatMap(all -> all
                        .matching(
                                OperatorSelector.of(draft.monitor()),
                                draft.reach().namespaces())
                        .stream())
                .findFirst();
        service.ifPresent(one -> evidence.add(
                "Service " + one.meta().key() + " has these labels, and a PodMonitor selects pods by theirs"));
        draft.add(Link.broken(Code.NO_MATCHING_POD, evidence));
    }

    /** Labels of pods or templates in reach with the selector's keys, one value alike. */
    private Optional<Map<String, String>> near(LabelSelector selector) {
        return nearLabels(selector, backends, draft.reach());
    }

    static Optional<Map<String, String>> nearLabels(LabelSelector selector, Backends backends, Reach reach) {
        Stream<Map<String, String>> pods = backends.pods().value().stream()
                .flatMap(all -> all.in(reach.namespaces()).stream())
                .map(pod -> pod.meta().labels());
        Stream<Map<String, String>> templates =
                backends.templates().in(reach.namespaces()).stream().map(Workload::podLabels);
        return Stream.concat(pods, templates)
                .filter(labels ->
                        labels.keySet().containsAll(selector.matchLabels().keySet()))
                .filter(labels -> {
                    List<Map.Entry<String, String>> different = selector.matchLabels().entrySet().stream()
                            .filter(wanted -> !wanted.getValue().equals(labels.get(wanted.getKey())))
                            .toList();
                    return different.size() == 1
                            && (selector.matchLabels().size() > 1
                                    || Nearest.alike(
                                            different.get(0).getValue(),
                                            labels.getOrDefault(different.get(0).getKey(), "")));
                })
                .map(labels -> {
                    Map<String, String> wanted = new java.util.TreeMap<>(labels);
                    wanted.keySet().retainAll(selector.matchLabels().keySet());
                    return wanted;
                })
                .findFirst();
    }

    private Candidates candidates() {
        return new Candidates(draft.monitor(), draft.prometheus(), endpoint);
    }
}
