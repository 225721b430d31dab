package io.promwarden.bench;

import io.promwarden.manifests.ManifestFiles;
import io.promwarden.manifests.ManifestReader;
import io.promwarden.wiring.ValidateExecution;
import io.promwarden.wiring.ValidateRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Validates folders of 1,000 to 10,000 generated monitors: objects a second, and how much longer than reading them takes. */
final class ValidateBenchmark {

    private static final int PER_FILE = 50;
    private static final int WARM_UP = 1_000;

    private ValidateBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Optional<Path> crds = arguments.length > 0 ? Optional.of(Path.of(arguments[0])) : Optional.empty();
        System.out.println(crds.isPresent() ? "with the CRDs" : "by the essentials");
        Path warm = generated(WARM_UP);
        for (int i = 0; i < 3; i++) {
            validate(warm, crds);
            read(warm);
        }
        for (int count : new int[] {1_000, 2_000, 5_000, 10_000}) {
            Path folder = generated(count);
            double reading = Double.MAX_VALUE;
            double validating = Double.MAX_VALUE;
            for (int i = 0; i < 3; i++) {
                reading = Math.min(reading, read(folder));
                validating = Math.min(validating, validate(folder, crds));
            }
            System.out.printf(
                    "%,7d objects: read in %.2f s, validated in %.2f s: %,.0f objects a second, %.2f times the reading%n",
                    count, reading, validating, count / validating, validating / reading);
        }
    }

    private static double read(Path folder) throws IOException {
        long start = System.nanoTime();
        int objects = 0;
        for (Path file : ManifestFiles.below(folder)) {
            objects += ManifestReader.read(file).objects().size();
        }
        if (objects == 0) {
            throw new IllegalStateException("nothing was generated");
        }
        return seconds(start);
    }

    private static double validate(Path folder, Optional<Path> crds) throws IOException {
        long start = System.nanoTime();
        new ValidateExecution(
                        new ValidateRequest(List.of(folder.toString()), false, true, "default", crds, Optional.empty()),
                        InputStream.nullInputStream(),
                        Clock.systemUTC())
                .run();
        return seconds(start);
    }

    private static double seconds(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    }

    /** One object in ten has a mistake in it, one in ten an unknown field. */
    private static Path generated(int count) throws IOException {
        Path folder = Files.createTempDirectory("promwarden-bench");
        StringBuilder text = new StringBuilder(
                "apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: main, namespace: monitoring}\n"
                        + "spec: {serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {}, podMonitorSelector: {},"
                        + " podMonitorNamespaceSelector: {}}\n");
        for (int i = 0; i < count; i++) {
            text.append("---\n").append(monitor(i));
            if (i % PER_FILE == PER_FILE - 1 || i == count - 1) {
                Files.writeString(folder.resolve("f%05d.yaml".formatted(i)), text);
                text.setLength(0);
            }
        }
        return folder;
    }

    private static String monitor(int i) {
        boolean pods = i % 3 == 0;
        return """
                apiVersion: monitoring.coreos.com/v1
                kind: %s
                metadata:
                  name: app-%d
                  namespace: team-%d
                  labels:
                    app.kubernetes.io/name: app-%d
                    release: prometheus
                spec:
                  selector:
                    matchLabels:
                      app.kubernetes.io/name: app-%d
                  namespaceSelector:
                    matchNames: [team-%d]
                  %s:
                    - port: http-metrics
                      path: /metrics
                      interval: %s
                      scrapeTimeout: 10s
                      %s: false
                      relabelings:
                        - sourceLabels: [__meta_kubernetes_pod_node_name]
                          targetLabel: node
                        - action: labeldrop
                          regex: pod_template_hash|controller_revision_hash
                      metricRelabelings:
                        - sourceLabels: [__name__]
                          regex: go_gc_.*|go_memstats_.*
                          action: drop
                """.formatted(
                        pods ? "PodMonitor" : "ServiceMonitor",
                        i,
                        i % 200,
                        i,
                        i,
                        i % 200,
                        pods ? "podMetricsEndpoints" : "endpoints",
                        i % 10 == 1 ? "30" : "30s",
                        i % 10 == 2 ? "honorLabel" : "honorLabels");
    }
}
