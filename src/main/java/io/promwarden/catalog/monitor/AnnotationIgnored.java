package io.promwarden.catalog.monitor;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.coverage.Sightings;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.Container;
import io.promwarden.inventory.Pod;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.ScrapeConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Pods that ask to be scraped by {@code prometheus.io/scrape: "true"} and that no Prometheus has a target at. */
public final class AnnotationIgnored implements Check<Annotated> {

    @Override
    public Subjects<Annotated> subject() {
        return Annotated.WORKLOADS;
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.PODS, Need.TARGETS);
    }

    @Override
    public Set<Need> wants() {
        return Set.of(Need.CONFIGURATION);
    }

    @Override
    public Inspection inspect(Annotated annotated, Evidence evidence) {
        List<Pod> without = annotated.pods().stream()
                .filter(pod -> Sightings.at(evidence.targets(), pod).isEmpty())
                .toList();
        if (without.isEmpty()) {
            return Inspection.clean();
        }
        if (!evidence.targets().gaps().isEmpty()) {
            return Inspection.notRun(evidence.targets().gaps().get(0));
        }
        Pod example = without.get(0);
        Map<String, String> annotations = example.meta().annotations();
        FindingDraft draft = on(annotated, evidence)
                .fact(
                        "pods without a target",
                        without.size() + " of " + annotated.pods().size());
        for (String key : List.of("prometheus.io/port", "prometheus.io/path", "prometheus.io/scheme")) {
            Optional.ofNullable(annotations.get(key)).ifPresent(value -> draft.fact(key, value));
        }
        Set<String> readers = readers(evidence);
        boolean known = evidence.metrics().answering().stream()
                .allMatch(server -> server.configuration().value().isPresent());
        draft.fact(
                "jobs that read the annotation",
                readers.isEmpty() ? (known ? "none" : "not known") : String.join(", ", readers));
        String advice = readers.isEmpty()
                ? "Give the workload a PodMonitor, or remove the annotation."
                : "See what the job's relabeling wants besides the annotation, often prometheus.io/port;"
                        + " or use a PodMonitor.";
        draft.fix(example.meta().labels().isEmpty() ? Fix.of(advice) : Fix.of(advice, podMonitor(annotated, example)));
        String reason = readers.isEmpty()
                ? (known ? "no loaded scrape configuration reads the annotation" : "no target is at them")
                : "a job reads the annotation, yet does not scrape them";
        return Inspection.found(
                draft.say("Pods ask to be scraped by prometheus.io/scrape, and nobody scrapes them: " + reason));
    }

    private static Set<String> readers(Evidence evidence) {
        Set<String> jobs = new TreeSet<>();
        for (MetricsServer server : evidence.metrics().answering()) {
            server.configuration()
                    .value()
                    .map(ScrapeConfiguration::annotationJobs)
                    .ifPresent(jobs::addAll);
        }
        return jobs;
    }

    private static String podMonitor(Annotated annotated, Pod example) {
        StringBuilder yaml = new StringBuilder("apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata:\n");
        yaml.append("  name: ").append(Patch.yaml(annotated.name())).append('\n');
        yaml.append("  namespace: ").append(Patch.yaml(annotated.namespace())).append('\n');
        yaml.append("spec:\n  selector:\n    matchLabels:\n");
        Map<String, String> labels = example.meta().labels();
        List<String> usual = List.of("app.kubernetes.io/name", "app.kubernetes.io/instance", "app", "k8s-app");
        List<String> keys = usual.stream().filter(labels::containsKey).toList();
        (keys.isEmpty()
                        ? labels.keySet().stream()
                                .filter(key -> !key.endsWith("-hash") && !key.contains("pod-name"))
                                .sorted()
                                .toList()
                        : keys)
                .forEach(key -> yaml.append("      ")
                        .append(Patch.yaml(key))
                        .append(": ")
                        .append(Patch.yaml(labels.getOrDefault(key, "")))
                        .append('\n'));
        yaml.append("  podMetricsEndpoints:\n    - ").append(port(example)).append('\n');
        Optional.ofNullable(example.meta().annotations().get("prometheus.io/path"))
                .ifPresent(path ->
                        yaml.append("      path: ").append(Patch.yaml(path)).append('\n'));
        Optional.ofNullable(example.meta().annotations().get("prometheus.io/scheme"))
                .filter("https"::equals)
                .ifPresent(scheme -> yaml.append("      scheme: https\n"));
        return yaml.toString();
    }

    private static String port(Pod pod) {
        String wanted = pod.meta().annotations().getOrDefault("prometheus.io/port", "");
        List<Container.Port> ports = pod.containers().stream()
                .flatMap(container -> container.ports().stream())
                .toList();
        Optional<Container.Port> declared = ports.stream()
                .filter(port ->
                        wanted.isEmpty() || String.valueOf(port.number()).equals(wanted))
                .findFirst();
        if (declared.filter(port -> !port.name().isEmpty()).isPresent()) {
            return "port: " + Patch.yaml(declared.get().name());
        }
        String number = wanted.matches("[0-9]{1,5}")
                ? wanted
                : declared.map(port -> String.valueOf(port.number())).orElse("8080");
        return "portNumber: " + number;
    }
}
