package io.promwarden.bench;

import io.promwarden.admission.Verdict;
import io.promwarden.explain.Chain;
import io.promwarden.explain.Explainer;
import io.promwarden.explain.World;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import io.promwarden.manifests.ManifestSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges the chains of ServiceMonitors in clusters of growing size: five Services and 25 pods to a monitor, one monitor in
 * five looks in every namespace, one in ten is broken. Verdicts of the operator are left out: they have a benchmark.
 */
final class ExplainBenchmark {

    private static final int SERVICES_EACH = 5;
    private static final int PODS_EACH = 5;

    private ExplainBenchmark() {}

    public static void main(String[] arguments) {
        measure(200);
        for (int monitors : new int[] {500, 1_000, 2_000}) {
            measure(monitors);
        }
    }

    private static void measure(int monitors) {
        ClusterInventory declared = ClusterInventory.read("bench", new ManifestSource(generated(monitors), "default"));
        long start = System.nanoTime();
        Explainer explainer = new Explainer(new World(
                declared,
                (monitor, prometheus) -> Verdict.accepted(List.of()),
                Optional.of(PrometheusObject.assumed(Optional.empty(), Set.of())),
                Optional.empty()));
        long indexed = System.nanoTime();
        Map<String, Integer> codes = new HashMap<>();
        List<Monitor> all = explainer.monitors().toList();
        for (Monitor monitor : all) {
            for (Chain chain : explainer.explain(monitor)) {
                codes.merge(chain.code().map(Object::toString).orElse("none"), 1, Integer::sum);
            }
        }
        System.out.printf(
                "%,6d monitors, %,7d Services, %,7d pods: indexed in %.2f s, judged in %.2f s %s%n",
                monitors,
                monitors * SERVICES_EACH,
                monitors * SERVICES_EACH * PODS_EACH,
                seconds(start, indexed),
                seconds(indexed, System.nanoTime()),
                codes);
    }

    private static double seconds(long from, long to) {
        return Duration.ofNanos(to - from).toMillis() / 1000.0;
    }

    private static List<RawObject> generated(int monitors) {
        List<RawObject> objects = new ArrayList<>();
        for (int i = 0; i < monitors; i++) {
            String namespace = "team-" + i % 100;
            String app = "app-" + i;
            String wanted = i % 10 == 0 ? app + "x" : app;
            Map<String, Object> spec = new HashMap<>();
            spec.put("selector", Map.of("matchLabels", Map.of("app", wanted)));
            spec.put("endpoints", List.of(Map.of("port", "metrics")));
            if (i % 5 == 0) {
                spec.put("namespaceSelector", Map.of("any", true));
            }
            objects.add(object("monitoring.coreos.com/v1", "ServiceMonitor", namespace, app, Map.of(), spec, Map.of()));
            for (int s = 0; s < SERVICES_EACH; s++) {
                String part = app + "-" + s;
                Map<String, Object> service = Map.of(
                        "selector",
                        Map.of("part", part),
                        "ports",
                        List.of(Map.of("name", "metrics", "port", 80L, "targetPort", 8080L)));
                objects.add(object("v1", "Service", namespace, part, Map.of("app", app), service, Map.of()));
                for (int p = 0; p < PODS_EACH; p++) {
                    objects.add(object(
                            "v1",
                            "Pod",
                            namespace,
                            part + "-" + p,
                            Map.of("part", part),
                            Map.of(
                                    "containers",
                                    List.of(Map.of(
                                            "name",
                                            "main",
                                            "image",
                                            "app",
                                            "ports",
                                            List.of(Map.of("containerPort", 8080L))))),
                            Map.of("phase", "Running", "podIP", "10." + i % 250 + "." + s + "." + p)));
                }
            }
        }
        return objects;
    }

    private static RawObject object(
            String apiVersion,
            String kind,
            String namespace,
            String name,
            Map<String, Object> labels,
            Map<String, Object> spec,
            Map<String, Object> status) {
        return RawObject.of(new HashMap<>(Map.of(
                "apiVersion",
                apiVersion,
                "kind",
                kind,
                "metadata",
                Map.of("namespace", namespace, "name", name, "labels", labels),
                "spec",
                spec,
                "status",
                status)));
    }
}
