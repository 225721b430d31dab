package io.promwarden.bench;

import io.promwarden.check.CheckResults;
import io.promwarden.finding.CheckId;
import io.promwarden.finding.Fact;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.finding.Subject;
import io.promwarden.history.JdbcRunHistory;
import io.promwarden.history.Opening;
import io.promwarden.history.Store;
import io.promwarden.report.RunHistory;
import io.promwarden.report.RunId;
import io.promwarden.report.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Stores 50,000 findings a night for 30 nights, of which one in ten changes every night, and asks for their ages. */
final class HistoryBenchmark {

    private static final Instant FIRST = Instant.parse("2026-11-01T02:10:00Z");

    private HistoryBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int findings = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
        int nights = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
        Path folder = Files.createTempDirectory("promwarden-bench");
        String url = arguments.length > 2 ? arguments[2] : folder.toString();
        Opening opening = Store.open(url, System.getenv(), "the benchmark", FIRST);
        if (!(opening instanceof Opening.Opened opened)) {
            System.out.println(opening);
            return;
        }
        try (Store store = opened.store()) {
            RunHistory history = new JdbcRunHistory(store.dataSource());
            for (int night = 0; night < nights; night++) {
                night(history, night, findings);
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                System.out.printf("%s: %,d bytes%n", file.getFileName(), Files.size(file));
            }
        }
    }

    private static void night(RunHistory history, int night, int findings) {
        RunId run = new RunId("nightly", FIRST.plus(Duration.ofDays(night)), 0);
        StepResult result = result(night, findings);
        history.begin(run, "bench", run.slot());
        long saved = millis(() -> history.save(run, "eu-1", "validate", Duration.ZERO, result));
        long read = millis(() -> history.steps(run));
        long aged = millis(() -> history.firstSeen(run));
        history.finish(run, run.slot(), 0);
        System.out.printf("night %d: save %,d ms, steps %,d ms, firstSeen %,d ms%n", night, saved, read, aged);
    }

    private static long millis(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private static StepResult result(int night, int findings) {
        List<Finding> all = IntStream.range(0, findings)
                .mapToObj(i -> finding(i % 10 == 0 ? "night-" + night + "-" + i : "workload-" + i))
                .toList();
        return new StepResult.Validated(new CheckResults(all, List.of(), List.of(), 9, findings));
    }

    private static Finding finding(String name) {
        return new Finding(
                CheckId.parse("monitor/annotation-ignored"),
                Severity.WARNING,
                new Subject("eu-1", "Deployment", "shop", name),
                "",
                "pods of " + name + " ask to be scraped by annotation, and nothing scrapes them",
                List.of(new Fact("annotation", "prometheus.io/scrape: \"true\""), new Fact("pods", "3")),
                Optional.of(Fix.of("Add a PodMonitor for " + name + ".", "kind: PodMonitor\nmetadata: {}\n")));
    }
}
