package io.promwarden.html;

import io.promwarden.finding.NotRun;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.ServerSeen;
import io.promwarden.report.Wording;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the run looked at and what it could not, and how long it took. */
public record RunView(
        Capped<Server> servers,
        Capped<Unseen> notRun,
        String version,
        String run,
        String definition,
        String started,
        String observed,
        List<String> steps,
        List<Times> times) {

    public record Server(String cluster, String kind, String name, String version, String reason) {}

    /** Everything that one cause kept from being looked at. */
    public record Unseen(String cluster, String reason, String what) {}

    /** One cluster's durations, in the order of the steps. */
    public record Times(String cluster, List<String> seconds) {
        public Times {
            seconds = List.copyOf(seconds);
        }
    }

    public RunView {
        steps = List.copyOf(steps);
        times = List.copyOf(times);
    }

    static RunView of(GovernanceReport report) {
        Budget budget = new Budget(60_000);
        Map<List<String>, List<String>> byCause = new LinkedHashMap<>();
        for (NotRun notRun : report.notRun()) {
            byCause.computeIfAbsent(List.of(notRun.cluster(), notRun.reason()), key -> new java.util.ArrayList<>())
                    .add(notRun.what());
        }
        TreeSet<String> steps = new TreeSet<>();
        Map<String, Map<String, Double>> seconds = new TreeMap<>();
        for (GovernanceReport.StepDuration step : report.durations()) {
            steps.add(step.step());
            seconds.computeIfAbsent(step.cluster(), key -> new TreeMap<>()).put(step.step(), step.seconds());
        }
        return new RunView(
                Capped.of(
                        report.servers(),
                        200,
                        budget,
                        RunView::server,
                        row -> List.of(row.cluster(), row.name(), row.version(), row.reason())),
                Capped.of(
                        byCause.entrySet(),
                        100,
                        budget,
                        cause -> new Unseen(
                                cause.getKey().get(0).isEmpty()
                                        ? "the run"
                                        : Shown.name(cause.getKey().get(0)),
                                Shown.sentence(cause.getKey().get(1)),
                                whats(cause.getValue())),
                        row -> List.of(row.cluster(), row.reason(), row.what())),
                Shown.name(report.version()),
                report.run().text(),
                Shown.name(report.definition()),
                Wording.minute(report.startedAt()),
                Wording.minute(report.observedAt()),
                List.copyOf(steps),
                seconds.entrySet().stream()
                        .limit(100)
                        .map(cluster -> new Times(
                                cluster.getKey().isEmpty() ? "the run" : Shown.name(cluster.getKey()),
                                steps.stream()
                                        .map(step -> took(cluster.getValue(), step))
                                        .toList()))
                        .toList());
    }

    private static Server server(ServerSeen server) {
        return new Server(
                Shown.name(server.cluster()),
                server.kind(),
                Shown.name(server.name()),
                Shown.name(server.version()),
                Shown.sentence(server.reason()));
    }

    private static String whats(List<String> whats) {
        String named = whats.stream().limit(12).map(Shown::name).collect(Collectors.joining(", "));
        return whats.size() > 12 ? named + " and " + Wording.number(whats.size() - 12) + " more" : named;
    }

    private static String took(Map<String, Double> seconds, String step) {
        Double took = seconds.get(step);
        return took == null ? Wording.UNKNOWN : Wording.took(Duration.ofMillis(Math.round(took * 1000)));
    }
}
